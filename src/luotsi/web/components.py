"""Values that Python code hands to the components. Texts may be lazy; addresses are paths of this site."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from django.forms.boundfield import BoundField
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class NextThing:
    """One thing to do next, with its one button. Lower `weight` comes first."""

    title: str | Promise
    text: str | Promise
    by_when: date | None
    address: str
    label: str | Promise
    weight: int = 50


class Waiting(NamedTuple):
    """A row that waits for somebody, in the shape that several tables share: one query asks them all.

    `kind` says whose it is; what `also` and `mark` hold is its own business.
    """

    kind: str
    ref: UUID
    name: str
    also: str
    mark: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """One item of the main menu. `is_apart`: at the other end, where one signs in."""

    label: str | Promise
    address: str
    is_current: bool = False
    is_apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A page on the way here. The last one, this page itself, has no address."""

    label: str | Promise
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a route: `state` is done, now or ahead."""

    title: str | Promise
    text: str | Promise = ""
    state: str = "ahead"
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was checked, what that proves, and how it ended: `state` is ok, no or todo."""

    title: str | Promise
    text: str | Promise = ""
    state: str = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Something that needs a coordinator: how it is, why, and exactly one action. `kind` is ok, warn or bad."""

    kind: str
    state: str | Promise
    title: str | Promise
    reasons: tuple[str | Promise, ...]
    address: str
    label: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the offered, as it is drawn."""

    id: str
    value: str
    label: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What a form macro draws of a field. `kind`: text, area, select, radios, ticks, tick, file or hidden."""

    kind: str
    id: str
    name: str
    type: str
    label: str
    hint: str
    errors: tuple[str, ...]
    readers: str
    is_own: bool
    is_optional: bool
    value: str
    choices: tuple[Choice, ...] = ()
    attributes: dict[str, Any] = field(default_factory=dict)
    style: str = ""

    @property
    def first_id(self) -> str:
        """Where a link from the error summary leads."""
        return self.choices[0].id if self.kind in {"radios", "ticks"} and self.choices else self.id

    def described_by(self, *, has_readers: bool) -> str:
        """The ids of all that describes the control, in the order in which they stand."""
        parts = [("hint", self.hint), ("error", self.errors), ("reads", has_readers)]
        return " ".join(f"{self.id}-{name}" for name, is_there in parts if is_there)


def sentences_of(errors: Iterable[object]) -> Iterator[str]:
    """Each fault by itself: an error may tell several, one a line."""
    for error in errors:
        yield from str(error).splitlines()


NOT_DRAWN = {"class", "maxlength", "minlength", "cols", "required", "type", "step", "min", "max"}


def control_of(bound: BoundField) -> Control:
    """What is drawn of a field of any form, ours or a library's."""
    form = bound.form
    kind = kind_of(bound)
    widget = bound.field.widget
    attributes = {name: value for name, value in widget.attrs.items() if name not in NOT_DRAWN and value is not False}
    if isinstance(widget, forms.NumberInput):
        attributes.setdefault("inputmode", "numeric")
    if bound.field.disabled:
        attributes["disabled"] = "disabled"
    return Control(
        kind=kind,
        id=bound.auto_id or bound.html_name,
        name=bound.html_name,
        type=type_of(widget),
        label=str(bound.label),
        hint=str(bound.help_text or ""),
        errors=tuple(sentences_of(bound.errors)),
        readers=str(getattr(form, "readers", {}).get(bound.name, "")),
        is_own=bound.name in getattr(form, "own", ()),
        is_optional=not bound.field.required and kind not in {"tick", "hidden"},
        value=value_of(bound, kind),
        choices=tuple(choices_of(bound)) if kind in {"select", "radios", "ticks"} else (),
        attributes=attributes,
        style=str(widget.attrs.get("class", "")),
    )


def kind_of(bound: BoundField) -> str:
    """How the field is drawn, by its widget. Several choices are always ticks."""
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.HiddenInput, "hidden"),
        (forms.CheckboxSelectMultiple, "ticks"),
        (forms.SelectMultiple, "ticks"),
        (forms.RadioSelect, "radios"),
        (forms.Select, "select"),
        (forms.CheckboxInput, "tick"),
        (forms.FileInput, "file"),
        (forms.Textarea, "area"),
    )
    return next((name for kind, name in kinds if isinstance(bound.field.widget, kind)), "text")


def type_of(widget: forms.Widget) -> str:
    """The type of a one-line control. Numbers and dates are text: browsers' own pickers lose what was typed wrong."""
    found = str(getattr(widget, "input_type", None) or "text")
    return found if found in {"email", "password", "search", "tel", "url"} else "text"


def value_of(bound: BoundField, kind: str) -> str:
    """The value to draw again. Never a password; a tick says whether it is ticked by `on`."""
    value = bound.value()
    if kind == "file" or isinstance(bound.field.widget, forms.PasswordInput) or value is None:
        return ""
    if kind == "tick":
        return "on" if bound.field.widget.check_test(value) else ""
    return storable(str(bound.field.widget.format_value(value) or ""))


def choices_of(bound: BoundField) -> Iterator[Choice]:
    """The offered choices, groups unfolded."""
    hints = getattr(bound.form, "choice_hints", {}).get(bound.name, {})
    widget = bound.field.widget
    chosen = set(widget.format_value(bound.value()) or [])  # a list of texts
    number = 0
    for value, label in bound.field.choices:  # type: ignore[attr-defined]  # a field with choices
        for each_value, each_label in label if isinstance(label, list | tuple) else [(value, label)]:
            text = "" if each_value is None else str(each_value)
            yield Choice(
                id=f"{bound.auto_id}_{number}",
                value=text,
                label=str(each_label),
                hint=str(hints.get(text, "")),
                is_chosen=text in chosen,
            )
            number += 1


def storable(text: str) -> str:
    """The text without what no page can hold: NUL, and halves of a character."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
