"""Forms read what people here write, and say how to mend the rest."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import override_settings
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.errors import RefusedError
from luotsi.web.components import control_of
from luotsi.web.forms import ClockField, DateField, DecimalField, PlainForm, UploadField, carried_out
from tests.web.markup import faults_of, read


class MeetingForm(PlainForm):
    readers = {"goal": "Leena"}
    own = frozenset({"note"})

    goal = forms.CharField(label="Goal, 100%", max_length=10)
    email = forms.EmailField(label="E-mail")
    held_on = DateField(label="Day")
    clock = ClockField(label="Time", required=False)
    share = DecimalField(label="Share", max_digits=4, decimal_places=1, required=False)
    people = forms.IntegerField(label="People", min_value=1, required=False)
    way = forms.ChoiceField(label="Way", choices=[("work", "At work"), ("online", "Online")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(label="Days", choices=[("tue", "Tuesday"), ("thu", "Thursday")])
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="I agree")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


GOOD = {
    "goal": "Strengths",
    "email": "aino@example.org",
    "held_on": "10.3.2026",
    "way": "work",
    "days": ["tue"],
    "agrees": "on",
    "secret": "open sesame",
}


def meeting(**changes: object) -> MeetingForm:
    values = {**GOOD, **changes}
    return MeetingForm(
        MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in values.items()})
    )


def drawn(form: forms.Form, source: str = "{% call f.form('', form) %}{{ f.fields(form) }}{% endcall %}") -> str:
    return engines.all()[0].from_string('{% import "web/form.html" as f %}' + source).render({"form": form})


def only_error(form: forms.Form, name: str) -> str:
    [error] = form.errors[name]
    return str(error)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "written",
    ["10.3.2026", " 10.03.2026 ", "10/3/2026", "10 3 2026", "10-3-2026", "10. 3. 2026", "2026-03-10", "2026-3-10"],
)
def test_a_date_is_read_as_people_write_it(written: str) -> None:
    form = meeting(held_on=written)

    assert form.is_valid()
    assert form.cleaned_data["held_on"] == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("31.2.2026", "There is no such day. Check the day and the month in “Day”."),
        ("2026-13-01", "There is no such day. Check the day and the month in “Day”."),
        ("0.0.0000", "There is no such day. Check the day and the month in “Day”."),
        ("tomorrow", "Write the date in “Day” as day, month and year, for example 23.3.2026."),
        ("10.3.26", "Write the date in “Day” as day, month and year, for example 23.3.2026."),
        ("", "Write a date in “Day”, for example 23.3.2026."),
        ("  ", "Write a date in “Day”, for example 23.3.2026."),
    ],
)
def test_what_is_no_date_is_told_how_to_mend(written: str, error: str) -> None:
    assert only_error(meeting(held_on=written), "held_on") == error


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_reads_back_as_it_is_shown(day: date) -> None:
    field = DateField()

    assert field.to_python(field.prepare_value(day)) == day


@given(st.text())
def test_a_date_field_reads_or_refuses_anything(written: str) -> None:
    class DayForm(PlainForm):
        day = DateField(required=False)

    form = DayForm({"day": written})

    assert form.is_valid() != ("day" in form.errors)


@pytest.mark.parametrize(("written", "clock"), [("16.30", time(16, 30)), ("16:30", time(16, 30)), ("9.05", time(9, 5))])
def test_a_time_is_read_with_a_point_or_a_colon(written: str, clock: time) -> None:
    form = meeting(clock=written)

    assert form.is_valid()
    assert form.cleaned_data["clock"] == clock
    assert ClockField().prepare_value(clock) == f"{clock.hour}.{clock:%M}"


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("1 00,5", "100.5"),
        ("1\u00a000,5", "100.5"),
        ("\u22127,5", "-7.5"),
        ("12", "12"),
    ],
)
def test_a_number_is_read_with_a_comma_and_spaces(written: str, share: str) -> None:
    form = meeting(share=written)

    assert form.is_valid()
    assert form.cleaned_data["share"] == Decimal(share)


@pytest.mark.parametrize(("language", "shown"), [("fi", "7,5"), ("sv", "7,5"), ("en", "7.5")])
def test_a_number_is_shown_as_the_language_writes_it(language: str, shown: str) -> None:
    with translation.override(language):
        assert DecimalField().prepare_value(Decimal("7.5")) == shown


@pytest.mark.parametrize(
    ("name", "written", "error"),
    [
        ("goal", "", "Fill in “Goal, 100%”."),
        ("goal", "x" * 11, "Shorten “Goal, 100%” to 10 characters at most. It has 11 characters now."),
        ("goal", "a\x00b", "Remove the character from “Goal, 100%” that cannot be stored."),
        ("goal", "a\ud800b", "Remove the character from “Goal, 100%” that cannot be stored."),
        ("email", "", "Write an e-mail address, for example name@example.org."),
        ("email", "aino", "Write the e-mail address in full, for example name@example.org. You wrote “aino”."),
        ("share", "x", "Write “Share” as a number in digits, for example 7.5."),
        ("share", "1,25", "Round the number in “Share”: 1 decimals at most."),
        ("share", "NaN", "Write “Share” as a number in digits, for example 7.5."),
        ("people", "0", "Write a number in “People” that is 1 or more."),
        ("people", "two", "Write “People” as a whole number in digits, for example 12."),
        ("way", "", "Choose one in “Way”."),
        ("way", "x", "Choose one of the offered in “Way”: what was chosen is not offered."),
        ("days", [], "Choose at least one in “Days”."),
        ("days", ["x"], "Choose from the offered in “Days”: something chosen is not offered."),
        ("agrees", "", "Tick “I agree” to go on."),
        ("clock", "25.70", "Write the time in “Time” as hours and minutes, for example 16.30."),
    ],
)
def test_an_error_says_what_where_and_how_to_mend(name: str, written: object, error: str) -> None:
    form = meeting(**{name: written})

    [told] = form.errors[name]
    assert told == error


@pytest.mark.parametrize(
    ("language", "error"), [("fi", "Täytä kohta ”Nimi”."), ("sv", "Fyll i ”Nimi”."), ("en", "Fill in “Nimi”.")]
)
def test_errors_are_told_in_three_languages(language: str, error: str) -> None:
    class NameForm(PlainForm):
        name = forms.CharField(label="Nimi")

    with translation.override(language):
        assert only_error(NameForm({}), "name") == error


def test_a_field_may_have_its_own_words() -> None:
    class NameForm(PlainForm):
        name = forms.CharField(error_messages={"required": "Who are you?"})

    assert only_error(NameForm({}), "name") == "Who are you?"


def upload(content: bytes | None, name: str = "a.csv", **options: Any) -> PlainForm:
    class TableForm(PlainForm):
        table = UploadField(label="Table", **options)

    return TableForm({}, {} if content is None else {"table": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (lambda: upload(None), "Choose a file for “Table”."),
        (lambda: upload(b""), "The file is empty. Choose another one for “Table”."),
        (lambda: upload(b"x" * 1048577, max_bytes=1048576), "The file is too large. Choose one of 1 MB at most."),
        (lambda: upload(b"x", "a.exe", kinds=(".xlsx", ".csv")), "Choose a file whose name ends with .xlsx, .csv."),
    ],
)
def test_a_file_that_does_not_do_is_told_how_to_mend(form, error: str) -> None:
    assert only_error(form(), "table") == error


@override_settings(UPLOAD_MAX_BYTES=3)
def test_a_file_that_does_is_there() -> None:
    form = upload(b"x;y", "A.CSV", kinds=(".csv",))

    assert form.is_valid()
    assert form.cleaned_data["table"].read() == b"x;y"


def test_a_service_is_carried_out_once_and_only_when_the_form_is_valid() -> None:
    done: list[str] = []

    assert carried_out(meeting(goal=""), lambda: done.append("x")) is False
    assert carried_out(MeetingForm(), lambda: done.append("x")) is False
    assert done == []
    assert carried_out(meeting(), lambda: done.append("x")) is True
    assert done == ["x"]


def refuse(error: Exception):
    def act() -> None:
        raise error

    return act


def test_a_refusal_stands_on_top_of_the_form() -> None:
    form = meeting()

    assert carried_out(form, refuse(RefusedError("The pair is full."))) is False
    assert form.errors.as_data().keys() == {"__all__"}
    assert form.non_field_errors() == ["The pair is full."]


def test_what_a_row_does_not_allow_stands_at_its_field_or_on_top() -> None:
    form = meeting()

    carried_out(form, refuse(ValidationError({"goal": ["Too vague."], "unknown": ["No such thing."]})))

    assert {name: list(errors) for name, errors in form.errors.items()} == {
        "goal": ["Too vague."],
        "__all__": ["No such thing."],
    }


def test_a_bug_in_a_service_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        carried_out(meeting(), lambda: 1 / 0)


def test_the_summary_links_to_the_first_control_of_each_field() -> None:
    form = meeting(goal="", way="x", days=[])
    form.add_error(None, "The pair is full.")
    form.add_error("hidden", "Load the page again.")

    page = read(drawn(form))

    summary = page.all("div")[0]
    assert (summary.attributes["class"], summary.attributes["role"], summary.attributes["tabindex"]) == (
        "errors",
        "alert",
        "-1",
    )
    assert page.with_id(summary.attributes["aria-labelledby"]).words == "5 things to correct"
    assert [(link.attributes["href"], link.words) for link in page.all("a")] == [
        ("#id_goal", "Fill in “Goal, 100%”."),
        ("#id_way_0", "Choose one of the offered in “Way”: what was chosen is not offered."),
        ("#id_days_0", "Choose at least one in “Days”."),
    ]
    assert [item.words for item in page.all("li")][::4] == ["The pair is full.", "Load the page again."]


@pytest.mark.parametrize(("field", "told"), [("goal", 2), (None, 1)])
def test_several_faults_in_one_error_are_a_list(field: str | None, told: int) -> None:
    form = meeting()
    form.add_error(field, "Row 2: no area.\nRow 3: no name.")

    page = read(drawn(form))

    assert page.faults == []
    assert page.all("h2")[0].words == "2 things to correct"
    assert [item.words for item in page.all("li")] == ["Row 2: no area.", "Row 3: no name."] * told


def test_a_form_without_errors_has_no_summary() -> None:
    assert read(drawn(MeetingForm())).all("h2") == []
    assert read(drawn(meeting())).all("h2") == []


def test_every_kind_of_field_is_valid_with_and_without_errors() -> None:
    assert faults_of(drawn(MeetingForm(prefix="a"))) == []
    assert faults_of(drawn(MeetingForm({}, prefix="b"))) == []


def test_what_was_typed_is_drawn_again_except_passwords() -> None:
    page = read(drawn(meeting(goal="<b>&", held_on="tomorrow", note="\n two\nlines", days=["thu"])))

    values = {element.attributes["name"]: element.attributes.get("value") for element in page.all("input")}
    assert (values["goal"], values["held_on"], values["secret"]) == ("<b>&", "tomorrow", "")
    assert page.all("textarea")[0].words == "\n\n two\nlines"  # a browser drops the first line break
    chosen = [element.attributes["value"] for element in page.all("input") if "checked" in element.attributes]
    assert chosen == ["work", "thu", "on"]


def test_text_that_cannot_be_stored_can_still_be_drawn() -> None:
    text = drawn(meeting(goal="a\x00\ud800b"))

    assert 'value="a\N{REPLACEMENT CHARACTER}?b"' in text.encode().decode()


def test_who_reads_a_field_stands_last_and_is_read_with_it() -> None:
    page = read(drawn(MeetingForm()))

    assert page.with_id("id_goal").attributes["aria-describedby"] == "id_goal-reads"
    assert page.with_id("id_goal-reads").words == "Who reads this: Leena"
    assert page.with_id("id_note-reads").words == "Who reads this: only you"
    assert page.with_id("id_note").attributes["class"] == "input own"


def test_a_page_may_say_who_reads_a_field() -> None:
    page = read(drawn(MeetingForm(), "{{ f.field(form['goal'], reads='Petra') }}"))

    assert page.with_id("id_goal-reads").words == "Who reads this: Petra"


def test_only_optional_fields_are_marked() -> None:
    labels = [
        element.words.strip() for element in read(drawn(MeetingForm())).elements if element.tag in {"label", "legend"}
    ]

    assert [label for label in labels if "(optional)" in label] == [
        "Time (optional)",
        "Share (optional)",
        "People (optional)",
        "Note (optional)",
    ]


def test_browsers_are_not_asked_to_check_or_cut() -> None:
    text = drawn(MeetingForm())

    page = read(text)
    assert "novalidate" in page.all("form")[0].attributes
    forbidden = {"required", "maxlength", "minlength", "min", "max", "step", "pattern"}
    assert [element.attributes for element in page.elements if forbidden & set(element.attributes)] == []
    assert page.with_id("id_people").attributes["type"] == "text"
    assert page.with_id("id_people").attributes["inputmode"] == "numeric"


def test_a_file_must_be_chosen_again_after_an_error() -> None:
    hint = "Choose the file again: a browser does not keep it."

    fresh, sent = (read(drawn(form)) for form in (type(upload(b"x"))(), upload(b"x", "a.exe", kinds=(".csv",))))

    assert hint not in [element.words for element in fresh.all("p")]
    assert hint in [element.words for element in sent.all("p")]


def test_a_form_that_sends_files_says_so_and_one_that_asks_has_no_token() -> None:
    files = read(drawn(MeetingForm(), "{% call f.form('', form, action='/x', multipart=true) %}{% endcall %}"))
    search = read(drawn(MeetingForm(), "{% call f.form('<token>', form, method='get') %}{% endcall %}"))

    assert files.all("form")[0].attributes == {
        "method": "post",
        "action": "/x",
        "enctype": "multipart/form-data",
        "novalidate": "",
    }
    assert [element.tag for element in search.elements] == ["form"]


def test_groups_of_choices_are_unfolded_and_hints_drawn() -> None:
    class WayForm(PlainForm):
        choice_hints = {"way": {"a": "As usual"}}
        way = forms.ChoiceField(choices=[("Group", [("a", "A"), ("b", "B")]), ("c", "C")], widget=forms.RadioSelect)

    control = control_of(WayForm({"way": "b"})["way"])

    assert [(choice.value, choice.hint, choice.is_chosen) for choice in control.choices] == [
        ("a", "As usual", False),
        ("b", "", True),
        ("c", "", False),
    ]


def test_the_title_of_a_page_with_errors_begins_with_error() -> None:
    template = engines.all()[0].from_string('{% extends "web/base.html" %}{% block title %}Sign in{% endblock %}')

    titles = [read(template.render({"form": form})).all("title")[0].words for form in (MeetingForm(), MeetingForm({}))]

    assert titles == ["Sign in – Luotsi", "Error: Sign in – Luotsi"]
