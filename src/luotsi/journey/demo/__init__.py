"""The made-up region: people, organisations and applicants, out of a seed. Pure: writes nothing."""
