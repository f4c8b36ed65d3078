"""Writing a programme model as the YAML file that people read and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from luotsi.programmes.formats.reading import FORM
from luotsi.programmes.formats.values import CompetenceArea, Enrolment, Opening, RoleKey

if TYPE_CHECKING:
    from luotsi.programmes.formats.values import ActivityOutline, ModelDescription, Nudge, Phase, Question

WIDTH: Final = 110

Plain = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """Lists set in under their key, and texts of several lines as such."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # the library's signature
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, _written: object) -> bool:
        """A text used twice is written twice: reading takes no aliases."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def write_model(description: ModelDescription) -> bytes:
    """The file of a model, in UTF-8. Reading it gives the same description, if its texts are tidy."""
    return write_plain(plain_model(description))


def write_plain(tree: Plain) -> bytes:
    """The file of a model in its plain form."""
    return yaml.dump(
        tree,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        encoding="utf-8",
        default_flow_style=False,
    )


def plain_model(description: ModelDescription) -> Plain:
    """A model as its file has it: texts, numbers, lists and tables, without what is empty."""
    return {
        "form": FORM,
        "key": description.key,
        "version": description.version,
        "name": description.name,
        "summary": description.summary,
        "audience": description.audience,
        "weeks": description.weeks,
        "roles": {str(role.key): {"one": role.one, "many": role.many} for role in description.roles},
        "modes": [str(mode) for mode in description.modes],
        "phases": [_phase(phase) for phase in description.phases],
        "questions": [_question(question) for question in description.questions],
        "matching": {
            "weights": description.matching.weights,
            "rules": [str(rule) for rule in description.matching.rules],
            "floor": description.matching.floor,
            "answer_days": description.matching.answer_days,
            "pairing": str(description.matching.pairing),
            "training_first": description.matching.training_first,
        },
        "agreement": [
            {"key": section.key, "title": section.title, "text": section.text} for section in description.agreement
        ],
        "sessions": {
            "planned": description.sessions.planned,
            "every_weeks": description.sessions.every_weeks,
            "minutes": description.sessions.minutes,
            "agenda": list(description.sessions.agenda),
        },
        "feedback": [
            {"key": question.key, "text": question.text, "type": str(question.type)}
            for question in description.feedback
        ],
        "leads_to": list(description.leads_to),
        "indicators": [str(name) for name in description.indicators],
    } | _told(description)


def _told(description: ModelDescription) -> Plain:
    """What may be left out of a file, where there is something in it."""
    origin, enrolment, opening = description.origin, description.enrolment, description.opening
    found: Plain = {
        "derived_from": {"key": origin.key, "version": origin.version} if origin else None,
        "topic": description.topic,
        "enrolment": _with_something({name: getattr(enrolment, name) for name in Enrolment.__slots__}),
        "opening": {name: getattr(opening, name) for name in Opening.__slots__},
        "competences": [
            _with_something({name: getattr(area, name) for name in CompetenceArea.__slots__})
            for area in description.competences
        ],
        "nudges": [_nudge(nudge) for nudge in description.nudges],
    }
    return _with_something(found)


def _with_something(found: Plain) -> Plain:
    """Without empty texts and lists; a no stays."""
    return {key: value for key, value in found.items() if value or value is False}


def _nudge(nudge: Nudge) -> Plain:
    return {
        "key": nudge.key,
        "event": str(nudge.event),
        "days": list(nudge.days),
        "to": [str(each) for each in nudge.to],
        "subject": nudge.subject,
        "text": nudge.text,
    }


def _phase(phase: Phase) -> Plain:
    found: Plain = {"key": phase.key, "name": phase.name, "aim": phase.aim, "weeks": phase.weeks}
    found["stage"] = str(phase.stage)
    return found | _with_something({"activities": [_activity(activity) for activity in phase.activities]})


def _activity(activity: ActivityOutline) -> Plain:
    found: Plain = {
        "key": activity.key,
        "kind": str(activity.kind),
        "week": activity.week,
        "minutes": activity.minutes,
        "for_whom": [str(each) for each in activity.for_whom],
        "required": activity.is_required,
        "sign_up": activity.takes_sign_up or None,
        "capacity": activity.capacity,
        "materials": list(activity.materials),
        "instrument": activity.instrument,
        "moment": str(activity.moment) if activity.instrument else None,
        "name": activity.name,
        "text": activity.text,
    }
    return _with_something(found)


def _question(question: Question) -> Plain:
    """Without what is usual, so that the file says only what is special."""
    found: Plain = {"key": question.key, "type": str(question.type), "required": question.required}
    if question.roles != tuple(RoleKey):
        found["roles"] = [str(role) for role in question.roles]
    found["text"] = question.text
    if question.hint:
        found["hint"] = question.hint
    if question.choices:
        found["choices"] = [{"key": choice.key, "text": choice.text} for choice in question.choices]
    if question.when:
        found["when"] = {"question": question.when[0], "is": question.when[1]}
    limits = {"lowest": question.lowest, "highest": question.highest}
    return found | {key: limit for key, limit in limits.items() if limit is not None}
