"""Input of those who put questions to people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from luotsi.people.models import Circle, Organisation
from luotsi.surveys.enums import Answering, Moment
from luotsi.surveys.queries.instruments import current_instruments_for
from luotsi.surveys.queries.waves import circles_to_ask, network_to_run_in, organisations_to_ask, waves_for
from luotsi.surveys.services.opening import WavePlan
from luotsi.web.environment import day
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from luotsi.core.models import Record
    from luotsi.people.models import Person
    from luotsi.surveys.models import Wave

USUAL_TIME = timedelta(days=14)


def in_two_weeks() -> date:
    return timezone.localdate() + USUAL_TIME


class LastDayForm(PlainForm):
    closes_on = DateField(label=_("Last day to answer"), help_text=_("For example 23.3.2026"))


class WaveForm(PlainForm):
    instrument = forms.ChoiceField(label=_("Questions"))
    target = forms.ChoiceField(
        label=_("Who is asked"),
        help_text=_("Of an organisation: everybody who has a role in it or in its units now."),
    )
    answering = forms.ChoiceField(
        label=_("How people answer"),
        choices=Answering.choices,
        initial=Answering.ANONYMOUS,
        widget=forms.RadioSelect,
        help_text=_("This cannot be changed later."),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        help_text=_("For those who read the results, for example “Baseline 2026”."),
    )
    closes_on = DateField(label=_("Last day to answer"), initial=in_two_weeks, help_text=_("For example 23.3.2026"))
    follows = forms.ChoiceField(
        label=_("Follows an earlier survey"),
        required=False,
        help_text=_("With the same questions, put to the same people. The results are then compared."),
    )
    moment = forms.ChoiceField(
        label=_("Moment in a programme"),
        required=False,
        choices=Moment.choices,
        initial=Moment.NONE,
        widget=forms.RadioSelect,
        help_text=_("By it, the answers of the start and of the end are compared. For questions put to a programme."),
    )
    has_link = forms.BooleanField(
        label=_("By an open link, instead of asking each person"),
        required=False,
        help_text=_("Whoever has the link answers. Nobody knows who has answered, how often, or whom to remind."),
    )
    choice_hints = {
        "answering": {
            Answering.ANONYMOUS: _("It is known who has answered, but never who answered what."),
            Answering.NAMED: _("Answers are kept with the name. Surveys of learning culture are never so."),
        },
        "moment": {
            Moment.NONE: _(
                "Always so for anonymous surveys and for organisations. Answers with the name are then read only"
                " together with those of the network's other programmes and groups."
            ),
            Moment.START: _("People say where they are when they begin."),
            Moment.END: _("People say where they are when it ends. Choose the survey of the start as the earlier one."),
            Moment.THEN: _(
                "After the end, people say where they were at the start, by what they know now. Who has learned much"
                " often sees afterwards that the start was lower than it seemed. So growth is told apart from a change"
                " of measure. Choose the survey of the end as the earlier one, once it is closed."
            ),
        },
    }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.person = person
        self.instruments = _by_ref(current_instruments_for(person))
        self.targets = _by_ref(organisations_to_ask(person)) | _by_ref(circles_to_ask(person))
        self.earlier: dict[str, Wave] = _by_ref(waves_for(person).exclude(closed_at=None))
        self._offer("instrument", {ref: str(one) for ref, one in self.instruments.items()})
        self._offer("target", {ref: str(one) for ref, one in self.targets.items()})
        earlier = {ref: _told(one) for ref, one in self.earlier.items()}
        self._offer("follows", {"": now("None: this is the first one"), **earlier})

    def plan(self) -> WavePlan:
        given = self.cleaned_data
        target = self.targets[given["target"]]
        organisation = target if isinstance(target, Organisation) else None
        return WavePlan(
            instrument=self.instruments[given["instrument"]],
            answering=Answering(given["answering"]),
            closes_on=given["closes_on"],
            circle=target if isinstance(target, Circle) else None,
            organisation=organisation,
            network=network_to_run_in(self.person, organisation) if organisation else None,
            name=given["name"],
            follows=self.earlier.get(given["follows"]),
            has_link=given["has_link"],
            moment=Moment(given["moment"]),
        )

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]  # a ChoiceField


def _by_ref(records: Iterable[Record]) -> dict[str, Any]:
    return {str(record.ref): record for record in records}


def _told(wave: Wave) -> str:
    values = {"survey": wave.name or wave.instrument, "place": wave.organisation or wave.circle}
    told = now("%(survey)s, %(place)s, closed %(day)s") % (values | {"day": day(wave.closes_on)})
    return f"{told} ({wave.get_moment_display()})" if wave.moment else told
