"""What is wrong with the file of a model, in words: what, where, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luotsi.programmes.formats.errors import Code

if TYPE_CHECKING:
    from luotsi.programmes.formats.errors import Fault

SENTENCES: dict[str, str] = {
    Code.TOO_LARGE: gettext_noop(
        "The file has %(bytes)s bytes, and %(largest)s are the most. Is it the file of a model?"
    ),
    Code.NOT_TEXT: gettext_noop("The file is not text in UTF-8. Save it as text in UTF-8, and bring it in again."),
    Code.NOT_YAML: gettext_noop(
        "The file cannot be read from here on, at sign %(column)s of the line. "
        "Look at the indents, colons and quotation marks of this line and the one before."
    ),
    Code.TOO_DEEP: gettext_noop("Things stand inside each other too deep here. %(deepest)s levels are the most."),
    Code.ALIAS: gettext_noop("There is a reference (& or *) here. Write out what it refers to."),
    Code.TAG: gettext_noop("There is a sign of a type (!) here. Take it away, and write the value only."),
    Code.DUPLICATE_KEY: gettext_noop("“%(key)s” stands here already, in line %(first_line)s. Take one of them away."),
    Code.MISSING_KEY: gettext_noop("“%(key)s” is missing here. Add it."),
    Code.UNKNOWN_KEY: gettext_noop("“%(key)s” is not known here. Take it away, or write one of these: %(allowed)s."),
    Code.NOT_ALLOWED: gettext_noop("“%(found)s” is not possible here. Write one of these: %(allowed)s."),
    Code.OUT_OF_RANGE: gettext_noop("%(found)s is not possible here. Write a number from %(lowest)s to %(highest)s."),
    Code.WRONG_NUMBER: gettext_noop(
        "There are %(found)s of these. From %(lowest)s to %(highest)s are possible: add some, or take some away."
    ),
    Code.TOO_LONG: gettext_noop("The text is too long. Shorten it to %(longest)s characters at most."),
    Code.NOT_A_KEY: gettext_noop(
        "“%(found)s” cannot be a key. Write small letters from a to z, digits, "
        "and hyphens or underscores between them, 60 signs at most."
    ),
    Code.REPEATED: gettext_noop("“%(found)s” stands here twice. Take one away, or give it another name."),
    Code.EMPTY: gettext_noop("There is nothing here. Write a value."),
    Code.UNFIT_CHARACTER: gettext_noop("There is a character that cannot be shown. Write the text again."),
    Code.LANGUAGE_MISSING: gettext_noop("The text is missing in this language: %(language)s. Write it."),
    Code.ASKED_OF_OTHERS: gettext_noop(
        "“%(question)s” is not asked of everybody who is asked this. "
        "Ask it of the same roles, or narrow the roles here."
    ),
    Code.WEEKS_DIFFER: gettext_noop(
        "There stands %(found)s, and the weeks of the phases add up to %(wanted)s. Change one of them."
    ),
    Code.NO_WEIGHT: gettext_noop("No weight is above zero, so all pairs would be equally good. Give one at least 1."),
    Code.TOO_MANY_MEETINGS: gettext_noop(
        "There are tools for %(found)s meetings, and %(highest)s meetings are planned. Plan more, or take tools away."
    ),
    Code.UNKNOWN_TOOL: gettext_noop("There is no tool “%(found)s” in the library. These there are: %(allowed)s."),
    Code.UNKNOWN_INSTRUMENT: gettext_noop(
        "There is no questionnaire “%(found)s” here. Bring it in first, or write one of these: %(allowed)s."
    ),
    Code.UNKNOWN_MODEL: gettext_noop(
        "The model “%(found)s”, from which this one was derived, is not here. That does no harm."
    ),
}
"""For each code one sentence. The names in it are the facts of the code."""

EXPECTED: dict[str | int, str] = {
    "table": gettext_noop("Here must stand keys with their values, each in a line of its own and set in."),
    "list": gettext_noop("Here must stand a list: each entry in a line of its own, after a hyphen."),
    "whole number": gettext_noop("Here must stand a whole number, for example 4."),
    "yes or no": gettext_noop("Here must stand yes or no."),
    "word": gettext_noop("Here must stand one word."),
    "text": gettext_noop("Here must stand text."),
    "text by language": gettext_noop("Here must stand the text by language: fi, sv and en, each in a line of its own."),
    "key": gettext_noop("A key must be a word. Write it before the colon."),
}
"""What should stand where something else does."""


def sentence_of(fault: Fault) -> str:
    """What is wrong and how to mend it, in the active language."""
    if fault.code is Code.WRONG_TYPE:
        return _(EXPECTED[fault.facts["expected"]])
    sentence = _(SENTENCES[fault.code]) % fault.facts
    if near := fault.facts.get("nearest"):
        return " ".join([sentence, _("Did you mean “%(nearest)s”?") % {"nearest": near}])
    return sentence


def key_of(fault: Fault) -> str:
    """At which key; of what concerns the whole file, that."""
    return fault.path or _("the whole file")
