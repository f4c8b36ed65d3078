"""Forms: fields that read what people here write, and error texts that say how to mend.

A form is drawn by `web/form.html` in the order label, hint, error, control, who reads it. Nothing typed is lost, except
passwords and files, which browsers do not send back.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luotsi.core.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.core.files import File
    from django.utils.functional import Promise

HALVES = re.compile("[\ud800-\udfff]")
DAY_MONTH_YEAR = re.compile(r"\s*(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4})\s*")
YEAR_MONTH_DAY = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
PLACE = re.compile(r"%\((\w+)\)[sd]")
SPACES = re.compile(r"[\s\u00a0\u202f]")
MEGABYTE = 1024 * 1024
OF_A_LANGUAGE = frozenset({"_fi", "_sv", "_en"})  # how names of fields end whose text is in one language

# From the general to the special: of the kinds that a field is, the last one's text counts. The field's own text wins.
TEXTS: tuple[tuple[type[forms.Field], dict[str, Promise]], ...] = (
    (
        forms.Field,
        {
            "required": _("Fill in “%(label)s”."),
            "max_length": _(
                "Shorten “%(label)s” to %(limit_value)d characters at most. It has %(show_value)d characters now."
            ),
            "min_length": _(
                "Write more in “%(label)s”: %(limit_value)d characters at least. It has %(show_value)d characters now."
            ),
            "min_value": _("Write a number in “%(label)s” that is %(limit_value)s or more."),
            "max_value": _("Write a number in “%(label)s” that is %(limit_value)s or less."),
            "null_characters_not_allowed": _("Remove the character from “%(label)s” that cannot be stored."),
            "unstorable": _("Remove the character from “%(label)s” that cannot be stored."),
        },
    ),
    (
        forms.EmailField,
        {
            "required": _("Write an e-mail address, for example name@example.org."),
            "invalid": _("Write the e-mail address in full, for example name@example.org. You wrote “%(value)s”."),
        },
    ),
    (
        forms.URLField,
        {
            "required": _("Write a web address in “%(label)s”, for example https://example.org."),
            "invalid": _("Write the web address in full, for example https://example.org."),
        },
    ),
    (
        forms.IntegerField,
        {
            "required": _("Write a number in “%(label)s”, for example 12."),
            "invalid": _("Write “%(label)s” as a whole number in digits, for example 12."),
        },
    ),
    (
        forms.DecimalField,
        {
            "required": _("Write a number in “%(label)s”, for example 7.5."),
            "invalid": _("Write “%(label)s” as a number in digits, for example 7.5."),
            "max_digits": _("Write a shorter number in “%(label)s”: %(max)s digits at most."),
            "max_decimal_places": _("Round the number in “%(label)s”: %(max)s decimals at most."),
            "max_whole_digits": _("Write a smaller number in “%(label)s”: %(max)s digits before the decimals at most."),
        },
    ),
    (
        forms.DateField,
        {
            "required": _("Write a date in “%(label)s”, for example 23.3.2026."),
            "invalid": _("Write the date in “%(label)s” as day, month and year, for example 23.3.2026."),
            "no_such_day": _("There is no such day. Check the day and the month in “%(label)s”."),
        },
    ),
    (
        forms.TimeField,
        {
            "required": _("Write a time in “%(label)s”, for example 16.30."),
            "invalid": _("Write the time in “%(label)s” as hours and minutes, for example 16.30."),
        },
    ),
    (
        forms.BooleanField,
        {"required": _("Tick “%(label)s” to go on.")},
    ),
    (
        forms.ChoiceField,
        {
            "required": _("Choose one in “%(label)s”."),
            "invalid_choice": _("Choose one of the offered in “%(label)s”: what was chosen is not offered."),
        },
    ),
    (
        forms.MultipleChoiceField,
        {
            "required": _("Choose at least one in “%(label)s”."),
            "invalid_choice": _("Choose from the offered in “%(label)s”: something chosen is not offered."),
            "invalid_list": _("Choose from the offered in “%(label)s”."),
        },
    ),
    (
        forms.FileField,
        {
            "required": _("Choose a file for “%(label)s”."),
            "invalid": _("The file did not come through. Choose it again for “%(label)s”."),
            "missing": _("The file did not come through. Choose it again for “%(label)s”."),
            "empty": _("The file is empty. Choose another one for “%(label)s”."),
            "max_length": _("The name of the file is too long. Give it a name of %(max)d characters at most."),
        },
    ),
)


class Sentence(str):
    """A text with its label in place, into which values may still be put. A percent sign in the label does no harm."""

    __slots__ = ()

    def __mod__(self, values: Any) -> str:  # noqa: ANN401 -- as of a text
        return PLACE.sub(lambda place: str(values[place[1]]), self)


class PlainForm(forms.Form):
    """The base of all forms.

    `readers`: who reads a field, by its name; `choice_hints`: what a choice means, by field and value.
    """

    readers: ClassVar[Mapping[str, str | Promise]] = {}
    own: ClassVar[frozenset[str]] = frozenset()  # fields that nobody but the writer reads
    choice_hints: ClassVar[Mapping[str, Mapping[str, str | Promise]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        for name, each in self.fields.items():
            label = str(each.label) if each.label else name.replace("_", " ").capitalize()
            each.error_messages |= texts_for(each, label)
            if isinstance(each, forms.CharField):
                each.validators.append(refuse_unstorable)
            if name[-3:] in OF_A_LANGUAGE:
                each.widget.attrs.setdefault("lang", name[-2:])


def texts_for(each: forms.Field, label: str) -> dict[str, str]:
    """Our error texts for a field, by code, without those that the field has of its own."""
    djangos: dict[str, Any] = {}
    for kind in reversed(type(each).__mro__):
        djangos |= getattr(kind, "default_error_messages", {})
    ours: dict[str, Promise] = {}
    for kind, texts in TEXTS:
        if isinstance(each, kind):
            ours |= texts
    return {
        code: Sentence(str(text).replace("%(label)s", label))
        for code, text in ours.items()
        if each.error_messages.get(code) == djangos.get(code)
    }


def refuse_unstorable(text: str) -> None:
    """Refuse what a database cannot store: halves of a character. NUL is refused by every text field of Django's."""
    if HALVES.search(text):
        raise ValidationError(gettext("Remove the character that cannot be stored."), code="unstorable")


def carried_out(form: forms.Form, act: Callable[[], object]) -> bool:
    """Run a service if the form is valid. A refusal is put on the form. Returns whether it was done.

    A RefusedError stands on top of the form, a ValidationError at the fields that the form has, else on top.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except RefusedError as refused:
        form.add_error(None, str(refused.text))
    except ValidationError as invalid:
        for name, error in by_field(invalid):
            form.add_error(name if name in form.fields else None, error)
    else:
        return True
    return False


def by_field(invalid: ValidationError) -> Iterator[tuple[str, list[ValidationError]]]:
    """The errors with the names of their fields; those of no field under Django's name for that."""
    if hasattr(invalid, "error_dict"):
        yield from invalid.error_dict.items()
    else:
        yield NON_FIELD_ERRORS, invalid.error_list


class DateField(forms.DateField):
    """A date as people write it: 23.3.2026, 23/3/2026, 23 3 2026, or 2026-03-23."""

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
    default_error_messages = {"no_such_day": _("There is no such day. Check the day and the month.")}

    def to_python(self, value: Any) -> date | None:  # noqa: ANN401 -- Django's signature
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value.strip() if isinstance(value, str) else value)
        if local := DAY_MONTH_YEAR.fullmatch(value):
            day, month, year = local.groups()
        elif iso := YEAR_MONTH_DAY.fullmatch(value):
            year, month, day = iso.groups()
        else:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day") from error

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's signature
        if isinstance(value, date):
            return f"{value.day}.{value.month}.{value.year}"
        return value


class ClockField(forms.TimeField):
    """A time of day: 16.30 or 16:30."""

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(input_formats=["%H.%M", "%H:%M"], **options)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's signature
        if isinstance(value, time | datetime):
            return f"{value.hour}.{value:%M}"
        return value


class DecimalField(forms.DecimalField):
    """A number with a decimal comma or point, and with spaces between thousands."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # noqa: ANN401 -- as in Django
        if isinstance(value, str):
            value = SPACES.sub("", value).replace("\N{MINUS SIGN}", "-").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's signature
        if isinstance(value, Decimal | float):
            return str(value) if get_language() == "en" else str(value).replace(".", ",")
        return value


class UploadField(forms.FileField):
    """A file of at most `max_bytes`, whose name ends with one of `kinds` (".csv"), if any are given."""

    def __init__(self, *, max_bytes: int | None = None, kinds: tuple[str, ...] = (), **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(**options)
        self.max_bytes = max_bytes or settings.UPLOAD_MAX_BYTES
        self.kinds = tuple(kind.lower() for kind in kinds)
        if kinds:
            self.widget.attrs["accept"] = ",".join(self.kinds)

    def to_python(self, data: File[Any] | None) -> File[Any] | None:
        found = super().to_python(data)
        if found is None:
            return None
        if self.kinds and not str(found.name).lower().endswith(self.kinds):
            raise ValidationError(
                gettext("Choose a file whose name ends with %(kinds)s."),
                code="wrong_kind",
                params={"kinds": ", ".join(self.kinds)},
            )
        if found.size > self.max_bytes:
            raise ValidationError(
                gettext("The file is too large. Choose one of %(megabytes)d MB at most."),
                code="too_big",
                params={"megabytes": self.max_bytes // MEGABYTE},
            )
        return found
