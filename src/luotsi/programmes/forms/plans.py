"""Input of the action plan: an activity, a comment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.programmes.formats.values import ActivityKind, Audience
from luotsi.programmes.messages.model_words import word_for
from luotsi.programmes.services.entries import ActivityDetails
from luotsi.web.forms import ClockField, DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.people.models import Organisation
    from luotsi.programmes.models.partners import Partner
    from luotsi.programmes.models.plans import Activity, Phase

NAME_LENGTH = 120
A_DAY = 1440
OFFERED_KINDS = tuple(kind for kind in ActivityKind if kind is not ActivityKind.SURVEY)


class CommentForm(PlainForm):
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    readers = {"text": _("coordinators and all partners of the programme")}


class ActivityForm(PlainForm):
    """An activity of the plan. With a clock it is at a time, without it is to be done until that day."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=NAME_LENGTH, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_LENGTH, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    phase = forms.ChoiceField(label=_("Phase"))
    partner = forms.ChoiceField(
        label=_("Whose activity it is"), help_text=_("What all share concerns every partner."), required=False
    )
    responsible = forms.ChoiceField(label=_("Who is responsible for it"), required=False)
    day = DateField(
        label=_("Day"),
        required=False,
        help_text=_("For example 23.3.2026. Leave it empty as long as the day is not settled."),
    )
    clock = ClockField(
        label=_("Time"),
        required=False,
        help_text=_("For example 13.00. Without a time, the day is the last day for it."),
    )
    minutes = forms.IntegerField(label=_("How long it takes, in minutes"), required=False, min_value=5, max_value=A_DAY)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    link = forms.URLField(label=_("Link to join"), required=False, max_length=300, assume_scheme="https")
    for_whom = forms.MultipleChoiceField(label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple)
    is_required = forms.BooleanField(label=_("Everybody whom it is for is expected"), required=False)
    takes_sign_up = forms.BooleanField(label=_("People sign up for it"), required=False)
    capacity = forms.IntegerField(label=_("How many fit in"), required=False, min_value=1, max_value=10_000)
    text_fi = forms.CharField(
        label=_("What is done, in Finnish"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    text_sv = forms.CharField(
        label=_("What is done, in Swedish"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    text_en = forms.CharField(
        label=_("What is done, in English"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        phases: Sequence[Phase],
        partners: Sequence[Partner],
        activity: Activity | None = None,
        may_share: bool = True,
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        """`partners`: those that it may belong to; `may_share`: whether it may be shared by all."""
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.phases = {str(phase.ref): phase for phase in phases}
        self.partners = {str(partner.ref): partner for partner in partners}
        kinds = OFFERED_KINDS if activity is None else (*OFFERED_KINDS, ActivityKind.SURVEY)
        _offer(self, "kind", [(kind.value, word_for(kind)) for kind in kinds])
        _offer(self, "phase", [(ref, str(phase.name)) for ref, phase in self.phases.items()])
        _offer(self, "for_whom", [(audience.value, word_for(audience)) for audience in Audience])
        shared = [("", _("Shared by all partners"))] if may_share else []
        named = [(ref, partner.organisation.name) for ref, partner in self.partners.items()]
        _offer(self, "partner", [*shared, *named])
        self.fields["partner"].required = not may_share
        if activity is not None:
            del self.fields["partner"]

    def offer_responsible(self, organisations: Sequence[Organisation]) -> None:
        self.organisations = {str(each.ref): each for each in organisations}
        named = [(ref, each.name) for ref, each in self.organisations.items()]
        _offer(self, "responsible", [("", _("Nobody yet")), *named])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"name_{language}") for language in Language.values):
            self.add_error("name_fi", ValidationError(_("Write the name in one language at least."), code="required"))
        if cleaned.get("clock") and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", ValidationError(_("Write the day too, or leave the time empty."), code="required"))
        if cleaned.get("capacity") and not cleaned.get("takes_sign_up"):
            self.add_error(
                "capacity",
                ValidationError(_("People are counted only when they sign up. Tick sign-up, or leave this empty.")),
            )
        taken = self.activity.taken if self.activity else 0
        if cleaned.get("capacity") and cleaned["capacity"] < taken:
            self.add_error(
                "capacity",
                ValidationError(_("%(count)s have signed up already. Write that many or more.") % {"count": taken}),
            )
        return cleaned

    def chosen_partner(self) -> Partner | None:
        return self.partners.get(self.cleaned_data.get("partner", ""))

    def details(self) -> ActivityDetails:
        told = self.cleaned_data
        at = datetime.combine(told["day"], told["clock"], tzinfo=UTC) if told["day"] and told["clock"] else None
        return ActivityDetails(
            name={language: told[f"name_{language}"] for language in Language.values},
            text={language: told[f"text_{language}"] for language in Language.values},
            kind=ActivityKind(told["kind"]),
            phase=self.phases[told["phase"]],
            starts_local=at,
            minutes=told["minutes"],
            due_on=told["day"] if at is None else None,
            place=told["place"],
            link=told["link"],
            for_whom=tuple(told["for_whom"]),
            is_required=told["is_required"],
            takes_sign_up=told["takes_sign_up"],
            capacity=told["capacity"],
            responsible=self.organisations.get(told["responsible"]),
        )


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a field with choices


def initial_of(activity: Activity) -> dict[str, Any]:
    """What the form of an activity is filled with."""
    told = {f"name_{language}": activity.name.get(language, "") for language in Language.values}
    told |= {f"text_{language}": (activity.text or {}).get(language, "") for language in Language.values}
    same = ("kind", "minutes", "place", "link", "for_whom", "is_required", "takes_sign_up", "capacity")
    at = activity.starts_local
    return {
        **told,
        **{name: getattr(activity, name) for name in same},
        "phase": str(activity.phase.ref),
        "responsible": str(activity.responsible.ref) if activity.responsible else "",
        "day": at.date() if at else activity.due_on,
        "clock": at.time() if at else None,
    }
