from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from luotsi.comms.models import Message
from luotsi.core import jobs
from luotsi.core.errors import RefusedError
from luotsi.core.models import Event
from luotsi.people.enums import CircleRole
from luotsi.people.models import CircleMember, Person
from luotsi.programmes.enums import ApplicationRole, ApplicationState, CameBy, PartRole, ProgrammeState, RoundState
from luotsi.programmes.formats.answers import answers_from_json, answers_to_json
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.queries.descriptions import shipped_text
from luotsi.programmes.services.applications import (
    Candidacy,
    accept_submitted,
    ask_to_accept_submitted,
    change_application,
    decide,
    submit_application,
    withdraw,
)
from luotsi.programmes.services.places import book_place
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, answers, mentor, open_round, skills

pytestmark = pytest.mark.django_db


def with_both() -> str:
    """The model's YAML, where one may apply as mentor and mentee at once."""
    text = shipped_text("career-mentoring")
    if "may_be_both:" in text:
        return text.replace("may_be_both: false", "may_be_both: true")
    return (
        text + "\nenrolment:\n  may_be_both: true\n"
        if "\nenrolment:" not in text
        else text.replace("\nenrolment:\n", "\nenrolment:\n  may_be_both: true\n")
    )


def test_somebody_applies() -> None:
    round_ = open_round()
    person = PersonFactory.create()
    told = answers(needs=skills("johtaminen"))

    application = submit_application(
        round_, Candidacy(role=ApplicationRole.MENTEE, answers=told), person=person, by=person
    )

    application.refresh_from_db()
    assert (application.person, application.role, application.state) == (person, "mentee", "submitted")
    assert answers_from_json(application.answers) == told


def test_nobody_applies_for_somebody_else() -> None:
    round_ = open_round()

    with pytest.raises(RefusedError):
        submit_application(
            round_,
            Candidacy(role=ApplicationRole.MENTEE, answers=answers()),
            person=PersonFactory.create(),
            by=coordinator_of(NetworkFactory.create()),
        )

    assert Application.objects.count() == 0


def test_one_person_has_one_application_a_round() -> None:
    application = ApplicationFactory.create()

    with pytest.raises(RefusedError):
        submit_application(
            application.round,
            Candidacy(role=ApplicationRole.MENTOR, answers=answers()),
            person=application.person,
            by=application.person,
        )

    assert list(Application.objects.values_list("pk", "role")) == [(application.pk, "mentee")]


@pytest.mark.parametrize("state", [ProgrammeState.DRAFT, ProgrammeState.CLOSED, ProgrammeState.CANCELLED])
def test_a_programme_that_is_not_open_takes_no_applications(state: ProgrammeState) -> None:
    round_ = open_round(state=state)
    person = PersonFactory.create()

    with pytest.raises(RefusedError):
        submit_application(round_, Candidacy(role=ApplicationRole.MENTEE, answers=answers()), person=person, by=person)

    assert Application.objects.count() == 0


def test_a_round_under_evaluation_takes_no_applications() -> None:
    round_ = open_round()
    round_.amend(state=RoundState.EVALUATING)
    person = PersonFactory.create()

    with pytest.raises(RefusedError):
        submit_application(round_, Candidacy(role=ApplicationRole.MENTEE, answers=answers()), person=person, by=person)

    assert Application.objects.count() == 0


def test_accepting_gives_a_part_a_circle_a_letter_and_a_fact() -> None:
    round_ = open_round(name={"en": "Career mentoring"})
    coordinator = coordinator_of(round_.programme.network)
    application = ApplicationFactory.create(
        round=round_, role=PartRole.MENTOR, answers=answers_to_json(answers(places=3))
    )

    decide(application, ApplicationState.ACCEPTED, by=coordinator)

    part = Participation.objects.get()
    assert (part.application, part.person, part.role, part.places, part.places_taken, part.state) == (
        application,
        application.person,
        "mentor",
        3,
        0,
        "active",
    )
    assert list(CircleMember.objects.values_list("circle", "person", "role")) == [
        (round_.programme.circle.pk, application.person.pk, CircleRole.MENTOR)
    ]
    message = Message.objects.get()
    assert (message.recipient_ref, message.subject) == (application.person.ref, "You are in: Career mentoring")
    assert message.action_path == f"/my/applications/{application.ref}/"
    assert Event.objects.get().facts == {
        "application": {"ref": str(application.ref)},
        "participation": {"ref": str(part.ref)},
        "person": {"ref": str(application.person.ref)},
        "programme": {"ref": str(round_.programme.ref)},
    }


def test_a_mentee_has_one_place_whatever_was_told() -> None:
    application = ApplicationFactory.create(answers=answers_to_json(answers(places=4)))

    decide(application, ApplicationState.ACCEPTED, by=coordinator_of(application.round.programme.network))

    assert Participation.objects.get().places == 1


@pytest.mark.parametrize(
    ("state", "language", "subject"),
    [
        (ApplicationState.ACCEPTED, "fi", "Olet mukana: Työuramentorointi"),
        (ApplicationState.ACCEPTED, "sv", "Du är med: Yrkeslivsmentorskap"),
        (ApplicationState.WAITLISTED, "fi", "Olet jonossa: Työuramentorointi"),
        (ApplicationState.WAITLISTED, "sv", "Du står i kö: Yrkeslivsmentorskap"),
        (ApplicationState.DECLINED, "fi", "Hakemuksesi: Työuramentorointi"),
        (ApplicationState.DECLINED, "sv", "Din ansökan: Yrkeslivsmentorskap"),
    ],
)
def test_everybody_is_told_in_the_own_language(state: ApplicationState, language: str, subject: str) -> None:
    round_ = open_round(name={"fi": "Työuramentorointi", "sv": "Yrkeslivsmentorskap"})
    application = ApplicationFactory.create(round=round_, person=PersonFactory.create(language=language))

    decide(application, state, by=coordinator_of(round_.programme.network))

    assert [message.subject for message in Message.objects.all()] == [subject]


def test_a_decision_is_made_once() -> None:
    application = ApplicationFactory.create()
    coordinator = coordinator_of(application.round.programme.network)
    decide(application, ApplicationState.DECLINED, by=coordinator)

    with pytest.raises(RefusedError):
        decide(application, ApplicationState.ACCEPTED, by=coordinator)

    application.refresh_from_db()
    assert application.state == ApplicationState.DECLINED
    assert Participation.objects.count() == 0
    assert Message.objects.count() == 1


def test_a_coordinator_of_another_network_decides_nothing() -> None:
    application = ApplicationFactory.create()

    with pytest.raises(RefusedError):
        decide(application, ApplicationState.ACCEPTED, by=coordinator_of(NetworkFactory.create()))

    application.refresh_from_db()
    assert (application.state, application.decided_at) == (ApplicationState.SUBMITTED, None)
    assert Message.objects.count() == Participation.objects.count() == 0


def test_withdrawn_is_no_decision() -> None:
    application = ApplicationFactory.create()

    with pytest.raises(RefusedError):
        decide(application, ApplicationState.WITHDRAWN, by=coordinator_of(application.round.programme.network))

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_whoever_takes_part_already_is_not_taken_in_again() -> None:
    part = mentor(round_ := open_round())
    coordinator = coordinator_of(round_.programme.network)
    second = round_.programme.rounds.create(number=2)
    application = ApplicationFactory.create(round=second, person=part.person, role=PartRole.MENTOR)

    with pytest.raises(RefusedError):
        decide(application, ApplicationState.ACCEPTED, by=coordinator)

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert list(Participation.objects.all()) == [part]


def test_all_that_wait_are_accepted_and_no_others() -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    waiting = [ApplicationFactory.create(round=round_) for _ in range(3)]
    ApplicationFactory.create(round=round_, state=ApplicationState.WAITLISTED)
    ApplicationFactory.create(round=round_, state=ApplicationState.WITHDRAWN)
    ApplicationFactory.create(round=open_round())

    accepted = accept_submitted(round_, by=coordinator)

    assert accepted == 3
    assert list(Participation.objects.order_by("pk").values_list("application", flat=True)) == [
        application.pk for application in waiting
    ]
    assert accept_submitted(round_, by=coordinator) == 0


def test_accepting_many_goes_on_in_the_background() -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    applications = [ApplicationFactory.create(round=round_) for _ in range(2)]

    job = ask_to_accept_submitted(round_, by=coordinator)
    assert Participation.objects.count() == 0
    jobs.run_waiting()

    job.refresh_from_db()
    assert job.state == "done"
    assert {part.application for part in Participation.objects.all()} == set(applications)


def test_a_stranger_accepts_nobody() -> None:
    application = ApplicationFactory.create()

    with pytest.raises(RefusedError):
        accept_submitted(application.round, by=PersonFactory.create())
    with pytest.raises(RefusedError):
        ask_to_accept_submitted(application.round, by=PersonFactory.create())

    assert Participation.objects.count() == 0


def test_withdrawing_before_the_decision() -> None:
    application = ApplicationFactory.create()

    withdraw(application, by=application.person)

    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN


def test_withdrawing_from_a_programme_leaves_it() -> None:
    part = mentor(open_round())

    withdraw(part.application, by=part.person)

    part.refresh_from_db()
    assert (part.state, part.application.state) == ("left", "withdrawn")


def test_nobody_withdraws_on_whom_somebody_counts() -> None:
    part = mentor(open_round())
    book_place(part, by=part.person)

    with pytest.raises(RefusedError):
        withdraw(part.application, by=part.person)

    part.refresh_from_db()
    assert (part.state, part.application.state) == ("active", "accepted")


def test_nobody_withdraws_somebody_elses_application() -> None:
    application = ApplicationFactory.create()

    with pytest.raises(RefusedError):
        withdraw(application, by=coordinator_of(application.round.programme.network))

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_decided_application_is_not_changed() -> None:
    application = ApplicationFactory.create(state=ApplicationState.DECLINED)
    before = application.answers

    with pytest.raises(RefusedError):
        change_application(
            application,
            Candidacy(role=ApplicationRole.MENTOR, answers=answers(region="01")),
            by=coordinator_of(application.round.programme.network),
        )

    application.refresh_from_db()
    assert (application.role, application.answers) == ("mentee", before)


def test_who_may_be_both_has_two_parts_two_roles_and_one_letter() -> None:
    round_ = open_round(description=with_both())
    coordinator = coordinator_of(round_.programme.network)
    person = PersonFactory.create()
    candidacy = Candidacy(role=ApplicationRole.BOTH, answers=answers(places=2), told={"why": "To give and to take"})

    application = submit_application(round_, candidacy, person=person, by=person)
    decide(application, ApplicationState.ACCEPTED, by=coordinator)

    parts = Participation.objects.order_by("role").values_list("application", "role", "places")
    assert list(parts) == [(application.pk, "mentee", 1), (application.pk, "mentor", 2)]
    assert sorted(CircleMember.objects.values_list("role", flat=True)) == [CircleRole.MENTEE, CircleRole.MENTOR]
    assert Message.objects.count() == 1
    round_.refresh_from_db()
    assert (round_.mentors_taken, round_.mentees_taken) == (1, 1)
    assert application.told == {"why": "To give and to take"}


def test_both_is_for_models_that_say_so() -> None:
    round_ = open_round(description=shipped_text("career-mentoring").replace("may_be_both: true", "may_be_both: false"))
    person = PersonFactory.create()

    with pytest.raises(RefusedError):
        submit_application(round_, Candidacy(role=ApplicationRole.BOTH, answers=answers()), person=person, by=person)

    assert Application.objects.count() == 0


def test_a_list_does_not_take_away_what_was_told_on_the_form() -> None:
    round_ = open_round()
    person = PersonFactory.create()
    by_form = Candidacy(
        role=ApplicationRole.MENTEE, answers=answers(), told={"why": "Courage"}, came_by=CameBy.FORM, external_id="A1"
    )
    application = submit_application(round_, by_form, person=person, by=person)

    listed = Candidacy(role=ApplicationRole.MENTOR, answers=answers(region="01"))
    change_application(application, listed, by=coordinator_of(round_.programme.network))

    application.refresh_from_db()
    kept = (application.role, application.told, application.came_by, application.external_id)
    assert kept == ("mentor", {"why": "Courage"}, "form", "A1")


def test_a_full_round_takes_nobody_in_and_the_waiting_list_is_open() -> None:
    round_ = open_round()
    round_.amend(mentees_most=1)
    coordinator = coordinator_of(round_.programme.network)
    first, second = (ApplicationFactory.create(round=round_) for _ in range(2))
    decide(first, ApplicationState.ACCEPTED, by=coordinator)

    with pytest.raises(RefusedError) as refused:
        decide(second, ApplicationState.ACCEPTED, by=coordinator)

    assert "Put the application on the waiting list" in str(refused.value.text)
    second.refresh_from_db()
    assert second.state == ApplicationState.SUBMITTED
    assert Participation.objects.count() == Message.objects.count() == 1
    decide(second, ApplicationState.WAITLISTED, by=coordinator)
    withdraw(first, by=first.person)
    decide(second, ApplicationState.ACCEPTED, by=coordinator)
    round_.refresh_from_db()
    assert (round_.mentees_taken, round_.mentors_taken) == (1, 0)


def test_who_finds_one_of_two_roles_full_gets_neither() -> None:
    round_ = open_round(description=with_both())
    round_.amend(mentees_most=0)
    application = ApplicationFactory.create(round=round_, role=ApplicationRole.BOTH)

    with pytest.raises(RefusedError):
        decide(application, ApplicationState.ACCEPTED, by=coordinator_of(round_.programme.network))

    round_.refresh_from_db()
    assert (round_.mentors_taken, round_.mentees_taken) == (0, 0)
    assert Participation.objects.count() == CircleMember.objects.count() == Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time; its test database one thread"
)
def test_however_many_are_accepted_at_once_never_one_too_many() -> None:
    round_ = open_round()
    round_.amend(mentees_most=3)
    coordinator = coordinator_of(round_.programme.network)
    waiting = [ApplicationFactory.create(round=round_) for _ in range(12)]

    with ThreadPoolExecutor(6) as pool:
        accepted = list(pool.map(_accepts, [(application.pk, coordinator.pk) for application in waiting]))

    assert sorted(accepted) == [False] * 9 + [True] * 3
    round_.refresh_from_db()
    assert round_.mentees_taken == Participation.objects.count() == 3
    assert Application.objects.filter(state=ApplicationState.SUBMITTED).count() == 9


def _accepts(keys: tuple[int, int]) -> bool:
    """One decision on a connection of its own."""
    try:
        application = Application.objects.select_related("round__programme__network").get(pk=keys[0])
        decide(application, ApplicationState.ACCEPTED, by=Person.objects.get(pk=keys[1]))
    except RefusedError:
        return False
    finally:
        connections.close_all()
    return True
