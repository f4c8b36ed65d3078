"""A small survey with two dimensions, and made-up answers to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from luotsi.core.questions.reading import read_form
from luotsi.core.questions.values import Form
from luotsi.surveys.formats.rows import Rows
from luotsi.surveys.formats.waves import AnsweredWave
from tests.factories.surveys import texts


def scale_item(key: str, dimension: str, **values: Any) -> dict[str, Any]:
    told = {"key": key, "type": "scale", "scale": "agreement", "text": texts(f"Statement {key}")}
    return told | ({"dimension": dimension} if dimension else {}) | values


TRUST = [scale_item("t1", "trust"), scale_item("t2", "trust", reversed=True), scale_item("t3", "trust")]
SHARING = [scale_item("s1", "sharing"), scale_item("s2", "sharing")]
OTHERS: list[dict[str, Any]] = [
    {
        "key": "role",
        "type": "choice",
        "text": texts("Your work"),
        "choices": [{"key": key, "text": texts(key)} for key in ("care", "office", "kitchen")],
    },
    {
        "key": "wishes",
        "type": "choice",
        "many": True,
        "text": texts("What would help"),
        "choices": [{"key": key, "text": texts(key)} for key in ("time", "peers", "tools")],
    },
    {
        "key": "order",
        "type": "ranking",
        "text": texts("What matters most"),
        "choices": [{"key": key, "text": texts(key)} for key in ("calm", "pay", "team")],
    },
    {"key": "years", "type": "number", "text": texts("Years here"), "lowest": 0, "highest": 50},
    {"key": "since", "type": "date", "text": texts("Here since")},
    {"key": "words", "type": "text", "text": texts("In your own words")},
]


def described(**values: Any) -> dict[str, Any]:
    points = [{"value": value, "text": texts(f"point {value}")} for value in range(1, 6)]
    return {
        "key": "culture",
        "version": 1,
        "name": texts("How do we learn?"),
        "purpose": "culture",
        "answering": "anonymous",
        "scales": {"agreement": {"points": points, "agrees_from": 4}},
        "dimensions": [
            {"key": "trust", "name": texts("Trust"), "description": texts("People dare to ask")},
            {"key": "sharing", "name": texts("Sharing"), "description": texts("Knowledge goes round")},
        ],
        "sections": [{"key": "statements", "items": [*TRUST, *SHARING]}, {"key": "others", "items": OTHERS}],
    } | values


def form_of(**values: Any) -> Form:
    return read_form(described(**values))


def rows_of(
    people: Sequence[tuple[str, str, Mapping[str, Any]]],
) -> Rows:
    """People as (unit, link, answers)."""
    return Rows(
        units=tuple(unit for unit, _, _ in people),
        links=tuple(link for _, link, _ in people),
        answers=tuple(answers for _, _, answers in people),
    )


def wave_of(key: str, people: Sequence[tuple[str, str, Mapping[str, Any]]], **values: Any) -> AnsweredWave:
    usual: dict[str, Any] = {"follows": "", "is_anonymous": True}
    return AnsweredWave(key=key, rows=rows_of(people), **usual | values)


def trusting(*answers: int | None, **others: Any) -> dict[str, Any]:
    """Answers to the three statements on trust; None leaves one out."""
    return {f"t{number}": value for number, value in enumerate(answers, 1) if value is not None} | others
