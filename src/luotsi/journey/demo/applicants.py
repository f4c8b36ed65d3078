"""A spreadsheet of applicants, made out of the requests and offers of a real service, with the faults that sheets have.

Taken from the history: who needs and offers what, what is a must, where people live, how often somebody offered (that
many places), the order in which they came. Made up from a seed: names, languages, organisations, and whatever a tutoring
service for schools did not ask. School grades stand for experience: the lowest ones for people under age.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING, Any, Final

from luotsi.journey.demo.names import made_up_people
from luotsi.journey.demo.organisations import PROVIDERS, WORKPLACES
from luotsi.journey.demo.places import OTHER_REGION, REGION_NAMES, REGION_OF_LAND
from luotsi.journey.demo.skills import OTHER_SKILL, SKILL_OF_SUBJECT, SKILLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from luotsi.journey.demo.names import MadeUpPerson

Cell = str | int | date | None
