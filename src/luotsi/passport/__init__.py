"""What a person can prove: marks, claims, evidence, decisions, credentials, recognition."""
