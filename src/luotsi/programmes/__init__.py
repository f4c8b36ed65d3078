"""A planned course of mentoring: models, partners, phases, plan, applications, participations."""
