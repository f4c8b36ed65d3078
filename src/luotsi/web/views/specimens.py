"""What the page of all components shows: made-up values in every state."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.core.texts import TranslatedText
from luotsi.web.charts import (
    Bar,
    BarChart,
    HeatCell,
    HeatMap,
    HeatRow,
    LineChart,
    Measure,
    Point,
    Series,
    StackedBar,
    StackedRow,
)
from luotsi.web.components import Check, Crumb, NextThing, Step, Watched
from luotsi.web.forms import ClockField, DateField, DecimalField, PlainForm, UploadField
from luotsi.web.paging import Page
from luotsi.web.timelines import Lane, Timeline

HERE = "#content"


class SpecimenForm(PlainForm):
    """One field of each kind."""

    readers: ClassVar = {"goal": _("the coordinator, and the mentor who is proposed to you")}
    own: ClassVar = frozenset({"note"})
    choice_hints: ClassVar = {"way": {"remote": _("You get a link with the invitation")}}

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("As you want it in the passport"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "email"}))
    secret = forms.CharField(
        label=_("Password"), min_length=12, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("fi", "suomi"), ("sv", "svenska"), ("en", "English")],
        widget=forms.Select({"class": "mid"}),
    )
    since = DateField(label=_("From which day on can you meet?"), help_text=_("For example 23.3.2026"))
    clock = ClockField(label=_("At what time?"), required=False)
    share = DecimalField(label=_("Share of working time"), required=False, max_value=100, decimal_places=1)
    people = forms.IntegerField(
        label=_("How many people come?"), min_value=1, widget=forms.NumberInput({"class": "short"})
    )
    way = forms.ChoiceField(
        label=_("How do you meet?"),
        choices=[("work", _("At the workplace")), ("remote", _("Online"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[("tue", _("Tuesday")), ("thu", _("Thursday")), ("sat", _("Saturday"))],
        widget=forms.CheckboxSelectMultiple({"class": "row"}),
    )
    goal = forms.CharField(label=_("What do you want to learn?"), widget=forms.Textarea)
    note = forms.CharField(label=_("Your own note"), required=False, widget=forms.Textarea)
    table = UploadField(
        label=_("Table of applications"), kinds=(".xlsx", ".csv"), help_text=_("XLSX or CSV, 20 MB at most")
    )
    agrees = forms.BooleanField(label=_("I have read what is agreed"))


def faulty_form() -> SpecimenForm:
    """The form as somebody sent it, with a fault in most fields."""
    return SpecimenForm(
        {
            "faulty-name": "Aino Ålander",
            "faulty-email": "aino.example.org",
            "faulty-language": "sv",
            "faulty-since": "31.2.2026",
            "faulty-clock": "25.70",
            "faulty-share": "120,5",
            "faulty-people": "kaksi",
            "faulty-goal": "Olen tehnyt siivoustyötä kuusi vuotta ja haluan palveluohjaajaksi.",
            "faulty-note": "Jännitti kertoa asiakastilanteesta.",
        },
        {},
        prefix="faulty",
    )


BARS = BarChart(
    conclusion=_("Feedback flows better than in autumn; time for learning is as short as it was."),
    subject=_("Part of learning culture"),
    series=(_("Autumn 2025"), _("March 2026")),
    bars=(
        Bar(
            label=_("Feedback is given and asked for"),
            measures=(Measure(value=2.9, low=2.7, high=3.1), Measure(value=3.5, low=3.3, high=3.7)),
        ),
        Bar(
            label=_("There is time for learning"),
            measures=(Measure(value=2.7, low=2.5, high=2.9), Measure(value=2.6, low=2.4, high=2.8)),
        ),
        Bar(
            label=_("The night team"),
            measures=(Measure(value=None), Measure(value=None)),
            note=_("fewer than five answers"),
        ),
    ),
    floor=1,
    ceiling=5,
    floor_label=_("not at all"),
    ceiling_label=_("fully"),
    interval=_("The true value is very likely in here"),
    decimals=1,
)
CHANGES = BarChart(
    conclusion=_("Two regions gained participants, one lost."),
    subject=_("Region"),
    series=(_("Change since last year"),),
    bars=(
        Bar(label="Keski-Pohjanmaa", measures=(Measure(value=12),)),
        Bar(label="Pohjanmaa", measures=(Measure(value=7),)),
        Bar(label="Etelä-Pohjanmaa", measures=(Measure(value=-4),)),
    ),
)
SHARES = StackedBar(
    conclusion=_("Most pairs meet as agreed in both colleges."),
    subject=_("College"),
    parts=(_("As agreed"), _("Otherwise"), _("Not held")),
    rows=(
        StackedRow(label="Rannikon ammattiopisto", amounts=(15, 3, 2)),
        StackedRow(label="Yrkesinstitutet Skären", amounts=(5, 2, 0)),
        StackedRow(label="Lakeuden palveluopisto", amounts=(0, 0, 0)),
    ),
)
HEAT = HeatMap(
    conclusion=_("Time for learning is short everywhere; the kitchen gives feedback best."),
    subject=_("Unit"),
    columns=(_("Feedback is given and asked for"), _("There is time for learning")),
    rows=(
        HeatRow(label=_("The whole organisation"), cells=(HeatCell(value=3.5), HeatCell(value=2.6))),
        HeatRow(label=_("The kitchen"), cells=(HeatCell(value=4.4), HeatCell(value=1.7))),
        HeatRow(label=_("The night team"), cells=(HeatCell(value=3.1), HeatCell(value=None, note=_("too few")))),
    ),
    floor=1,
    ceiling=5,
)
LINES = LineChart(
    conclusion=_("The mentee now sees the same skill as the mentor does."),
    series=(
        Series(
            label=_("Own assessment"),
            points=(
                Point(on=date(2026, 1, 20), value=1.8),
                Point(on=date(2026, 2, 3), value=2.2),
                Point(on=date(2026, 2, 24), value=None),
                Point(on=date(2026, 3, 10), value=3.8),
                Point(on=date(2026, 4, 9), value=4.1),
            ),
        ),
        Series(
            label=_("Mentor's assessment"),
            points=(
                Point(on=date(2026, 1, 20), value=2.6),
                Point(on=date(2026, 2, 24), value=3.5),
                Point(on=date(2026, 4, 9), value=4.2),
            ),
        ),
    ),
    floor=0,
    ceiling=5,
    decimals=1,
)
ONE_POINT = LineChart(
    conclusion=_("One assessment has been made; the second one shows a direction."),
    series=(Series(label=_("Own assessment"), points=(Point(on=date(2026, 1, 20), value=2.5),)),),
    floor=0,
    ceiling=5,
)
NO_POINTS = LineChart(conclusion=_("Nobody has assessed this yet."), series=())
PLAN = Timeline(
    conclusion=_("One activity is late; two are ahead."),
    lanes=(
        Lane(label=_("Training"), span=(date(2026, 1, 12), date(2026, 4, 30))),
        Lane(
            label=_("Shared by all"),
            done=(date(2026, 1, 20),),
            late=(date(2026, 2, 24),),
            ahead=(date(2026, 4, 14), date(2026, 5, 19)),
        ),
    ),
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 5, 31),
    today=date(2026, 3, 10),
)

SPECIMENS = {
    "bars": BARS,
    "changes": CHANGES,
    "shares": SHARES,
    "heat": HEAT,
    "lines": LINES,
    "one_point": ONE_POINT,
    "no_points": NO_POINTS,
    "plan": PLAN,
    "crumbs_here": [
        Crumb(label=_("Programmes"), address=HERE),
        Crumb(label="Puhtaus ja palvelu 2026", address=HERE),
        Crumb(label=_("Parts and states")),
    ],
    "next_here": [
        NextThing(
            title=_("Log the meeting with Leena"),
            text=_("It is enough to tell whether you met."),
            by_when=date(2026, 3, 10),
            address=HERE,
            label=_("Log the meeting"),
        ),
        NextThing(
            title=_("Approve the new version of the agreement"),
            text=_("Leena proposed that you meet every second week."),
            by_when=date(2026, 3, 13),
            address=HERE,
            label=_("Read and approve"),
        ),
        NextThing(title=_("Answer two questions"), text="", by_when=None, address=HERE, label=_("Answer now")),
    ],
    "watch_here": [
        Watched(
            kind="bad",
            state=_("Worry"),
            title="Sari Mäkelä, Joonas Heino",
            reasons=(_("No meeting for 34 days; agreed was every 14 days"), _("The next meeting is not booked")),
            address=HERE,
            label=_("Propose a meeting"),
        ),
        Watched(
            kind="warn",
            state=_("Watch"),
            title="Maximilian-Aleksanteri von Pitkänimi-Östermalm, Dao Nguyen",
            reasons=(_("Goals have not been touched since the first meeting"),),
            address=HERE,
            label=_("Send the goal tool"),
        ),
    ],
    "route_here": [
        Step(title=_("Agreement approved"), text="20.1.2026", state="done", address=HERE),
        Step(title=_("Own strengths"), text="10.3.2026", state="now"),
        Step(title=_("Practising the job interview"), text=_("no time booked")),
    ],
    "checks_here": [
        Check(title=_("The signature is right"), text=_("Nothing has been changed since the mark was awarded.")),
        Check(title=_("The issuer is not known"), text=_("No network of ours names it."), state="no"),
        Check(title=_("Revocation"), text=_("The list could not be fetched."), state="todo"),
    ],
    "text_here": TranslatedText({"sv": "Respons åt båda hållen"}),
    "page_here": Page(rows=(), next_query="?after=x", previous_query="?before=x"),
}
