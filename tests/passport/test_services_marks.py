"""What can be earned: made from imported criteria, opened, retired."""

from typing import Any

import pytest

from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.passport.enums import MarkState, Theme
from luotsi.passport.models import Mark
from luotsi.passport.services.marks import make_mark_from, open_mark, retire_mark
from tests.factories.competence import AreaFactory, CompetenceFactory, CriterionFactory, competence_with
from tests.factories.passport import MarkFactory, assessor_of
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, part_of

pytestmark = pytest.mark.django_db

VALUES: dict[str, Any] = {
    "key": "guiding", "name": {"en": "Guiding"}, "description": {"en": "Can guide."},
    "evidence_asked": {"en": "An example."}, "theme": Theme.GUIDING,
}  # fmt: skip


def criteria(mark: Mark) -> list[tuple[str, int | None]]:
    return [(row.text["en"], row.level) for row in mark.criteria.order_by("position")]


def test_a_mark_takes_the_criteria_of_the_chosen_competences_in_their_order() -> None:
    network, area = NetworkFactory.create(), AreaFactory.create()
    receiving = competence_with("greets", "shows around", area=area, name={"en": "Receiving"})
    feedback = competence_with("listens", area=area)
    competence_with("not chosen", area=area)
    coordinator = coordinator_of(network)

    mark = make_mark_from([receiving, feedback], by=coordinator, network=network, **VALUES)

    assert (mark.state, mark.network, mark.issuer, mark.key) == (MarkState.DRAFT, network, None, "guiding")
    assert criteria(mark) == [("greets", None), ("shows around", None), ("listens", None)]
    assert [row.competence for row in mark.criteria.order_by("position")] == [receiving, receiving, feedback]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_ref, entry.subject_ref) == ("passport.mark_made", coordinator.ref, mark.ref)


def test_of_a_competence_with_levels_the_highest_is_asked_for() -> None:
    network, competence = NetworkFactory.create(), CompetenceFactory.create()
    for level, text in ((1, "with help"), (3, "alone"), (5, "teaches others"), (None, "always safely")):
        CriterionFactory.create(competence=competence, level=level, text={"en": text})

    mark = make_mark_from([competence], by=coordinator_of(network), network=network, **VALUES)

    assert criteria(mark) == [("teaches others", 5), ("always safely", None)]


def test_a_competence_without_criteria_is_its_own_criterion() -> None:
    network, competence = NetworkFactory.create(), CompetenceFactory.create(name={"en": "Feedback"})

    mark = make_mark_from([competence], by=coordinator_of(network), network=network, **VALUES)

    assert criteria(mark) == [("Feedback", None)]


def test_the_words_of_a_mark_stay_when_the_criteria_change() -> None:
    network, competence = NetworkFactory.create(), competence_with("greets")
    mark = make_mark_from([competence], by=coordinator_of(network), network=network, **VALUES)

    competence.criteria.update(text={"en": "changed"})

    assert criteria(mark) == [("greets", None)]


def test_an_organisation_of_the_network_may_issue_and_another_may_not() -> None:
    network, ours, theirs = NetworkFactory.create(), OrganisationFactory.create(), OrganisationFactory.create()
    part_of(network, ours)
    part_of(NetworkFactory.create(), theirs)
    coordinator, competence = coordinator_of(network), competence_with("greets")

    mark = make_mark_from([competence], by=coordinator, network=network, issuer=ours, **VALUES)
    with pytest.raises(RefusedError) as refused:
        make_mark_from([competence], by=coordinator, network=network, issuer=theirs, **(VALUES | {"key": "other"}))

    assert str(refused.value.text) == (
        "The issuer is not part of this network. Choose another issuer or another network."
    )
    assert Mark.objects.get() == mark


def test_a_short_name_is_used_once_in_a_network() -> None:
    network, other, competence = NetworkFactory.create(), NetworkFactory.create(), competence_with("greets")
    make_mark_from([competence], by=coordinator_of(network), network=network, **VALUES)
    make_mark_from([competence], by=coordinator_of(other), network=other, **VALUES)

    with pytest.raises(RefusedError) as refused:
        make_mark_from([competence], by=coordinator_of(network), network=network, **VALUES)

    assert str(refused.value.text) == "The network has a mark with this short name already. Choose another one."
    assert Mark.objects.count() == 2


def test_a_mark_needs_a_competence() -> None:
    network = NetworkFactory.create()

    with pytest.raises(RefusedError, match="Choose at least one competence"):
        make_mark_from([], by=coordinator_of(network), network=network, **VALUES)

    assert not Mark.objects.exists()


def test_only_the_networks_coordinator_makes_opens_and_retires_marks() -> None:
    network, competence = NetworkFactory.create(), competence_with("greets")
    draft, opened = MarkFactory.create(network=network, state=MarkState.DRAFT), MarkFactory.create(network=network)
    strangers = [coordinator_of(NetworkFactory.create()), assessor_of(network), PersonFactory.create()]

    for stranger in strangers:
        with pytest.raises(RefusedError):
            make_mark_from([competence], by=stranger, network=network, **VALUES)
        with pytest.raises(RefusedError):
            open_mark(draft, by=stranger)
        with pytest.raises(RefusedError):
            retire_mark(opened, by=stranger)

    assert list(Mark.objects.order_by("pk").values_list("state", flat=True)) == [MarkState.DRAFT, MarkState.OPEN]


@pytest.mark.parametrize(
    ("state", "move", "moved"),
    [
        (MarkState.DRAFT, open_mark, MarkState.OPEN),
        (MarkState.OPEN, retire_mark, MarkState.RETIRED),
        (MarkState.DRAFT, retire_mark, None),
        (MarkState.OPEN, open_mark, None),
        (MarkState.RETIRED, open_mark, None),
        (MarkState.RETIRED, retire_mark, None),
    ],
)
def test_a_mark_moves_from_draft_to_open_to_retired(state: MarkState, move: Any, moved: MarkState | None) -> None:
    mark = MarkFactory.create(state=state)
    coordinator = coordinator_of(mark.network)

    if moved is None:
        with pytest.raises(RefusedError, match="The mark cannot be changed so any more"):
            move(mark, by=coordinator)
    else:
        move(mark, by=coordinator)

    mark.refresh_from_db()
    assert mark.state == (moved or state)
