"""Growth over time: one line a competence through versions, own beside others, what changed in sentences."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from luotsi.competence.enums import AssessedBy, Moment
from luotsi.competence.models import AssessmentEvidence
from luotsi.competence.queries.growth import own_growth
from tests.factories.assessments import said
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOTHING = QueryDict()
START, MIDDLE, END = date(2026, 2, 2), date(2026, 5, 4), date(2026, 9, 7)


def lines_of(person, parameters=NOTHING) -> list:
    return [line for area in own_growth(person, parameters).areas for line in area.lines]


@pytest.fixture
def person():
    return PersonFactory.create()


@pytest.fixture
def competence():
    return CompetenceFactory.create(name={"en": "Giving feedback"})


def grown(person, competence, start: int, end: int) -> None:
    said(person, competence, start, START, moment=Moment.START)
    said(person, competence, end, END, moment=Moment.END)


def of_others(person, competence, level, on, kind=AssessedBy.MENTOR, by=None, **values):
    return said(person, competence, level, on, assessor=by or PersonFactory.create(), assessed_by=kind, **values)


def test_what_changed_is_said_of_oneself_and_of_others(person, competence) -> None:
    mentor = PersonFactory.create()
    grown(person, competence, 3, 4)
    said(person, competence, 2, END, moment=Moment.THEN)
    of_others(person, competence, 2, START, by=mentor)
    of_others(person, competence, 4, END, by=mentor)
    of_others(person, competence, 3, END, AssessedBy.PEER)
    of_others(person, competence, 4, END, AssessedBy.PEER)

    [line] = lines_of(person)

    assert line.sentence == (
        "You see yourself 1 level higher than on 2 Feb 2026. "
        "Your mentor sees a rise of 2 levels since 2 Feb 2026. "
        "Your peer group chose level 3.5 on 7 Sep 2026. "
        "Looking back, you place your start at 2, where you said 3 then. Seen so, the rise is 2 levels."
    )


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (3, 3, "You see yourself where you were on 2 Feb 2026."),
        (3, 1, "You see yourself 2 levels lower than on 2 Feb 2026."),
        (0, 1, "You see yourself 1 level higher than on 2 Feb 2026."),
    ],
)
def test_standing_still_and_falling_are_said_too(person, competence, start, end, sentence) -> None:
    grown(person, competence, start, end)

    assert [line.sentence for line in lines_of(person)] == [sentence]


def test_the_sentences_are_whole_in_finnish_and_swedish(person, competence) -> None:
    grown(person, competence, 3, 5)
    of_others(person, competence, 3, START)
    found = {}

    for language in ("fi", "sv"):
        with translation.override(language):
            found[language] = lines_of(person)[0].sentence

    assert found == {
        "fi": "Näet itsesi 2 tasoa ylempänä kuin 2.2.2026. Mentorisi valitsi tason 3 (2.2.2026).",
        "sv": "Du ser dig själv 2 nivåer högre än 2.2.2026. Din mentor valde nivå 3 (2.2.2026).",
    }


def test_passing_has_no_levels_to_count(person) -> None:
    area = AreaFactory.create()
    grown(person, CompetenceFactory.create(scale="passed", area=area), 0, 1)
    grown(person, CompetenceFactory.create(scale="passed", area=area), 1, 1)

    assert [line.sentence for line in lines_of(person)] == [
        "You chose “Not yet” on 2 Feb 2026, and “Passed” now.",
        "You chose “Passed” on 7 Sep 2026.",
    ]


def test_one_assessment_is_a_point_and_no_line(person, competence) -> None:
    said(person, competence, 3, START)

    growth = own_growth(person, NOTHING)

    [line] = growth.areas[0].lines
    assert (line.chart, line.sentence) == (None, "You chose level 3 on 2 Feb 2026.")
    assert growth.headline == "There is one self-assessment so far. The change stands here when there are two."


def test_a_line_has_own_looking_back_and_two_of_the_others(person, competence) -> None:
    grown(person, competence, 3, 4)
    said(person, competence, 1, END, moment=Moment.THEN)
    for kind, days in (("assessor", (START,)), ("peer", (START, MIDDLE, END)), ("mentor", (START, END))):
        for day in days:
            of_others(person, competence, 2, day, kind)

    chart = lines_of(person)[0].chart

    assert [(str(line.label), [(point.on, point.value) for point in line.points]) for line in chart.series] == [
        ("You", [(START, 3), (END, 4)]),
        ("Looking back", [(START, 1), (END, 4)]),
        ("Peers", [(START, 2), (MIDDLE, 2), (END, 2)]),
        ("Mentor", [(START, 2), (END, 2)]),
    ]
    assert (chart.floor, chart.ceiling) == (0, 5)


def test_a_series_goes_through_versions_but_not_through_scales(person) -> None:
    framework = FrameworkFactory.create()
    old, new = (CompetenceFactory.create(area=AreaFactory.create(framework=framework), scale="three") for _ in range(2))
    counted_anew = CompetenceFactory.create(area=AreaFactory.create(framework=framework), scale="five")
    for each in (new, counted_anew):
        each.lineage = old.lineage
        each.save()
    said(person, old, 1, START)
    said(person, new, 3, MIDDLE)
    said(person, counted_anew, 2, END)

    found = [(line.competence, line.sentence, line.chart and line.chart.ceiling) for line in lines_of(person)]

    assert found == [
        (new, "You see yourself 2 levels higher than on 2 Feb 2026.", 3),
        (counted_anew, "You chose level 2 on 7 Sep 2026.", None),
    ]


def test_the_headline_counts_and_names_the_longest_way(person) -> None:
    for name, start, end in (("Listens", 1, 4), ("Asks", 2, 3), ("Waits", 3, 3), ("Rests", 4, 2)):
        grown(person, CompetenceFactory.create(name={"en": name}), start, end)
    said(person, CompetenceFactory.create(), 3, END)

    assert own_growth(person, NOTHING).headline == (
        "You see yourself higher than before in 2 of 4 competences, and lower in 1. "
        "The longest way was in “Listens”: 3 levels."
    )


def test_the_history_has_who_said_what_when(person, competence) -> None:
    mentor = PersonFactory.create(given_name="Meri", family_name="Mentori")
    said(person, competence, 0, START, moment=Moment.START, words="I begin.")
    row = of_others(person, competence, 3, END, by=mentor, moment=Moment.END, words="Well done.")
    AssessmentEvidence.objects.create(assessment=row, address="https://example.org/", label="plan")

    [line] = lines_of(person)

    assert [(each.on, each.who, each.moment, each.level, each.words) for each in line.said] == [
        (START, "you", "at the start", "0 · Not yet", "I begin."),
        (END, "Meri Mentori (a mentor)", "at the end", "3 · Works independently in usual situations", "Well done."),
    ]
    assert [link.label for link in line.said[1].evidence] == ["plan"]


def test_what_others_have_said_of_others_is_not_in_it(person, competence) -> None:
    other = PersonFactory.create()
    grown(other, competence, 1, 5)
    of_others(other, competence, 2, START, by=person)

    assert own_growth(person, NOTHING).is_empty


def test_many_competences_come_page_by_page(person) -> None:
    area = AreaFactory.create()
    names = [f"Competence {number:02}" for number in range(11)]
    for position, name in enumerate(names):
        said(person, CompetenceFactory.create(area=area, name={"en": name}, position=position), 3, START)

    first = own_growth(person, NOTHING)
    second = own_growth(person, QueryDict(first.page.next_query.removeprefix("?")))

    shown = [[str(line.competence.name) for area in page.areas for line in area.lines] for page in (first, second)]
    assert shown == [names[:8], names[8:]]


def test_growth_asks_as_often_for_three_as_for_one(person, django_assert_num_queries) -> None:
    area = AreaFactory.create()
    for more in (1, 2):
        for _ in range(more):
            competence = CompetenceFactory.create(area=area)
            grown(person, competence, 1, 2)
            row = of_others(person, competence, 2, END)
            AssessmentEvidence.objects.create(assessment=row, address="https://example.org/")
        with django_assert_num_queries(7):
            lines_of(person)
