"""Reading national qualification criteria (ePerusteet JSON) into plain values. Pure: no Django, no network."""
