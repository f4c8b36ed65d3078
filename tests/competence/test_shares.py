"""Showing the own growth: to whom one wants, as much as one wants, until one takes it back. Nobody else sees any."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.competence.enums import AssessedBy
from luotsi.competence.models import AssessmentEvidence, GrowthShare
from luotsi.competence.queries.growth import growth_for, growth_through
from luotsi.competence.queries.shares import people_to_show_to, shares_shown_to, standing_shares_of
from luotsi.competence.services.shares import Wish, show, take_back
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.people.enums import CircleRole, Role
from luotsi.people.services.circles import join_circle, leave_circle
from tests.factories.assessments import ShareFactory, group_of, said
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.people import OrganisationFactory, PersonFactory, coordinator_of, grant

pytestmark = pytest.mark.django_db

NOTHING = QueryDict()


def names_in(growth) -> list[str]:
    return [str(line.competence.name) for area in growth.areas for line in area.lines]


def words_in(growth) -> list[tuple[str, str]]:
    return [(each.who, each.words) for area in growth.areas for line in area.lines for each in line.said]


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def two():
    return PersonFactory.create(given_name="Aino", family_name="Alku"), PersonFactory.create(given_name="Bo")


@pytest.fixture
def group(two):
    return group_of(*two, mentor=PersonFactory.create(given_name="Meri"), name="Supervisors")


def test_growth_is_shown_to_one_person_and_taken_back(two, group) -> None:
    aino, bo = two
    said(aino, CompetenceFactory.create(name={"en": "Listens"}), 3, ago(9))

    share = show(Wish(shown_to=bo), by=aino)
    seen = names_in(growth_for(bo, share.ref, NOTHING)[1])
    take_back(share, by=aino)
    take_back(share, by=aino)

    assert seen == ["Listens"]
    with pytest.raises(NotThereError):
        growth_for(bo, share.ref, NOTHING)
    [letter] = Message.objects.all()
    assert (letter.recipient_ref, letter.subject) == (bo.ref, "Aino Alku shows you their growth")


def test_nobody_sees_growth_without_a_share(two, group) -> None:
    aino, bo = two
    share = show(Wish(shown_to=bo), by=aino)
    hr = PersonFactory.create()
    workplace = OrganisationFactory.create()
    for person, role in ((aino, Role.MEMBER), (hr, Role.HR)):
        grant(person, role, organisation=workplace)
    mentor = group.members.get(role=CircleRole.MENTOR).person

    for viewer in (aino, mentor, hr, coordinator_of(group.network), PersonFactory.create()):
        assert list(shares_shown_to(viewer)) == []
        with pytest.raises(NotThereError):
            growth_for(viewer, share.ref, NOTHING)
    assert list(shares_shown_to(bo)) == [share]


def test_a_circle_sees_it_while_one_is_in_it(two, group) -> None:
    aino, bo = two
    newcomer = PersonFactory.create()
    share = show(Wish(circle=group), by=aino)

    before = [list(shares_shown_to(person)) for person in (bo, newcomer)]
    join_circle(group, newcomer, CircleRole.MEMBER, by=aino)
    leave_circle(group, bo, by=bo)
    after = [list(shares_shown_to(person)) for person in (bo, newcomer)]

    assert (before, after) == ([[share], []], [[], [share]])
    assert Message.objects.count() == 2


def test_a_share_ends_with_its_day(two, group) -> None:
    aino, bo = two
    ShareFactory.create(person=aino, shown_to=bo, until=ago(1))
    today = ShareFactory.create(person=aino, shown_to=bo, until=ago(0))

    assert (list(shares_shown_to(bo)), list(standing_shares_of(aino))) == ([today], [today])


def test_one_area_is_shown_in_all_its_versions_and_no_other(two, group) -> None:
    aino, bo = two
    old = AreaFactory.create(
        framework=FrameworkFactory.create(origin="peruste:1", retired_at=timezone.now()), origin="a"
    )
    new = AreaFactory.create(framework=FrameworkFactory.create(origin="peruste:1"), origin="a")
    part = AreaFactory.create(framework=new.framework, within=new)
    elsewhere = AreaFactory.create(framework=FrameworkFactory.create(origin="peruste:2"), origin="a")
    for area, name in ((old, "Old"), (new, "New"), (part, "Part"), (elsewhere, "Elsewhere")):
        said(aino, CompetenceFactory.create(area=area, name={"en": name}), 3, ago(9))

    share = show(Wish(shown_to=bo, area=new), by=aino)

    assert sorted(names_in(growth_for(bo, share.ref, NOTHING)[1])) == ["New", "Old", "Part"]


def test_words_are_shown_when_the_person_wants_and_never_those_of_others(two, group) -> None:
    aino, bo = two
    competence = CompetenceFactory.create()
    said(aino, competence, 2, ago(9), words="I begin.")
    said(aino, competence, 3, ago(5), words="She does well.", assessor=bo, assessed_by=AssessedBy.PEER)
    linked = said(aino, competence, 3, ago(1))
    AssessmentEvidence.objects.create(assessment=linked, address="https://example.org/")

    without = growth_through(GrowthShare(person=aino), NOTHING)
    with_words = growth_through(GrowthShare(person=aino, with_words=True), NOTHING)

    assert (words_in(without), words_in(with_words)) == ([], [("Aino Alku", "I begin."), ("Aino Alku", "")])


def test_what_others_read_speaks_of_the_person(two) -> None:
    aino, bo = two
    competence = CompetenceFactory.create(name={"en": "Listens"})
    said(aino, competence, 2, ago(9))
    said(aino, competence, 4, ago(1))
    said(aino, competence, 3, ago(1), assessor=bo, assessed_by=AssessedBy.PEER)

    growth = growth_through(GrowthShare(person=aino), NOTHING)

    [line] = growth.areas[0].lines
    assert growth.headline == (
        "Aino Alku sees a rise in 1 of 1 competences. The longest way was in “Listens”: 2 levels."
    )
    assert line.chart is not None
    assert [series.label for series in line.chart.series] == ["Aino Alku", "Peers"]
    assert str(bo) not in line.sentence


def test_showing_is_refused_with_a_reason(two, group) -> None:
    aino, bo = two
    elsewhere = group_of(PersonFactory.create())

    for wish, why in (
        (Wish(), "Choose to whom"),
        (Wish(shown_to=bo, circle=group), "Choose to whom"),
        (Wish(shown_to=PersonFactory.create()), "people of your own"),
        (Wish(shown_to=aino), "people of your own"),
        (Wish(circle=elsewhere), "circles that you belong to"),
        (Wish(shown_to=bo, until=ago(1)), "has passed already"),
    ):
        with pytest.raises(RefusedError, match=why):
            show(wish, by=aino)

    assert (GrowthShare.objects.count(), Message.objects.count()) == (0, 0)


def test_the_same_share_again_is_the_same_share(two, group) -> None:
    aino, bo = two

    shares = {show(Wish(shown_to=bo), by=aino), show(Wish(shown_to=bo), by=aino)}

    assert (len(shares), Message.objects.count()) == (1, 1)
    assert show(Wish(shown_to=bo, with_words=True), by=aino) not in shares


def test_only_the_person_takes_it_back(two, group) -> None:
    aino, bo = two
    share = show(Wish(shown_to=bo), by=aino)

    with pytest.raises(RefusedError, match="Only the one who shows"):
        take_back(share, by=bo)

    assert list(shares_shown_to(bo)) == [share]


def test_people_to_show_to_are_those_of_pairs_and_groups(two, group) -> None:
    aino, bo = two
    mentor = group.members.get(role=CircleRole.MENTOR).person
    group_of(PersonFactory.create())

    assert set(people_to_show_to(aino)) == {bo, mentor}
