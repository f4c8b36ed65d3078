"""Made-up people who apply by the form of a call: their answers, whatever the model asks, and the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from luotsi.core.actors import LinkBearer
from luotsi.core.questions.answers import items_asked
from luotsi.core.questions.values import Kind
from luotsi.journey.demo.skills import OTHER_SKILL, SKILLS
from luotsi.programmes.formats.calls import GUARDIAN_EMAIL, GUARDIAN_LANGUAGE, IS_MINOR, NO, YES, form_of
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services.drafts import Contact, begin_draft, hand_in, keep_told

if TYPE_CHECKING:
    from random import Random

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Item
    from luotsi.people.models import Person
    from luotsi.programmes.enums import ApplicationRole
    from luotsi.programmes.models.applications import Application, ApplicationDraft
    from luotsi.programmes.models.programmes import Round

SKILL_QUESTIONS: Final = frozenset({"needs", "offers", "musts"})
GUARDIAN: Final = "huoltaja@example.org"
OWN_WORDS: Final = {
    "fi": (
        "Haluan oppia kysymään ennen kuin neuvon.",
        "Työpaikallamme aloittaa syksyllä monta uutta, ja haluan ottaa heidät hyvin vastaan.",
        "Olen oppinut paljon toisilta ja haluan antaa sitä eteenpäin.",
        "Haluan tietää, millaista työtä täällä oikeasti tehdään.",
    ),
    "sv": (
        "Jag vill lära mig att fråga innan jag ger råd.",
        "Flera nya börjar hos oss i höst, och jag vill ta väl emot dem.",
        "Jag har lärt mig mycket av andra och vill ge det vidare.",
        "Jag vill veta hurdant arbete som görs här på riktigt.",
    ),
    "en": (
        "I want to learn to ask before I advise.",
        "Several new people start at our place in the autumn, and I want to welcome them well.",
        "I have learnt a lot from others and want to pass it on.",
        "I want to know what kind of work is really done here.",
    ),
}


def apply(round_: Round, person: Person, role: ApplicationRole, dice: Random, *, is_minor: bool = False) -> Application:
    """Fill the form to its end, signed in, and hand it in. Raises ValueError when the form takes it not."""
    draft = _filled(round_, person, role, dice, is_minor=is_minor)
    application = hand_in(draft, accepts_terms=True, by=LinkBearer(actor_ref=draft.ref))
    if application is None:
        raise ValueError(draft)
    return application


def begin(round_: Round, person: Person, role: ApplicationRole, dice: Random) -> ApplicationDraft:
    """Fill the form, and leave it before the end."""
    return _filled(round_, person, role, dice, is_minor=False)


def _filled(round_: Round, person: Person, role: ApplicationRole, dice: Random, *, is_minor: bool) -> ApplicationDraft:
    draft = begin_draft(round_, Contact(role=role), language=person.language, by=person)
    told = told_by(round_, person, role, dice, is_minor=is_minor)
    keep_told(draft, told, by=LinkBearer(actor_ref=draft.ref))
    return draft


def told_by(round_: Round, person: Person, role: ApplicationRole, dice: Random, *, is_minor: bool) -> dict[str, Answer]:
    """An answer to everything that is asked, in the person's language."""
    form = form_of(model_in(round_.programme.description), role)
    told: dict[str, Answer] = {}
    for item in form.items:  # an answer may bring another question, never an earlier one
        if item.key in {asked.key for asked in items_asked(form, told)}:
            told[item.key] = _answer(item, person, dice, is_minor=is_minor)
    return told


def _answer(item: Item, person: Person, dice: Random, *, is_minor: bool) -> Answer:
    said: dict[str, Answer] = {
        "languages": [person.language, *(["en"] if person.language != "en" else ["fi"])],
        "region": f"r{person.region or '16'}",
        "is_remote": YES if dice.random() < 0.5 else NO,  # noqa: PLR2004 -- half of them
        IS_MINOR: YES if is_minor else NO,
        GUARDIAN_EMAIL: GUARDIAN,
        GUARDIAN_LANGUAGE: person.language,
        "places": str(int(item.lowest or 1)),
    }
    return said[item.key] if item.key in said else _any_answer(item, person, dice)


def _any_answer(item: Item, person: Person, dice: Random) -> Answer:
    if item.key in SKILL_QUESTIONS:
        return _skills(person, dice)
    if item.kind is Kind.NUMBER:
        lowest, highest = int(item.lowest or 0), int(item.highest if item.highest is not None else 20)
        return str(dice.randint(lowest, min(highest, lowest + 20)))
    if item.kind is Kind.DATE:
        return (item.earliest or item.latest or person.created_at.date()).isoformat()
    return _picked(item, dice) if item.offered else dice.choice(OWN_WORDS[person.language])


def _skills(person: Person, dice: Random) -> str:
    names = dice.sample(sorted(key for key in SKILLS if key != OTHER_SKILL), 3)
    return "\n".join(f"{SKILLS[name][person.language]} ({dice.randint(3, 5)})" for name in names)


def _picked(item: Item, dice: Random) -> Answer:
    if item.kind is Kind.CHOICE and not item.is_many:
        return dice.choice(item.offered)
    wanted = dice.sample(item.offered, min(len(item.offered), item.most or 2, 2))
    return [key for key in item.offered if key in wanted]
