"""Choices of people: roles, kinds of organisations and circles."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What somebody does for an organisation or a network."""

    OPERATOR = "operator", _("operator")
    ADMIN = "admin", _("administrator")
    COORDINATOR = "coordinator", _("coordinator")
    TRAINER = "trainer", _("trainer")
    HR = "hr", _("human resources")
    MANAGEMENT = "management", _("management")
    ASSESSOR = "assessor", _("assessor")
    RECOGNITION_OFFICER = "recognition_officer", _("recognition officer")
    EMPLOYER_CONTACT = "employer_contact", _("employer contact")
    READER = "reader", _("reader of indicators")
    MEMBER = "member", _("member")


class OrganisationKind(models.TextChoices):
    PROVIDER = "provider", _("education provider")
    EMPLOYER = "employer", _("employer")
    PUBLIC_BODY = "public_body", _("public body")
    ASSOCIATION = "association", _("association")


class CircleKind(models.TextChoices):
    PROGRAMME = "programme", _("programme")
    GROUP = "group", _("group")
    PAIR = "pair", _("pair")


class CircleRole(models.TextChoices):
    COORDINATOR = "coordinator", _("coordinator")
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")
    MEMBER = "member", _("member")


class PartnershipState(models.TextChoices):
    """How far a provider and a workplace are with each other."""

    CONTACTED = "contacted", pgettext_lazy("partnership", "contacted")
    INTERESTED = "interested", pgettext_lazy("partnership", "interested")
    JOINED = "joined", pgettext_lazy("partnership", "joined")
    CONTINUING = "continuing", pgettext_lazy("partnership", "continuing")
    DEEPENED = "deepened", pgettext_lazy("partnership", "deepened")


PARTNERSHIP_MOVES: dict[PartnershipState, frozenset[PartnershipState]] = {
    PartnershipState.CONTACTED: frozenset({PartnershipState.INTERESTED, PartnershipState.JOINED}),
    PartnershipState.INTERESTED: frozenset({PartnershipState.JOINED}),
    PartnershipState.JOINED: frozenset({PartnershipState.CONTINUING, PartnershipState.DEEPENED}),
    PartnershipState.CONTINUING: frozenset({PartnershipState.DEEPENED}),
    PartnershipState.DEEPENED: frozenset({PartnershipState.CONTINUING}),
}


class ConsentKind(models.TextChoices):
    """What is agreed to."""

    PROGRAMME_TERMS = "programme_terms", _("the terms of a programme")
    GUARDIAN = "guardian", _("a minor's part in a programme")
