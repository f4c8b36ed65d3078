"""Letters and words of applying: the link to go on with, what happens next, what a guardian is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.core.enums import Language
from luotsi.core.questions.answers import Fault
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ApplicationRole
from luotsi.programmes.formats.calls import CallFault, form_of, questions_for
from luotsi.programmes.formats.skill_lines import LONGEST_NAME, MOST, musts_in, skills_in
from luotsi.programmes.formats.values import QuestionType, RoleKey
from luotsi.programmes.queries.descriptions import model_in
from luotsi.web.environment import day
from luotsi.web.questions.faults import fault_text
from luotsi.web.questions.wording import answer_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Item
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.applications import Application, ApplicationDraft, GuardianAsk


def role_name(model: ModelDescription, role: str) -> str:
    """What somebody in this role is called in the programme: mentoroitava or aktori is the model's choice."""
    if role == ApplicationRole.BOTH:
        pair = {"mentor": role_name(model, "mentor"), "mentee": role_name(model, "mentee")}
        return _("%(mentor)s and %(mentee)s") % pair
    return str(TranslatedText(model.role(RoleKey(role)).one))


def link_to_go_on(draft: ApplicationDraft, secret: str) -> Letter:
    """The link that opens the application on any device, and that shows whose the address is."""
    programme = str(draft.round.programme.name)
    return Letter(
        kind="programmes.application_begun",
        subject=_("Go on with your application: %(programme)s") % {"programme": programme},
        lines=[
            _("You have begun an application to the programme %(programme)s.") % {"programme": programme},
            _("Open the link to go on, on this or another device. It also shows us that this address is yours."),
            _(
                "The link works until %(day)s. Nobody reads what you have written before you hand it in, and what is "
                "not handed in is removed."
            )
            % {"day": day(draft.expires_at)},
            _("If you did not begin an application, you need not do anything."),
        ],
        action_label=_("Go on with my application"),
        action_path=f"/apply/link/{secret}/?language={draft.language}",
        is_necessary=True,
        is_secret=True,
    )


def link_to_confirm(draft: ApplicationDraft, secret: str) -> Letter:
    """The same link once the application is filled in: nothing but the confirmation is missing."""
    programme = str(draft.round.programme.name)
    return Letter(
        kind="programmes.application_to_confirm",
        subject=_("Confirm your application: %(programme)s") % {"programme": programme},
        lines=[
            _("Your application to the programme %(programme)s is filled in.") % {"programme": programme},
            _("Open the link and confirm it. Then it goes to those who decide."),
            _("The link works until %(day)s, and earlier links no longer do. What is not confirmed by then is removed.")
            % {"day": day(draft.expires_at)},
            _("If you have not applied, you need not do anything."),
        ],
        action_label=_("Confirm my application"),
        action_path=f"/apply/link/{secret}/?language={draft.language}",
        is_necessary=True,
        is_secret=True,
    )


def received(application: Application, *, waits_for_guardian: bool) -> Letter:
    """What happens next, and when."""
    programme, model = application.round.programme, model_in(application.round.programme.description)
    by = application.submitted_on + timedelta(days=model.enrolment.decision_days)
    next_lines = [_("The coordinators read it. You hear from us by %(day)s.") % {"day": day(by)}]
    if model.enrolment.interview:
        next_lines.append(_("Before anything is decided, they talk with you. They suggest a time."))
    if waits_for_guardian:
        next_lines.append(
            _("We have written to your guardian. You can get a place when your guardian has given consent.")
        )
    return Letter(
        kind="programmes.application_received",
        subject=_("We have your application: %(programme)s") % {"programme": programme.name},
        lines=[
            _("Thank you for applying to the programme %(programme)s. Your role: %(role)s.")
            % {"programme": programme.name, "role": role_name(model, application.role)},
            *next_lines,
            _(
                "Until it is decided, you can look at your application, change your answers or withdraw it. You sign "
                "in with this e-mail address; no password is needed."
            ),
        ],
        action_label=_("Look at my application"),
        action_path=f"/my/applications/{application.ref}/",
        is_necessary=True,
    )


def guardian_asked(ask: GuardianAsk, secret: str, *, is_reminder: bool = False) -> Letter:
    person, programme = ask.application.person, str(ask.application.round.programme.name)
    values = {"name": person.given_name, "programme": programme}
    first = (
        _("We wrote to you some days ago and have not heard from you. Earlier links no longer work: use this one.")
        if is_reminder
        else _("%(name)s has named you as guardian.") % values
    )
    return Letter(
        kind="programmes.guardian_asked",
        subject=_("May %(name)s take part? %(programme)s") % values,
        lines=[
            first,
            _("%(name)s has applied to the mentoring programme %(programme)s and is under 18.") % values,
            _("Your consent is needed. Behind the link you read what it is about and what is kept of %(name)s.")
            % values,
            _("You need no account, and you can say no without giving a reason."),
        ],
        action_label=_("Read and answer"),
        action_path=f"/guardian/{secret}/?language={ask.language}",
        is_necessary=True,
        is_secret=True,
        mentions=[person.ref],
    )


def guardian_consented(application: Application) -> Letter:
    values = {"programme": application.round.programme.name}
    return Letter(
        kind="programmes.guardian_consented",
        subject=_("Your guardian has given consent: %(programme)s") % values,
        lines=[_("Your guardian has given consent. The coordinators can decide about your application now.")],
        action_label=_("Look at my application"),
        action_path=f"/my/applications/{application.ref}/",
        is_necessary=True,
    )


def guardian_said_no(application: Application) -> Letter:
    """Told kindly, and without saying that anybody was wrong."""
    values = {"programme": application.round.programme.name}
    return Letter(
        kind="programmes.guardian_said_no",
        subject=_("About your application: %(programme)s") % values,
        lines=[
            _("Your guardian has not given consent to your part in the programme %(programme)s.") % values,
            _("You have done nothing wrong. Perhaps you can talk about it together; your guardian can still say yes."),
            _("Without consent we cannot offer you a place. Your application stays until you withdraw it."),
        ],
        action_label=_("Look at my application"),
        action_path=f"/my/applications/{application.ref}/",
        is_necessary=True,
    )


def guardian_text(programme_name: Mapping[str, str]) -> dict[str, str]:
    """What a guardian consents to, in every language, to be kept as it was: so it names nobody."""
    texts = {}
    for language in Language.values:
        with translation.override(language):
            texts[language] = _(
                "The minor whose guardian I am may take part in the mentoring programme %(programme)s. The "
                "coordinators keep and read what is told in the application and what is noted in the programme. "
                "I can take my consent back at any time."
            ) % {"programme": TranslatedText(programme_name).shown(language).text}
    return texts


def said_in(model: ModelDescription, role: str, told: Mapping[str, Answer]) -> list[tuple[str, str, str]]:
    """The questions that were answered: key, question, and the answer in words."""
    kinds = {question.key: question.type for question in questions_for(model, role)}
    return [
        (item.key, str(TranslatedText(item.text)), answer_in_our_words(item, told[item.key], kinds.get(item.key)))
        for item in form_of(model, role).items
        if item.key in told
    ]


def answer_in_our_words(item: Item, answer: Answer, kind: QuestionType | None) -> str:
    if kind is QuestionType.SKILLS and isinstance(answer, str):
        musts = musts_in(answer)
        return ", ".join(
            (_("%(skill)s (%(grade)s, a must)") if skill.key in musts else _("%(skill)s (%(grade)s)"))
            % {"skill": skill.name, "grade": skill.grade}
            for skill in skills_in(answer)
        )
    return answer_in_words(item, answer)


def apply_fault_texts(model: ModelDescription, role: str, faults: Mapping[str, Fault]) -> dict[str, str]:
    """What is wrong with answers, in words, by question."""
    items = {item.key: item for item in form_of(model, role).items}
    kinds = {question.key: question.type for question in questions_for(model, role)}
    return {key: _fault(items[key], kinds.get(key), fault) for key, fault in sorted(faults.items()) if key in items}


def _fault(item: Item, kind: QuestionType | None, fault: Fault) -> str:
    if kind is QuestionType.LANGUAGES and fault is Fault.NOT_RANKED:
        return _("Choose each language once.")
    if kind is QuestionType.LANGUAGES and fault is Fault.MISSING:
        return _("Choose at least one language.")
    if kind is QuestionType.SKILLS and fault is Fault.MISSING:
        return _("Write at least one thing in “%(question)s”.") % {"question": TranslatedText(item.text)}
    return fault_text(item, item.key, fault)


def fault_beyond_text(question: str, fault: CallFault) -> str:
    """The same for what is wrong beside what core.questions finds."""
    values = {"question": question, "most": LONGEST_NAME, "skills": MOST}
    return {
        CallFault.NAME_TOO_LONG: _(
            "Shorten what you wrote in “%(question)s”: %(most)s characters at most in a row. Use several rows."
        ),
        CallFault.TOO_MANY_SKILLS: _("Write at most %(skills)s things in “%(question)s”."),
        CallFault.NOT_AN_ADDRESS: _("Write your guardian's e-mail address in full, for example name@example.org."),
        CallFault.OWN_ADDRESS: _("Write your guardian's address. The one that you wrote is your own."),
    }[fault] % values
