"""Forms and answers to them: one that can be read, and strategies for all others."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from luotsi.core.questions.answers import walk
from luotsi.core.questions.conditions import Condition
from luotsi.core.questions.fields import tidy
from luotsi.core.questions.numbers import settled, spelled
from luotsi.core.questions.reading import read_form
from luotsi.core.questions.values import Answering, Day, Form, Item, Kind, Purpose

SOME = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])  # a form is a large thing to draw
KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True) | st.sampled_from(
    ["and", "or", "not", "in", "has", "answered", "ja", "yes", "no", "on", "a"]
)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["Kyllä", "Nej|Ja", "a=b", "\\", "yes", "2026-01-01", "0", "- x: {y", "ä\nö", "0\x85\u20280"]
)
TEXTS = st.dictionaries(st.sampled_from(["fi", "sv", "en"]), WORDS.map(tidy).filter(bool), min_size=1)
NO_TEXTS: dict[str, str] = {}
MAYBE_TEXTS = st.just(NO_TEXTS) | TEXTS
YES_NO: st.SearchStrategy[Any] = st.booleans()
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=6) | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | KEYS, inner, max_size=4),
    max_leaves=12,
)


def texts(word: str) -> dict[str, str]:
    return {"fi": f"{word} fi", "sv": f"{word} sv", "en": f"{word} en"}


def choices(*keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "text": texts(key)} for key in keys]


def item(key: str, kind: str = "text", **own: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "text": texts(key), **own}


def section(key: str, *items: Any, **own: Any) -> dict[str, Any]:
    return {"key": key, **own, "items": list(items)}


def plain(*sections: dict[str, Any], **own: Any) -> dict[str, Any]:
    """A form's description, with a scale from 1 to 5 and the dimension trust."""
    points = [{"value": value, "text": texts(str(value))} for value in range(1, 6)]
    return {
        "key": "pulse",
        "version": 1,
        "name": texts("Pulse"),
        "purpose": "pulse",
        "answering": "anonymous",
        "scales": {"agreement": {"points": points, "agrees_from": 4}},
        "dimensions": [{"key": "trust", "name": texts("Trust")}],
        "sections": list(sections),
    } | own


def form(*sections: dict[str, Any], **own: Any) -> Form:
    return read_form(plain(*sections, **own))


def one(kind: str, **own: Any) -> Item:
    """An item alone, called q."""
    return form(section("a", item("q", kind, **own))).item("q")


ONE_OF_EACH = (
    item("scale", "scale", scale="agreement", dimension="trust", reversed=True, required=True),
    item("choice", "choice", choices=choices("yes", "no")),
    item("many", "choice", choices=choices("a", "b", "c"), many=True, most=2),
    item("text", "text", longest=20, lines=2),
    item("ranking", "ranking", choices=choices("a", "b", "c")),
    item("number", "number", lowest=-1, highest="40.5", decimals=1, unit=texts("h")),
    item("date", "date", earliest="2026-01-01", latest="2026-12-31"),
    item("times", "availability", days=["mon", "fri"], slots=choices("am", "pm")),
)


@st.composite
def plain_choices(draw: st.DrawFn, least: int = 2) -> list[dict[str, Any]]:
    keys = draw(st.lists(KEYS, min_size=least, max_size=4, unique=True))
    return [{"key": key, "text": draw(TEXTS)} for key in keys]


@st.composite
def own_fields(draw: st.DrawFn, kind: Kind, scales: list[str], dimensions: list[str]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if kind is Kind.SCALE:
        own = {"scale": draw(st.sampled_from(scales)), "reversed": draw(YES_NO)}
        own |= {"dimension": draw(st.sampled_from(dimensions))} if dimensions and draw(YES_NO) else {}
    elif kind in {Kind.CHOICE, Kind.RANKING}:
        many = kind is Kind.CHOICE and draw(YES_NO)
        own = {"choices": draw(plain_choices(1 if many else 2))} | ({"many": True} if many else {})
        if (many or kind is Kind.RANKING) and draw(YES_NO):
            own["most"] = draw(st.integers(1, len(own["choices"])))
    elif kind is Kind.TEXT and draw(YES_NO):
        own = {"longest": draw(st.integers(1, 50)), "lines": draw(st.integers(1, 40))}
    elif kind is Kind.NUMBER:
        decimals = draw(st.integers(0, 3))
        ends = sorted(draw(st.lists(st.decimals(-99, 99, places=decimals), min_size=2, max_size=2)))
        own = {"decimals": decimals, "unit": draw(MAYBE_TEXTS)}
        own |= {name: f"{end:f}" for name, end in zip(("lowest", "highest"), ends, strict=True) if draw(YES_NO)}
    elif kind is Kind.DATE:
        days = sorted(draw(st.lists(DATES, min_size=2, max_size=2)))
        own = {name: day.isoformat() for name, day in zip(("earliest", "latest"), days, strict=True) if draw(YES_NO)}
    elif kind is Kind.AVAILABILITY:
        days_of_week = draw(st.lists(st.sampled_from([str(day) for day in Day]), min_size=1, unique=True))
        own = {"days": days_of_week, "slots": draw(plain_choices(1))}
    return own


@st.composite
def comparisons(draw: st.DrawFn, earlier: list[dict[str, Any]], scales: dict[str, Any]) -> dict[str, Any]:
    told = draw(st.sampled_from(earlier))
    kind = told["type"]
    values: st.SearchStrategy[Any] = st.nothing()
    relations = ["is", "is_not", "one_of"]
    if kind == "scale":
        points = scales[told["scale"]]["points"]
        values, relations = st.sampled_from([point["value"] for point in points]), [*relations, "at_least", "at_most"]
    elif kind == "number":
        values = st.decimals(-99, 99, places=2).map(settled).map(spelled)
        relations += ["at_least", "at_most"]
    elif kind == "date":
        values, relations = DATES.map(date.isoformat), [*relations, "at_least", "at_most"]
    elif kind in {"choice", "ranking"}:
        values = st.sampled_from([choice["key"] for choice in told["choices"]])
        relations = ["holds"] if kind == "ranking" or told.get("many") else relations
    elif kind == "availability":
        values = st.sampled_from([f"{day}.{slot['key']}" for day in told["days"] for slot in told["slots"]])
        relations = ["holds"]
    relation = draw(st.sampled_from(["answered"] if kind == "text" else ["answered", *relations]))
    if relation == "answered":
        return {"item": told["key"], "answered": draw(YES_NO)}
    value = draw(st.lists(values, min_size=1, max_size=3) if relation == "one_of" else values)
    return {"item": told["key"], relation: value}


def conditions(earlier: list[dict[str, Any]], scales: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        comparisons(earlier, scales),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts})
            | st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts})
            | inner.map(lambda part: {"not": part})
        ),
        max_leaves=4,
    )


@st.composite
def plain_forms(draw: st.DrawFn) -> dict[str, Any]:
    """The description of a form that can be read, with everything that a form may have."""
    scales: dict[str, Any] = {}
    for key in draw(st.lists(KEYS, min_size=1, max_size=2, unique=True)):
        first, count = draw(st.integers(-2, 5)), draw(st.integers(2, 5))
        points = [{"value": value, "text": draw(TEXTS)} for value in range(first, first + count)]
        agreeing = draw(st.none() | st.integers(first, first + count - 1))
        scales[key] = {"points": points, "agrees_from": agreeing}
    named = draw(st.lists(KEYS, max_size=2, unique=True))
    dimensions = [{"key": key, "name": draw(TEXTS), "description": draw(MAYBE_TEXTS)} for key in named]
    earlier: list[dict[str, Any]] = []
    sections = []
    unused = iter(draw(st.lists(KEYS, min_size=9, max_size=9, unique=True)))
    for key in draw(st.lists(KEYS, min_size=1, max_size=3, unique=True)):
        when = draw(conditions(earlier, scales)) if earlier and draw(YES_NO) else None
        items = []
        for _ in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(list(Kind)))
            told = {"key": next(unused), "type": str(kind), "text": draw(TEXTS), "help": draw(MAYBE_TEXTS)}
            told |= {"required": draw(YES_NO)} | draw(own_fields(kind, list(scales), named))
            if earlier and draw(YES_NO):
                told["when"] = draw(conditions(earlier, scales))
            items.append(told)
            earlier.append(told)
        sections.append(
            {"key": key, "title": draw(MAYBE_TEXTS), "intro": draw(MAYBE_TEXTS), "when": when, "items": items}
        )
    return {
        "key": draw(KEYS),
        "version": draw(st.integers(1, 99)),
        "name": draw(TEXTS),
        "intro": draw(MAYBE_TEXTS),
        "purpose": draw(st.sampled_from([str(purpose) for purpose in Purpose])),
        "answering": draw(st.sampled_from([str(answering) for answering in Answering])),
        "is_validated": draw(YES_NO),
        "minutes": draw(st.none() | st.integers(1, 60)),
        "scales": scales,
        "dimensions": dimensions,
        "sections": sections,
    }


def conditions_of(form: Form) -> list[Condition]:
    found = [section.when for section in form.sections] + [asked.when for asked in form.items]
    return [condition for condition in found if condition]


FORMS = plain_forms().map(read_form)


def right_answers(asked: Item) -> st.SearchStrategy[Any]:  # noqa: PLR0911 -- one a kind
    """What this item takes, as it is kept."""
    if asked.kind is Kind.SCALE and asked.scale:
        return st.sampled_from(list(asked.scale.values))
    if asked.kind is Kind.NUMBER:
        lowest = Decimal(-1000) if asked.lowest is None else asked.lowest
        highest = max(lowest, Decimal(1000)) if asked.highest is None else asked.highest
        lowest = min(lowest, highest)
        return st.decimals(lowest, highest, places=asked.decimals).map(settled).map(spelled)
    if asked.kind is Kind.DATE:
        earliest, latest = asked.earliest or date(1990, 1, 1), asked.latest or date(2100, 1, 1)
        return st.dates(earliest, latest).map(date.isoformat)
    if asked.kind is Kind.TEXT:
        longest = asked.longest
        return WORDS.map(tidy).map(lambda text: tidy(text[:longest])).filter(bool)
    if asked.kind is Kind.RANKING:
        return st.lists(st.sampled_from(asked.offered), min_size=1, max_size=asked.most, unique=True)
    if asked.kind is Kind.CHOICE and not asked.is_many:
        return st.sampled_from(asked.offered)
    order = asked.offered.index
    return st.lists(st.sampled_from(asked.offered), min_size=1, max_size=asked.most, unique=True).map(
        lambda picked: sorted(picked, key=order)
    )


@st.composite
def filled(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Right answers to what is asked: to all that is required, and to some of the rest."""
    answers: dict[str, Any] = {}
    for _, asked in walk(form, answers):
        if asked.is_required or draw(YES_NO):
            answers[asked.key] = draw(right_answers(asked))
    return answers
