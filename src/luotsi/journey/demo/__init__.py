"""The made-up region: people, organisations and applicants, out of a seed."""
