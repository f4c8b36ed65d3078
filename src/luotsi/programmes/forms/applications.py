"""What coordinators write and choose about applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ApplicationRole, ApplicationState, Recommendation
from luotsi.programmes.messages.own_words import OwnWords, trouble_with
from luotsi.programmes.queries.applications import HELD, NOT_HELD, Wanted
from luotsi.programmes.services.batches import Asked
from luotsi.programmes.services.interviews import Talk
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.people.models import Network, Organisation
    from luotsi.programmes.models.applications import LetterTemplate

NAME_LENGTH = 120
SUBJECT_LENGTH = 150
TEXT_LENGTH = 5000
DECISIONS = [
    (ApplicationState.ACCEPTED, _("Accept")),
    (ApplicationState.WAITLISTED, _("Put on the waiting list")),
    (ApplicationState.DECLINED, _("Do not accept")),
]
LANGUAGE_NAMES = {Language.FI: _("in Finnish"), Language.SV: _("in Swedish"), Language.EN: _("in English")}
PLACES_HINT = _("{name} becomes the first name of the recipient, {programme} the name of the programme.")


class FilterForm(PlainForm):
    """What to show of the applications. Sent by GET, so that the address can be kept."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            *(choice for choice in ApplicationState.choices if choice[0] != ApplicationState.DRAFT),
        ],
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all")), *ApplicationRole.choices])
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    waiting = forms.ChoiceField(
        label=_("Has waited"),
        required=False,
        choices=[
            ("", _("any time")),
            ("7", _("7 days or more")),
            ("14", _("14 days or more")),
            ("45", _("45 days or more")),
        ],
    )
    interview = forms.ChoiceField(
        label=_("Interview"), required=False, choices=[("", _("all")), (HELD, _("held")), (NOT_HELD, _("not held"))]
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation] = (), **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        found = [(str(organisation.ref), organisation.name) for organisation in organisations]
        self.fields["organisation"].choices = [("", _("all")), *found]  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self, name: str) -> str:
        """What was chosen; nothing when it was not one of the offered."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    def wanted(self) -> Wanted:
        return Wanted(**{name: self.chosen(name) for name in self.fields})

    def kept(self) -> dict[str, str]:
        """What was chosen, to be carried along."""
        return {name: self.chosen(name) for name in self.fields if self.chosen(name)}


class DecisionForm(PlainForm):
    """A decision about one application. Without own words the ordinary letter goes out."""

    state = forms.ChoiceField(choices=DECISIONS, label=_("Decision"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT_LENGTH, required=False)
    text = forms.CharField(
        label=_("Letter"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=PLACES_HINT,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        subject, text = cleaned.get("subject", ""), cleaned.get("text", "")
        if bool(subject.strip()) != bool(text.strip()):
            missing = "text" if subject.strip() else "subject"
            self.add_error(missing, ValidationError(_("Write the subject and the letter, or neither."), code="half"))
        for name in ("subject", "text"):
            if trouble := trouble_with(cleaned.get(name, "")):
                self.add_error(name, ValidationError(trouble, code="place"))
        return cleaned

    def words_in(self, language: str) -> OwnWords | None:
        """The own words, if there are any, in the language of the one who applied."""
        subject, text = self.cleaned_data["subject"].strip(), self.cleaned_data["text"].strip()
        if not text:
            return None
        return OwnWords(subject=TranslatedText({language: subject}), text=TranslatedText({language: text}))


class WordsForm(PlainForm):
    """A letter in up to three languages: subject and text, both or neither in each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        for language, name in LANGUAGE_NAMES.items():
            subject = forms.CharField(
                label=_("Subject %(in_language)s") % {"in_language": name}, max_length=SUBJECT_LENGTH, required=False
            )
            text = forms.CharField(
                label=_("Letter %(in_language)s") % {"in_language": name},
                max_length=TEXT_LENGTH,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
            )
            self.fields |= {f"subject_{language.value}": subject, f"text_{language.value}": text}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in [name for name in self.fields if name.startswith(("subject_", "text_"))]:
            if trouble := trouble_with(cleaned.get(name, "")):
                self.add_error(name, ValidationError(trouble, code="place"))
        for language in Language.values:
            subject, text = (cleaned.get(f"{part}_{language}", "").strip() for part in ("subject", "text"))
            if bool(subject) != bool(text):
                missing = f"text_{language}" if subject else f"subject_{language}"
                self.add_error(
                    missing, ValidationError(_("Write the subject and the letter, or neither."), code="half")
                )
        return cleaned

    def words(self) -> OwnWords | None:
        found = {
            part: {
                language: self.cleaned_data[f"{part}_{language}"].strip()
                for language in Language.values
                if self.cleaned_data[f"{part}_{language}"].strip()
            }
            for part in ("subject", "text")
        }
        if not found["text"]:
            return None
        return OwnWords(subject=TranslatedText(found["subject"]), text=TranslatedText(found["text"]))


def words_as_typed(template: LetterTemplate) -> dict[str, str]:
    """A template's words as the form has them."""
    parts = {"subject": template.subject, "text": template.text}
    return {
        f"{part}_{language}": words.get(language, "") for part, words in parts.items() for language in Language.values
    }


class TemplateForm(WordsForm):
    """A letter that is kept under a name."""

    network = forms.ChoiceField(label=_("Network"))
    name = forms.CharField(label=_("Name of the letter"), max_length=100, help_text=_("Coordinators see it only."))

    def __init__(self, *args: Any, networks: list[Network], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.networks = {str(network.ref): network for network in networks}
        self.fields["network"].choices = [(ref, network.name) for ref, network in self.networks.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.words() is None:
            error = _("Write the subject and the text in the same language, one at least.")
            self.add_error("subject_fi", ValidationError(error, code="required"))
        return cleaned

    def chosen_network(self) -> Network:
        return self.networks[self.cleaned_data["network"]]


class ManyForm(WordsForm):
    """What to do with many applications at once."""

    decision = forms.ChoiceField(
        label=_("What to do"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*DECISIONS, ("", _("Only write a letter"))],
    )
    template = forms.ChoiceField(label=_("Begin with a kept letter"), required=False)
    is_necessary = forms.BooleanField(
        label=_("They must know this"),
        required=False,
        help_text=_("Then it is mailed also to those who want no e-mail about programmes."),
    )

    def __init__(self, *args: Any, templates: Iterable[LetterTemplate], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.templates = {str(template.ref): template for template in templates}
        found = [(ref, template.name) for ref, template in self.templates.items()]
        self.fields["template"].choices = [("", _("none")), *found]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("decision") and self.words() is None:
            error = _("Choose a decision, or write a letter.")
            self.add_error("decision", ValidationError(error, code="required"))
        return cleaned

    def asked(self) -> Asked:
        decision = self.cleaned_data["decision"]
        return Asked(
            decision=ApplicationState(decision) if decision else None,
            words=self.words(),
            is_necessary=self.cleaned_data["is_necessary"],
        )

    def with_template(self) -> ManyForm:
        """The same form with the words of the chosen template in place of its own."""
        template = self.templates.get(self.data.get("template", ""))
        typed = {name: self.data.get(name, "") for name in self.fields}
        filled = typed | (words_as_typed(template) if template else {})
        filled["is_necessary"] = bool(typed["is_necessary"])
        return ManyForm(initial=filled, templates=self.templates.values())


class InterviewForm(PlainForm):
    """What is noted of a talk with an applicant."""

    held_on = DateField(label=_("Held on"), initial=timezone.localdate)
    notes = forms.CharField(
        label=_("Notes"), max_length=TEXT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    recommendation = forms.ChoiceField(
        label=_("What would you do?"),
        choices=Recommendation.choices,
        initial=Recommendation.OPEN,
        widget=forms.RadioSelect,
    )
    readers = {"notes": _("the coordinators of the network, and the applicant among the own data")}

    def talk(self) -> Talk:
        cleaned = self.cleaned_data
        return Talk(
            held_on=cleaned["held_on"],
            notes=cleaned["notes"],
            recommendation=Recommendation(cleaned["recommendation"]),
        )
