"""The form of a call, made from the questions of its model; and what matching and lists understand of its answers."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from luotsi.core.questions.answers import check_answers
from luotsi.core.questions.conditions import Comparison, Relation
from luotsi.core.questions.values import Answering, Choice, Day, Form, Item, Kind, Purpose, Section
from luotsi.core.words.keys import email_key
from luotsi.people.formats.regions import REGIONS
from luotsi.programmes.formats.answers import Answers, with_musts
from luotsi.programmes.formats.skill_lines import LONGEST_LINES, MOST, lines_of, musts_in, skills_in, too_long
from luotsi.programmes.formats.values import LANGUAGES, Question, QuestionType, RoleKey
from luotsi.programmes.formats.vocabulary import languages, name_of_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Texts
    from luotsi.programmes.formats.values import ModelDescription

SECTION: Final = "questions"
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
YES: Final = "yes"
NO: Final = "no"
MOST_LANGUAGES: Final = 8
USUAL_LANGUAGES: Final = (
    *("fi", "sv", "en", "ru", "et", "ar", "so", "uk", "fa", "fa_AF", "ckb", "ku", "zh", "sq", "vi", "th", "tr"),
    *("es", "de", "fr", "se", "smn", "sms", "rom"),
)
"""Those that are spoken here most, and the Sámi and Romani languages: offered before all others."""

IS_MINOR: Final = "is_minor"
GUARDIAN_EMAIL: Final = "guardian_email"
GUARDIAN_LANGUAGE: Final = "guardian_language"
GUARDIAN_KEYS: Final = frozenset({GUARDIAN_EMAIL, GUARDIAN_LANGUAGE})
"""Asked of a minor where the model wants a guardian's consent. They are no answers of the application."""

YES_OR_NO: Final = (
    Choice(key=YES, text={"fi": "Kyllä", "sv": "Ja", "en": "Yes"}),
    Choice(key=NO, text={"fi": "Ei", "sv": "Nej", "en": "No"}),
)
TIMES: Final = (
    Choice(key="morning", text={"fi": "Aamupäivä", "sv": "Förmiddag", "en": "Morning"}),
    Choice(key="afternoon", text={"fi": "Iltapäivä", "sv": "Eftermiddag", "en": "Afternoon"}),
    Choice(key="evening", text={"fi": "Ilta", "sv": "Kväll", "en": "Evening"}),
)
_WEEK: Final = (Day.MONDAY, Day.TUESDAY, Day.WEDNESDAY, Day.THURSDAY, Day.FRIDAY, Day.SATURDAY, Day.SUNDAY)
_OWN_NAMES: Final = (
    Choice(key="fi", text=dict.fromkeys(LANGUAGES, "Suomi")),
    Choice(key="sv", text=dict.fromkeys(LANGUAGES, "Svenska")),
    Choice(key="en", text=dict.fromkeys(LANGUAGES, "English")),
)
_GUARDIAN_TEXTS: Final[tuple[Texts, Texts, Texts]] = (
    {
        "fi": "Mikä on huoltajasi sähköpostiosoite?",
        "sv": "Vilken e-postadress har din vårdnadshavare?",
        "en": "What is your guardian's e-mail address?",
    },
    {
        "fi": "Lähetämme sinne linkin, kun olet jättänyt hakemuksesi. Huoltaja ei tarvitse tunnusta.",
        "sv": "Vi skickar en länk dit när du har lämnat din ansökan. Vårdnadshavaren behöver inget konto.",
        "en": "We send a link there once you have handed in your application. Your guardian needs no account.",
    },
    {
        "fi": "Millä kielellä kirjoitamme huoltajallesi?",
        "sv": "På vilket språk skriver vi till din vårdnadshavare?",
        "en": "In which language do we write to your guardian?",
    },
)


def roles_in(role: str) -> tuple[RoleKey, ...]:
    """The parts that an application in this role (mentor, mentee, both) asks for."""
    return tuple(RoleKey) if role == "both" else (RoleKey(role),)


def questions_for(model: ModelDescription, role: str) -> tuple[Question, ...]:
    """What is asked in this role, in the model's order, without what could only follow from a question not asked."""
    asked: dict[str, Question] = {}
    wanted = set(roles_in(role))
    for question in model.questions:
        if wanted & set(question.roles) and (question.when is None or question.when[0] in asked):
            asked[question.key] = question
    return tuple(asked.values())


def form_of(model: ModelDescription, role: str) -> Form:
    """What somebody answers who applies in this role: mentor, mentee or both. One section, in the model's order.

    Languages are a ranking, the best first; skills are text, a line each (formats.skill_lines). Where the model wants a
    guardian's consent, a minor is also asked for the guardian's address and language.
    """
    return Form(
        key=model.key,
        version=model.version,
        name=dict(model.name),
        purpose=Purpose.APPLICATION,
        answering=Answering.NAMED,
        sections=(Section(key=SECTION, items=tuple(_items(model, role))),),
    )


def answers_of(model: ModelDescription, role: str, told: Mapping[str, object]) -> Answers:
    """What matching understands of all that was told: of each question by its key and type. Lists say it the same way.

    What is not asked in this role, or not in order, counts as not told.
    """
    kept = check_answers(form_of(model, role), dict(told)).kept
    known = {question.key: question.type for question in questions_for(model, role)}
    typed = {key: answer for key, answer in kept.items() if known.get(key) is _TYPES.get(key, object())}
    needs, musts = str(typed.get("needs", "")), skills_in(str(typed.get("musts", "")))
    wanted = with_musts(skills_in(needs), musts)
    return Answers(
        languages=tuple(_code_of_language(key) for key in _ranked(typed.get("languages"))),
        region=str(typed.get("region", "")).removeprefix("r"),
        organisation=" ".join(str(typed.get("organisation", "")).split()),
        offers=skills_in(str(typed.get("offers", ""))),
        needs=wanted,
        musts=musts_in(needs) | {skill.key for skill in musts},
        places=int(str(typed.get("places", "1"))),
        is_remote=typed.get("is_remote") == YES,
        is_minor=typed.get("is_minor") == YES,
        experience=int(str(typed["experience"])) if "experience" in typed else None,
    )


def answers_after(model: ModelDescription, role: str, told: Mapping[str, object], before: Answers) -> Answers:
    """The same with what was told before to what this form does not ask: a list, or a coordinator, may know more."""
    now = answers_of(model, role, told)
    asked = {question.key for question in questions_for(model, role) if question.type is _TYPES.get(question.key)}
    if asked & {"needs", "musts"}:
        asked |= {"needs", "musts"}
    return replace(before, **{key: getattr(now, key) for key in asked})


def form_to_change(model: ModelDescription, role: str, *, has_guardian: bool) -> Form:
    """The form with which answers are changed. A guardian who has been asked is not asked for again."""
    form = form_of(model, role)
    if not has_guardian:
        return form
    [section] = form.sections
    items = tuple(item for item in section.items if item.key not in GUARDIAN_KEYS)
    return replace(form, sections=(replace(section, items=items),))


def told_by(model: ModelDescription, role: str, answers: Answers) -> dict[str, Answer]:
    """What the form would hold of somebody of whom a list told this: to go on with on the form."""
    known = {question.key: question.type for question in questions_for(model, role)}
    has_musts = known.get("musts") is QuestionType.SKILLS
    said: dict[str, Any] = {
        "languages": [code.lower() for code in answers.languages],
        "region": f"r{answers.region}" if answers.region else "",
        "organisation": answers.organisation,
        "offers": lines_of(answers.offers),
        "needs": lines_of(answers.needs, frozenset() if has_musts else answers.musts),
        "musts": lines_of(skill for skill in answers.needs if skill.key in answers.musts),
        "places": str(answers.places),
        "is_remote": YES if answers.is_remote else NO,
        "is_minor": YES if answers.is_minor else NO,
        "experience": "" if answers.experience is None else str(answers.experience),
    }
    return check_answers(
        form_of(model, role), {key: value for key, value in said.items() if known.get(key) is _TYPES[key]}
    ).kept


class CallFault(StrEnum):
    """What can be wrong with an answer beside what core.questions finds. The interface has a sentence for each."""

    NAME_TOO_LONG = "name_too_long"
    TOO_MANY_SKILLS = "too_many_skills"
    NOT_AN_ADDRESS = "not_an_address"
    OWN_ADDRESS = "own_address"


def faults_beyond(
    model: ModelDescription, role: str, told: Mapping[str, object], *, email: str
) -> dict[str, CallFault]:
    """What is wrong with answers that core.questions takes, by question. `email`: of the one who applies."""
    faults: dict[str, CallFault] = {}
    for question in questions_for(model, role):
        if question.type is QuestionType.SKILLS and (lines := str(told.get(question.key, ""))):
            if too_long(lines):
                faults[question.key] = CallFault.NAME_TOO_LONG
            elif len(skills_in(lines)) > MOST:
                faults[question.key] = CallFault.TOO_MANY_SKILLS
    if guardian := str(told.get(GUARDIAN_EMAIL, "")):
        if not _ADDRESS.fullmatch(guardian):
            faults[GUARDIAN_EMAIL] = CallFault.NOT_AN_ADDRESS
        elif email_key(guardian) == email_key(email):
            faults[GUARDIAN_EMAIL] = CallFault.OWN_ADDRESS
    return faults


def wants_guardian(model: ModelDescription, role: str) -> bool:
    """Whether a minor who applies in this role is asked for a guardian."""
    is_asked = any(
        question.key == IS_MINOR and question.type is QuestionType.YES_NO for question in questions_for(model, role)
    )
    return model.enrolment.guardian_consent and is_asked


def _items(model: ModelDescription, role: str) -> Iterator[Item]:
    for question in questions_for(model, role):
        yield Item(
            key=question.key,
            text=dict(question.text),
            help=dict(question.hint),
            is_required=question.required,
            when=Comparison(item=question.when[0], relation=Relation.IS, value=question.when[1])
            if question.when
            else None,
            **_KINDS[question.type](question),
        )
        if question.key == IS_MINOR and wants_guardian(model, role):
            yield from _guardian_items()


def _guardian_items() -> Iterator[Item]:
    text, hint, language = _GUARDIAN_TEXTS
    is_minor = Comparison(item=IS_MINOR, relation=Relation.IS, value=YES)
    yield Item(
        key=GUARDIAN_EMAIL, kind=Kind.TEXT, text=text, help=hint, is_required=True, when=is_minor, longest=254, lines=1
    )
    yield Item(
        key=GUARDIAN_LANGUAGE, kind=Kind.CHOICE, text=language, is_required=True, when=is_minor, choices=_OWN_NAMES
    )


def _number(question: Question) -> dict[str, Any]:
    lowest, highest = _LIMITS.get(question.key, (None, None))
    lowest = question.lowest if question.lowest is not None else lowest
    highest = question.highest if question.highest is not None else highest
    return {
        "kind": Kind.NUMBER,
        "lowest": None if lowest is None else Decimal(lowest),
        "highest": None if highest is None else Decimal(highest),
    }


def _picked(question: Question) -> dict[str, Any]:
    choices = tuple(Choice(key=choice.key, text=dict(choice.text)) for choice in question.choices)
    return {"kind": Kind.CHOICE, "choices": choices, "is_many": question.type is QuestionType.CHOICES}


@lru_cache(maxsize=1)
def _languages() -> tuple[Choice, ...]:
    usual = dict.fromkeys(USUAL_LANGUAGES)
    return tuple(
        Choice(key=code.lower(), text={each: name_of_language(code, each) for each in LANGUAGES})
        for code in (*usual, *(code for code in languages() if code not in usual))
    )


@lru_cache(maxsize=1)
def _regions() -> tuple[Choice, ...]:
    """A key begins with a letter."""
    return tuple(
        Choice(key=f"r{code}", text=dict(zip(LANGUAGES, names, strict=True))) for code, names in REGIONS.items()
    )


def _code_of_language(key: str) -> str:
    return next((code for code in languages() if code.lower() == key), key)


def _ranked(answer: Answer | None) -> list[str]:
    return answer if isinstance(answer, list) else []


_LIMITS: Final[Mapping[str, tuple[int, int]]] = {"places": (1, 50), "experience": (0, 80)}
"""As in lists; a model may narrow them."""

_TYPES: Final[Mapping[str, QuestionType]] = {
    "languages": QuestionType.LANGUAGES,
    "region": QuestionType.REGION,
    "organisation": QuestionType.TEXT,
    "offers": QuestionType.SKILLS,
    "needs": QuestionType.SKILLS,
    "musts": QuestionType.SKILLS,
    "places": QuestionType.NUMBER,
    "is_remote": QuestionType.YES_NO,
    "is_minor": QuestionType.YES_NO,
    "experience": QuestionType.NUMBER,
}
"""The questions whose answers matching understands."""

_KINDS: Final[Mapping[QuestionType, Callable[[Question], dict[str, Any]]]] = {
    QuestionType.TEXT: lambda question: {"kind": Kind.TEXT, "lines": 1 if question.key == "organisation" else 4},
    QuestionType.CHOICE: _picked,
    QuestionType.CHOICES: _picked,
    QuestionType.LANGUAGES: lambda _question: {
        "kind": Kind.RANKING,
        "choices": _languages(),
        "most": MOST_LANGUAGES,
    },
    QuestionType.SKILLS: lambda _question: {"kind": Kind.TEXT, "longest": LONGEST_LINES},
    QuestionType.REGION: lambda _question: {"kind": Kind.CHOICE, "choices": _regions()},
    QuestionType.YES_NO: lambda _question: {"kind": Kind.CHOICE, "choices": YES_OR_NO},
    QuestionType.NUMBER: _number,
    QuestionType.DATE: lambda _question: {"kind": Kind.DATE},
    QuestionType.AVAILABILITY: lambda _question: {"kind": Kind.AVAILABILITY, "days": _WEEK, "slots": TIMES},
}
