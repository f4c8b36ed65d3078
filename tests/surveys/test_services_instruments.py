"""Questions that can be put to people: kept in versions, shipped with the product."""

import pytest

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.core.questions.reading import read_form
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.services.memberships import grant
from luotsi.people.services.organisations import add_organisation, join_network
from luotsi.surveys.models import Instrument
from luotsi.surveys.services.instruments import keep_instrument, load_shipped
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.surveys import ITEMS, form_of

pytestmark = pytest.mark.django_db


def test_keep_instrument_makes_the_first_version() -> None:
    form = form_of()

    instrument = keep_instrument(form, by=SYSTEM)

    assert (instrument.key, instrument.version, instrument.purpose) == ("closing", 1, "feedback")
    assert (instrument.digest, read_form(instrument.form)) == (form.digest(), form)


def test_keep_instrument_with_the_same_questions_changes_nothing() -> None:
    first = keep_instrument(form_of(), by=SYSTEM)

    again = keep_instrument(form_of(), by=SYSTEM)

    assert again == first
    assert AuditEntry.objects.filter(verb="surveys.instrument_kept").count() == 1


def test_keep_instrument_with_other_questions_makes_a_new_version_and_retires_the_old() -> None:
    first = keep_instrument(form_of(), by=SYSTEM)

    second = keep_instrument(form_of(ITEMS[:1]), by=SYSTEM)

    first.refresh_from_db()
    assert [(kept.version, len(kept.questions.items), kept.retired_at is None) for kept in (first, second)] == [
        (1, 3, False),
        (2, 1, True),
    ]
    assert second.questions.version == 2


def test_a_network_s_own_questions_are_apart_from_everybody_s() -> None:
    mine, theirs = NetworkFactory.create(), NetworkFactory.create()

    shared = keep_instrument(form_of(), by=SYSTEM)
    own = keep_instrument(form_of(ITEMS[:1]), by=coordinator_of(mine), network=mine)
    other = keep_instrument(form_of(ITEMS[:2]), by=coordinator_of(theirs), network=theirs)

    shared.refresh_from_db()
    assert [(kept.version, kept.network, kept.retired_at) for kept in (shared, own, other)] == [
        (1, None, None),
        (1, mine, None),
        (1, theirs, None),
    ]


@pytest.mark.parametrize("role", [Role.HR, Role.MANAGEMENT])
def test_hr_and_management_of_an_organisation_of_the_network_keep_own_questions(role: Role) -> None:
    network, person = NetworkFactory.create(), PersonFactory.create()
    organisation = add_organisation(by=SYSTEM, name="Kone ja kivi", kind=OrganisationKind.EMPLOYER)
    join_network(organisation, network, by=SYSTEM)
    grant(person, role, organisation=organisation, by=SYSTEM)

    assert keep_instrument(form_of(), by=person, network=network).network == network


@pytest.mark.parametrize("who", ["member", "coordinator of another network", "coordinator, for everybody"])
def test_keep_instrument_by_anybody_else_is_refused(who: str) -> None:
    network = NetworkFactory.create()
    by = PersonFactory.create() if who == "member" else coordinator_of(NetworkFactory.create())

    with pytest.raises(RefusedError, match="Only a coordinator of the network"):
        keep_instrument(form_of(), by=by, network=None if who.endswith("everybody") else network)

    assert Instrument.objects.count() == 0


def test_the_shipped_instruments_are_loaded_once_in_three_languages() -> None:
    loaded = load_shipped(by=SYSTEM)
    again = load_shipped(by=SYSTEM)

    assert {"learning_culture_short", "learning_culture_long", "training_feedback"} <= set(loaded.added)
    assert (again.added, set(again.unchanged)) == ((), set(loaded.added))
    incomplete = [kept.key for kept in Instrument.objects.all() if kept.questions.languages != ("fi", "sv", "en")]
    assert incomplete == []
