"""From a form to its plain description, which `reading` reads back to the very same form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from luotsi.core.questions.conditions import All, AnyOf, Not
from luotsi.core.questions.item_reading import own_fields
from luotsi.core.questions.numbers import spelled
from luotsi.core.questions.values import USUAL_LENGTH, USUAL_LINES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.questions.conditions import Condition, Operand
    from luotsi.core.questions.values import Dimension, Form, Item, Scale, Section


def write_form(form: Form) -> dict[str, Any]:
    """The description, in JSON's own kinds. What is not given, or as usual, is left out."""
    return _said(
        {
            "key": form.key,
            "version": form.version,
            "name": dict(form.name),
            "intro": dict(form.intro),
            "purpose": form.purpose.value,
            "answering": form.answering.value,
            "is_validated": form.is_validated,
            "minutes": form.minutes,
            "scales": {scale.key: _scale(scale) for scale in form.scales},
            "dimensions": [_dimension(dimension) for dimension in form.dimensions],
            "sections": [_section(section) for section in form.sections],
        }
    )


def write_condition(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, All):
        return {"all": [write_condition(part) for part in condition.all_of]}
    if isinstance(condition, AnyOf):
        return {"any": [write_condition(part) for part in condition.any_of]}
    if isinstance(condition, Not):
        return {"not": write_condition(condition.denied)}
    return {"item": condition.item, condition.relation.value: write_operand(condition.value)}


def write_operand(value: Operand | None) -> Any:  # noqa: ANN401 -- whatever JSON has for it
    """A whole number as one, another decimal as text; a date as text."""
    if isinstance(value, tuple):
        return [write_operand(part) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else spelled(value)
    return value.isoformat() if isinstance(value, date) else value


def _scale(scale: Scale) -> dict[str, Any]:
    points = [{"value": point.value, "text": dict(point.text)} for point in scale.points]
    return _said({"points": points, "agrees_from": scale.agrees_from})


def _dimension(dimension: Dimension) -> dict[str, Any]:
    told = {"key": dimension.key, "name": dict(dimension.name), "description": dict(dimension.description)}
    return _said(told)


def _section(section: Section) -> dict[str, Any]:
    return _said(
        {
            "key": section.key,
            "title": dict(section.title),
            "intro": dict(section.intro),
            "when": write_condition(section.when) if section.when else None,
            "items": [_item(item) for item in section.items],
        }
    )


def _item(item: Item) -> dict[str, Any]:
    common = {
        "key": item.key,
        "type": item.kind.value,
        "text": dict(item.text),
        "help": dict(item.help),
        "required": item.is_required,
        "when": write_condition(item.when) if item.when else None,
    }
    own = {
        "scale": item.scale and item.scale.key,
        "dimension": item.dimension,
        "reversed": item.is_reversed,
        "choices": [{"key": choice.key, "text": dict(choice.text)} for choice in item.choices],
        "many": item.is_many,
        "most": item.most,
        "lowest": write_operand(item.lowest),
        "highest": write_operand(item.highest),
        "decimals": item.decimals or None,
        "unit": dict(item.unit),
        "earliest": write_operand(item.earliest),
        "latest": write_operand(item.latest),
        "longest": None if item.longest == USUAL_LENGTH else item.longest,
        "lines": None if item.lines == USUAL_LINES else item.lines,
        "days": [day.value for day in item.days],
        "slots": [{"key": slot.key, "text": dict(slot.text)} for slot in item.slots],
    }
    return _said(common | {name: own[name] for name in own_fields(item.kind)})


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    """What says something. Nought does."""
    return {name: value for name, value in told.items() if value not in (None, "", {}, []) and value is not False}
