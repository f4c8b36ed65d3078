"""Writing a programme model as the YAML file that people read and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from luotsi.programmes.formats.reading import FORM
from luotsi.programmes.formats.values import RoleKey

if TYPE_CHECKING:
    from luotsi.programmes.formats.values import ModelDescription, Question

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
    return yaml.dump(
        _model(description),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        encoding="utf-8",
        default_flow_style=False,
    )


def _model(description: ModelDescription) -> Plain:
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
        "phases": [
            {"key": phase.key, "name": phase.name, "aim": phase.aim, "weeks": phase.weeks}
            for phase in description.phases
        ],
        "questions": [_question(question) for question in description.questions],
        "matching": {
            "weights": description.matching.weights,
            "rules": [str(rule) for rule in description.matching.rules],
            "floor": description.matching.floor,
            "answer_days": description.matching.answer_days,
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
        "indicators": list(description.indicators),
    }


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
    limits = {"lowest": question.lowest, "highest": question.highest}
    return found | {key: limit for key, limit in limits.items() if limit is not None}
