"""Jinja2 as every page is drawn with it: strict about names, escaped, in the reader's language and time zone."""

from __future__ import annotations

import zlib
from datetime import datetime
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined, pass_context
from markupsafe import Markup

from luotsi.core.texts import TranslatedText
from luotsi.web.components import control_of, sentences_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from django.http import HttpRequest
    from jinja2.runtime import Context

WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AT = {"fi": "klo", "sv": "kl.", "en": "at"}
NO_VALUE = "–"
MOST_DECIMALS = 2

# Our own drawings, 24 × 24, stroked with the colour of the text; `full` is filled.
ICONS = {
    "add": '<path d="M12 5v14M5 12h14"/>',
    "cal": '<path d="M4 6.5h16v13H4zM4 10.5h16M8.5 4v4M15.5 4v4"/>',
    "check": '<path d="M4.5 12.5l5 5 10-11"/>',
    "down": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15"/>',
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.75"/>'
    ),
    "forbid": '<circle cx="12" cy="12" r="8.5"/><path d="M6 6l12 12"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5v5M12 7.5v.1"/>',
    "lock": '<path d="M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 017 0v3"/>',
    "mail": '<path d="M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h10"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.25"/>'
        '<path d="M3 19.5c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5M15.5 5.6a3.25 3.25 0 010 5.8M17.5 14.6c2.2.7 3.5 2.4 3.5 4.9"/>'
    ),
    "pin": '<path d="M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V21"/>',
    "place": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0113 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.25"/>',
    "ring": '<circle cx="12" cy="12" r="8"/>',
    "risk": '<circle class="full" cx="12" cy="6.5" r="4.5"/><circle class="full" cx="12" cy="17.5" r="4.5"/>',
    "seal": '<circle cx="12" cy="12" r="9.5"/><path d="M7.5 12.5l3 3 6-6.5"/>',
    "share": '<path d="M12 15V3.5M8 7l4-3.5L16 7M6 11H4.5v9.5h15V11H18"/>',
    "stop": '<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7z"/><path d="M12 7.5v5.5M12 16.2v.1"/>',
    "swap": '<path d="M7 4L3.5 7.5 7 11M3.5 7.5H18M17 13l3.5 3.5L17 20M20.5 16.5H6"/>',
    "warn": '<path d="M12 4L2.5 20h19z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "watch": '<path d="M12 4l9 16H3z"/>',
    "well": '<circle cx="12" cy="12" r="8.5"/><circle class="full" cx="12" cy="12" r="3"/>',
    "x": '<path d="M6 6l12 12M18 6L6 18"/>',
}


def environment(**options: Any) -> Environment:  # noqa: ANN401 -- Jinja2's own options, handed on
    """The environment that settings name. An unknown name in a template is an error, in every mode."""
    ours = {"autoescape", "undefined", "extensions", "trim_blocks", "lstrip_blocks"}
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **{name: value for name, value in options.items() if name not in ours},
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(
        static=lru_cache(maxsize=256)(static),
        url=lru_cache(maxsize=4096)(url),
        icon=icon,
        address_with=address_with,
        mark_of=mark_of,
        control_of=control_of,
        active_language=language,
        languages=settings.LANGUAGES,
        support_address=settings.SUPPORT_ADDRESS,
        is_demo=settings.DEMO,
        has_design_page=not settings.PRODUCTION,
    )
    made.filters.update(
        day=late(day), short_day=late(short_day), day_time=late(day_time), clock=late(clock), number=late(number)
    )
    made.filters["sentences"] = lambda errors: list(sentences_of(errors))
    made.filters["texts"] = TranslatedText  # for the macro `text`, of what is kept as a plain mapping
    return made


def late(function: Callable[..., str]) -> Callable[..., str]:
    """The filter, computed when the page is drawn.

    Jinja2 computes a filter of a constant once, when it compiles the template, unless the filter asks for the context.
    """

    @pass_context
    @wraps(function)
    def asked(_context: Context, *values: Any, **options: Any) -> str:  # noqa: ANN401 -- the filter's own
        return function(*values, **options)

    return asked


def language() -> str:
    """The active language: fi, sv or en."""
    return (translation.get_language() or settings.LANGUAGE_CODE)[:2]


def url(name: str, *arguments: object, **named: object) -> str:
    """The address of a view. Does not depend on the request, so it may be kept."""
    return reverse(name, args=arguments, kwargs=named)


def icon(name: str) -> Markup:
    """An icon beside words: hidden from screen readers. Raises KeyError for a name there is none of."""
    return Markup('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(Markup(ICONS[name]))  # noqa: S704 -- our own drawings


def address_with(request: HttpRequest, **changes: str) -> str:
    """The query string of this very page with some parameters changed."""
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters[name] = value
    return "?" + parameters.urlencode()


def mark_of(*parts: object) -> str:
    """A short id for an element, the same whenever it is made of the same parts."""
    return f"x{zlib.crc32(repr([str(part) for part in parts]).encode()):08x}"


def day(value: date | None) -> str:
    """The day with its weekday: ti 10.3.2026. A moment is told in the reader's time zone."""
    if value is None:
        return NO_VALUE
    return f"{WEEKDAYS[language()][in_reader_zone(value).weekday()]} {short_day(value)}"


def short_day(value: date | None) -> str:
    """The day without its weekday: 10.3.2026."""
    if value is None:
        return NO_VALUE
    local = in_reader_zone(value)
    if language() == "en":
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{local.day}.{local.month}.{local.year}"


def clock(value: datetime | None) -> str:
    """The time of day: 16.30, in the reader's time zone."""
    if value is None:
        return NO_VALUE
    local = in_reader_zone(value)
    return f"{local:%H:%M}" if language() == "en" else f"{local.hour}.{local:%M}"


def day_time(value: datetime | None) -> str:
    """Day and clock: ti 10.3.2026 klo 16.30, in the reader's time zone."""
    if value is None:
        return NO_VALUE
    return f"{day(value)} {AT[language()]} {clock(value)}"


def in_reader_zone(value: Any) -> Any:  # noqa: ANN401 -- a date stays a date, a moment a moment
    """The moment as the reader's clock shows it; a date, or a moment without a zone, as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """A number as it is written here: 1 234,5 (fi, sv) or 1,234.5 (en).

    Without `decimals` as many as there are, two at most.
    """
    if value is None:
        return NO_VALUE
    text = f"{value:,.{MOST_DECIMALS if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith("-"):
        text = "\N{MINUS SIGN}" + text[1:] if text.strip("-0.,") else text[1:]
    if language() == "en":
        return text
    return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
