"""The made-up region: people, organisations and applicants out of a seed. Pure: what they become is written elsewhere."""
