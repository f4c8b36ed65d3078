"""What an application tells, in words: the same for the one who applied and for the one who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.people.formats.regions import name_of_region
from luotsi.programmes.enums import PARTS_OF, ApplicationRole, PartRole
from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.formats.applicants import name_of_column
from luotsi.programmes.formats.vocabulary import name_of_language
from luotsi.programmes.messages.apply import said_in
from luotsi.programmes.queries.descriptions import model_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.programmes.formats.answers import Answers, Skill
    from luotsi.programmes.models.applications import Application


def told_in(application: Application) -> list[tuple[str, str]]:
    """(term, answer) pairs; what was not told is not in it.

    Whoever applied on the form of the call is read in the words of its questions; of others, what their list told.
    """
    if application.told:
        model = model_in(application.round.programme.description)
        return [(question, answer) for _key, question, answer in said_in(model, application.role, application.told)]
    answers = answers_from_json(application.answers)
    language = (get_language() or "fi")[:2]
    place = str(application.organisation) if application.organisation else answers.organisation
    pairs = [
        (
            name_of_column("languages", language),
            ", ".join(name_of_language(code, language) for code in answers.languages),
        ),
        (name_of_column("region", language), name_of_region(answers.region, language)),
        (_("Organisation"), place),
        (_("Years in working life"), "" if answers.experience is None else str(answers.experience)),
        *(pair for role in PARTS_OF[ApplicationRole(application.role)] for pair in _about_role(role, answers)),
        (_("Meeting remotely"), _("is fine") if answers.is_remote else _("is not wanted")),
        (_("Minor"), _("yes") if answers.is_minor else ""),
    ]
    return [(term, answer) for term, answer in pairs if answer]


def _about_role(role: PartRole, answers: Answers) -> list[tuple[str, str]]:
    if role == PartRole.MENTOR:
        return [
            (_("Skills offered"), _listed(answers.offers)),
            (_("Places"), str(answers.places)),
            (_("Criminal record extract"), _("checked") if answers.is_vetted else _("not checked")),
        ]
    musts = [skill for skill in answers.needs if skill.key in answers.musts]
    return [(_("Skills needed"), _listed(answers.needs)), (_("Must have"), _listed(musts))]


def _listed(skills: Iterable[Skill]) -> str:
    return ", ".join(f"{skill.name} ({skill.grade})" for skill in skills)
