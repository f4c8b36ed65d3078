"""Why a pair has its points and why somebody has nobody, in words. Skills are named as people wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from luotsi.matching.solver.validation import Trouble
from luotsi.matching.solver.values import FULL, Cause, Criterion, Rule
from luotsi.people.formats.regions import name_of_region
from luotsi.programmes.formats.vocabulary import name_of_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from luotsi.matching.solver.values import LeftOut

TITLES = {
    Criterion.SKILLS: gettext_lazy("Skills that are looked for"),
    Criterion.REGION: gettext_lazy("Region"),
    Criterion.LANGUAGE: gettext_lazy("Languages in common"),
    Criterion.EXPERIENCE: gettext_lazy("Difference in experience"),
    Criterion.WAITING: gettext_lazy("Time of waiting"),
}

RULES = {
    Rule.CAPACITY: gettext_lazy("No free place"),
    Rule.FORBIDDEN: gettext_lazy("The two have been proposed to each other before"),
    Rule.NOT_ONESELF: gettext_lazy("Nobody mentors him- or herself"),
    Rule.MINOR_NEEDS_VETTED: gettext_lazy(
        "A minor is paired only with somebody whose criminal record extract was checked"
    ),
    Rule.COMMON_LANGUAGE: gettext_lazy("No common language"),
    Rule.NOT_SAME_ORGANISATION: gettext_lazy("The same organisation"),
    Rule.NOT_SAME_UNIT: gettext_lazy("The same unit"),
    Rule.NOT_SAME_LINE_MANAGER: gettext_lazy("The same supervisor"),
    Rule.REGION_OR_REMOTE: gettext_lazy("Another region, and not remotely"),
    Rule.MANDATORY_SKILLS: gettext_lazy("A skill that is a must is missing"),
}
FLOOR = gettext_lazy("Too few points")

TROUBLES = {
    "forgotten": gettext_lazy("Somebody in this run has been forgotten since. Form the pairs again."),
    Trouble.BAD_VALUE: gettext_lazy("%(names)s: a value cannot be right (%(about)s). Correct the application."),
    Trouble.BAD_KEY: gettext_lazy("%(names)s: the person cannot be told apart from others."),
    Trouble.PERSON_TWICE: gettext_lazy("%(names)s: takes part twice in the same role. Leave one of the two."),
    Trouble.UNKNOWN_PERSON: gettext_lazy("%(names)s: does not take part any more."),
    Trouble.NO_WEIGHTS: gettext_lazy(
        "The model of this programme gives no weight to anything: no pair is better than others."
    ),
    Trouble.UNKNOWN_RULE: gettext_lazy("The model of this programme names a rule that is not known here: %(about)s."),
    Trouble.PIN_FORBIDDEN: gettext_lazy("%(names)s: pinned and forbidden at the same time."),
    Trouble.PINNED_TWICE: gettext_lazy("%(names)s: pinned to several mentors."),
    Trouble.PINS_OVER_CAPACITY: gettext_lazy("%(names)s: more are pinned than there are places."),
    Trouble.PIN_BREAKS_RULE: gettext_lazy("%(names)s: this pair breaks a rule: %(about)s."),
}
FIELDS = {
    "experience": gettext_lazy("years in working life"),
    "languages": gettext_lazy("languages"),
    "needs": gettext_lazy("skills needed"),
    "offers": gettext_lazy("skills offered"),
    "mandatory": gettext_lazy("skills that are a must"),
    "capacity": gettext_lazy("places"),
    "waiting_days": gettext_lazy("day of the application"),
    "region": gettext_lazy("region"),
    "organisation": gettext_lazy("organisation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """`points` of `of`, in hundredths that add up exactly; `part` is the share reached, 0 to 100, for drawing."""

    title: str
    points: float
    of: float
    part: float
    text: str


def reasons_of(stored: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[Reason]:
    """The reasons as a proposal keeps them, in the active language. `names`: of skills, by their key."""
    return [
        Reason(
            title=str(TITLES[Criterion(each["code"])]),
            points=each["points"] * 100 / FULL,
            of=each["of"] * 100 / FULL,
            part=round(100 * each["points"] / each["of"], 1) if each["of"] else 0,
            text=WORDS[Criterion(each["code"])](each["facts"], names) if each["facts"] else "",
        )
        for each in stored
    ]


def _skills(facts: Mapping[str, Any], names: Mapping[str, str]) -> str:
    shared, missing = _listed(facts["shared"], names), _listed(facts["missing"], names)
    if not shared and not missing:
        return _("No wishes were told.")
    if not missing:
        return _("Offered: %(shared)s.") % {"shared": shared}
    if not shared:
        return _("Not offered: %(missing)s.") % {"missing": missing}
    return _("Offered: %(shared)s. Not offered: %(missing)s.") % {"shared": shared, "missing": missing}


def _listed(keys: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(key, key) for key in keys)


def _region(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    mentee, mentor = (name_of_region(facts[side], _language()) for side in ("mentee", "mentor"))
    if not mentee or not mentor:
        return _("Not both have told their region.")
    if mentee == mentor:
        return _("Both: %(region)s.") % {"region": mentee}
    return _("%(mentee)s and %(mentor)s: you can meet remotely.") % {"mentee": mentee, "mentor": mentor}


def _languages(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    shared = ", ".join(name_of_language(code, _language()) for code in facts["shared"])
    return _("Both speak: %(languages)s.") % {"languages": shared}


def _experience(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    if facts["mentee"] is None or facts["mentor"] is None:
        return _("Not both have told their years in working life.")
    return _("%(mentee)s and %(mentor)s years in working life.") % {
        "mentee": facts["mentee"],
        "mentor": facts["mentor"],
    }


def _waiting(facts: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    days = facts["days"]
    return ngettext("%(count)s day of waiting.", "%(count)s days of waiting.", days) % {"count": days}


WORDS: Mapping[Criterion, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    Criterion.SKILLS: _skills,
    Criterion.REGION: _region,
    Criterion.LANGUAGE: _languages,
    Criterion.EXPERIENCE: _experience,
    Criterion.WAITING: _waiting,
}


def why_left_out(left: LeftOut, *, is_mentee: bool) -> list[str]:
    """Why somebody has nobody: the cause, then each rule with how many it kept away."""
    cause = _cause(left.cause, left.suitable, is_mentee=is_mentee)
    return [cause, *(rule_counted(each.rule, each.count, each.alone) for each in left.exclusions)]


def _cause(cause: Cause, suitable: int, *, is_mentee: bool) -> str:
    counts = {"count": suitable}
    if cause == Cause.NO_SEAT_LEFT:
        text = ngettext(
            "%(count)s mentor would suit, and all places there are taken by others.",
            "%(count)s mentors would suit, and all their places are taken by others.",
            suitable,
        )
    elif cause == Cause.NO_MENTEE_LEFT:
        text = ngettext(
            "%(count)s mentee would suit, and has a mentor.",
            "%(count)s mentees would suit, and all of them have a mentor.",
            suitable,
        )
    elif cause == Cause.BELOW_FLOOR:
        text = _("The rules would allow somebody, but nobody with enough points. Look at this one in person.")
    else:
        text = _("No mentor suits by the rules.") if is_mentee else _("No mentee suits by the rules.")
    return text % counts


def rule_counted(rule: str, count: int, alone: int) -> str:
    """A rule, how many it kept away, and how many of them no other rule would have."""
    names = {"rule": RULES[Rule(rule)] if rule in set(Rule) else FLOOR, "count": count, "alone": alone}
    if alone:
        return _("%(rule)s: %(count)s, of them %(alone)s for this reason alone.") % names
    return _("%(rule)s: %(count)s.") % names


def trouble_told(trouble: Mapping[str, Any], names: Sequence[str]) -> str:
    """Why a run could not be worked out: the persons and the rule or the field at fault."""
    if trouble["code"] not in TROUBLES:
        return _("The pairs could not be worked out, or did not stand their check. Nothing was kept. Tell the support.")
    about = trouble["about"]
    shown = RULES[Rule(about)] if about in set(Rule) else FIELDS.get(about, about)
    return str(TROUBLES[trouble["code"]]) % {"names": ", ".join(names), "about": shown}


def _language() -> str:
    return (get_language() or "fi")[:2]
