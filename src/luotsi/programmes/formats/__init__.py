"""Programme models as readable YAML files, and what applicants tell, as plain values. Pure: no Django, no network."""
