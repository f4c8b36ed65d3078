"""Choices of people: roles, kinds of organisations and circles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class Region(models.TextChoices):
    """The nineteen maakunta, by Statistics Finland's code."""

    UUSIMAA = "01", _("Uusimaa")
    SOUTHWEST_FINLAND = "02", _("Southwest Finland")
    SATAKUNTA = "04", _("Satakunta")
    KANTA_HAME = "05", _("Kanta-Häme")
    PIRKANMAA = "06", _("Pirkanmaa")
    PAIJAT_HAME = "07", _("Päijät-Häme")
    KYMENLAAKSO = "08", _("Kymenlaakso")
    SOUTH_KARELIA = "09", _("South Karelia")
    SOUTH_SAVO = "10", _("South Savo")
    NORTH_SAVO = "11", _("North Savo")
    NORTH_KARELIA = "12", _("North Karelia")
    CENTRAL_FINLAND = "13", _("Central Finland")
    SOUTH_OSTROBOTHNIA = "14", _("South Ostrobothnia")
    OSTROBOTHNIA = "15", _("Ostrobothnia")
    CENTRAL_OSTROBOTHNIA = "16", _("Central Ostrobothnia")
    NORTH_OSTROBOTHNIA = "17", _("North Ostrobothnia")
    KAINUU = "18", _("Kainuu")
    LAPLAND = "19", _("Lapland")
    ALAND = "21", _("Åland")
