"""Stories of a shared plan: changed, commented, approved, asked again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.jobs import run_waiting
from luotsi.core.models import Job
from luotsi.people.enums import Role
from luotsi.programmes.enums import ActivityState
from luotsi.programmes.formats.plan_changes import StandingState
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import Activity, PlanApproval, PlanChange, PlanComment
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries import plans as queries
from luotsi.programmes.services import entries, plans
from luotsi.programmes.services.approvals import approve_plan
from tests.factories.partners import contact_of, details_of, partner_of, planned_programme
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of, grant

pytestmark = pytest.mark.django_db


def approved(programme: Programme) -> Partner:
    """A partner that stands by the plan as it is."""
    partner = partner_of(programme)
    approve_plan(partner, seen=queries.newest_change_of(programme), by=contact_of(partner))
    return partner


def activity(programme: Programme, key: str) -> Activity:
    return queries.activities_of(programme).get(key=key)


def put_into(programme: Programme, **values: object) -> Activity:
    """An activity of the plan, added by the installation; `partner` makes it an own one."""
    details = details_of(activity(programme, "letters"), name={"en": "Visit"}, due_on=date(2026, 4, 1))
    return entries.add_activity(programme, details=details, by=SYSTEM, **values)  # type: ignore[arg-type]  # a partner


def standing(partner: Partner) -> tuple[StandingState, int]:
    found = queries.standing_of(Partner.objects.select_related("programme").get(pk=partner.pk))
    return found.state, len(found.differences)


def let_time_pass() -> int:
    Job.objects.update(run_at=timezone.now())
    return run_waiting()


def test_a_yes_is_kept_with_name_and_time_and_asked_for_once():
    programme = planned_programme()
    partner = partner_of(programme)
    contact = contact_of(partner, given_name="Aino", family_name="Aalto")
    assert standing(partner) == (StandingState.NOT_APPROVED, 0)

    first = approve_plan(partner, seen=0, by=contact)
    again = approve_plan(partner, seen=0, by=contact)

    assert (first, again.name) == (again, "Aino Aalto")
    assert standing(partner) == (StandingState.APPROVED, 0)


def test_only_the_partner_itself_says_yes():
    programme = planned_programme()
    partner, other = partner_of(programme), partner_of(programme)
    trainer, manager = PersonFactory.create(), PersonFactory.create()
    grant(trainer, Role.TRAINER, organisation=partner.organisation)
    grant(manager, Role.MANAGEMENT, organisation=partner.organisation)

    for nobody in (coordinator_of(programme.network), contact_of(other), trainer):
        with pytest.raises(RefusedError):
            approve_plan(partner, seen=0, by=nobody)
    assert not PlanApproval.objects.exists()

    approve_plan(partner, seen=0, by=manager)
    assert standing(partner)[0] is StandingState.APPROVED


def test_a_change_asks_all_again_and_says_what_was_and_what_is():
    programme = planned_programme(starts_on=date(2026, 3, 2))
    first, second = approved(programme), approved(programme)
    letters = activity(programme, "letters")

    entries.change_activity(
        letters,
        details=details_of(letters, due_on=date(2026, 3, 20), place="Town hall"),
        by=coordinator_of(programme.network),
    )

    assert standing(first) == standing(second) == (StandingState.ASKED_AGAIN, 1)
    change = queries.standing_of(first).differences[0].change
    assert (change.before, change.after) == (
        {"due_on": "2026-03-13", "place": ""},
        {"due_on": "2026-03-20", "place": "Town hall"},
    )


def test_a_partner_s_own_change_asks_nobody_else():
    programme = planned_programme()
    mine, other = approved(programme), approved(programme)

    put_into(programme, partner=mine)

    assert standing(mine) == (StandingState.ASKED_AGAIN, 1)
    assert standing(other) == (StandingState.APPROVED, 0)


def test_what_is_undone_asks_nothing_and_several_changes_are_one():
    programme = planned_programme(starts_on=date(2026, 3, 2))
    partner, coordinator = approved(programme), coordinator_of(programme.network)
    for due_on in (date(2026, 3, 20), date(2026, 3, 27)):
        letters = activity(programme, "letters")
        entries.change_activity(letters, details=details_of(letters, due_on=due_on), by=coordinator)
    assert standing(partner) == (StandingState.ASKED_AGAIN, 1)

    letters = activity(programme, "letters")
    entries.change_activity(letters, details=details_of(letters, due_on=date(2026, 3, 13)), by=coordinator)
    added = put_into(programme)
    entries.cancel_activity(added, by=coordinator)

    assert standing(partner) == (StandingState.APPROVED, 0)
    assert PlanChange.objects.count() == 5


def test_saved_as_it_was_nothing_has_changed():
    programme = planned_programme()
    partner = approved(programme)
    letters = activity(programme, "letters")

    entries.change_activity(letters, details=details_of(letters), by=SYSTEM)

    assert not PlanChange.objects.exists()
    assert standing(partner)[0] is StandingState.APPROVED


def test_a_yes_to_what_has_changed_meanwhile_is_refused():
    programme = planned_programme()
    partner = partner_of(programme)
    contact = contact_of(partner)
    seen = queries.newest_change_of(programme)
    put_into(programme)

    with pytest.raises(RefusedError, match="while you looked"):
        approve_plan(partner, seen=seen, by=contact)

    assert not PlanApproval.objects.exists()
    approve_plan(partner, seen=queries.newest_change_of(programme), by=contact)


def test_one_letter_until_it_is_approved_again():
    programme = planned_programme()
    partner = partner_of(programme)
    contact = contact_of(partner)
    approve_plan(partner, seen=0, by=contact)
    put_into(programme)
    put_into(programme)
    assert Job.objects.get(name="programmes.ask_again").run_at > timezone.now() + timedelta(minutes=9)

    let_time_pass()
    put_into(programme)
    let_time_pass()

    letter = Message.objects.get(kind="programmes.plan_changed")
    assert letter.recipient_ref == contact.ref
    assert letter.lines[0] == (
        f"{partner.organisation.name} has approved the plan. Since then 2 things have changed in it."
    )


def test_no_letter_goes_out_for_what_was_undone_in_time():
    programme = planned_programme()
    approved(programme)
    entries.cancel_activity(put_into(programme), by=SYSTEM)

    let_time_pass()

    assert not Message.objects.filter(kind="programmes.plan_changed").exists()


def test_a_shift_is_one_difference_for_each_phase_and_activity():
    programme = planned_programme(starts_on=date(2026, 3, 2))
    partner = approved(programme)

    plans.shift(programme, days=7, from_phase=programme.phases.get(key="call"), by=SYSTEM)
    assert standing(partner) == (StandingState.ASKED_AGAIN, programme.phases.count() + 3)

    plans.shift(programme, days=-7, from_phase=programme.phases.get(key="call"), by=SYSTEM)
    assert standing(partner) == (StandingState.APPROVED, 0)


def test_a_contact_changes_what_is_the_partner_s_own_and_nothing_else():
    programme = planned_programme()
    mine, other = partner_of(programme), partner_of(programme)
    contact = contact_of(mine)
    shared, theirs = activity(programme, "letters"), put_into(programme, partner=other)
    own = entries.add_activity(programme, partner=mine, details=details_of(shared, name={"en": "Own"}), by=contact)
    before = list(Activity.objects.exclude(pk=own.pk).order_by("pk").values())

    entries.change_activity(own, details=details_of(own, place="Yard"), by=contact)
    for not_mine in (shared, theirs):
        with pytest.raises(RefusedError):
            entries.change_activity(not_mine, details=details_of(not_mine, place="Yard"), by=contact)
        with pytest.raises(RefusedError):
            entries.cancel_activity(not_mine, by=contact)
        with pytest.raises(RefusedError):
            entries.mark_done(not_mine, by=contact)

    assert list(Activity.objects.exclude(pk=own.pk).order_by("pk").values()) == before
    own.refresh_from_db()
    assert own.place == "Yard"


def test_no_phase_of_another_programme_and_no_partner_of_another_programme():
    programme, elsewhere = planned_programme(), planned_programme()
    letters, count = activity(programme, "letters"), Activity.objects.count()

    with pytest.raises(RefusedError):
        entries.add_activity(
            programme, details=details_of(letters, phase=elsewhere.phases.first()), by=coordinator_of(programme.network)
        )
    with pytest.raises(RefusedError):
        entries.add_activity(programme, partner=partner_of(elsewhere), details=details_of(letters), by=SYSTEM)

    assert Activity.objects.count() == count


def test_what_is_late_was_planned_and_its_day_has_passed():
    today = timezone.localdate()
    programme = planned_programme(starts_on=today - timedelta(days=60))
    entries.mark_done(activity(programme, "kick_off"), by=SYSTEM)
    entries.cancel_activity(activity(programme, "hr_meeting"), by=SYSTEM)
    letters = activity(programme, "letters")

    assert list(queries.late_activities()) == [letters]
    letters.amend(due_on=today)
    assert not queries.late_activities().exists()
    letters.amend(due_on=None, starts_local=datetime.combine(today, datetime.min.time(), tzinfo=UTC))
    assert not queries.late_activities().exists()
    assert not queries.is_late(letters, today)
    assert queries.is_late(letters, today + timedelta(days=1))


def test_done_too_early_is_planned_again_and_cancelled_stays_cancelled():
    programme = planned_programme()
    letters = activity(programme, "letters")
    entries.mark_done(letters, by=SYSTEM)
    with pytest.raises(RefusedError):
        entries.change_activity(letters, details=details_of(letters, place="Yard"), by=SYSTEM)

    entries.mark_done(letters, by=SYSTEM, is_done=False)
    entries.cancel_activity(letters, by=SYSTEM)
    with pytest.raises(RefusedError):
        entries.mark_done(letters, by=SYSTEM)

    letters.refresh_from_db()
    assert (letters.state, letters.place) == (ActivityState.CANCELLED, "")


def test_comments_are_of_those_who_see_the_plan_and_taken_back_by_their_writer():
    programme, elsewhere = planned_programme(), planned_programme()
    contact, stranger = contact_of(partner_of(programme)), contact_of(partner_of(elsewhere))
    letters = activity(programme, "letters")

    comment = entries.comment_on_plan(programme, activity=letters, text=" Too early? ", by=contact)
    with pytest.raises(RefusedError):
        entries.comment_on_plan(programme, text="Hello", by=stranger)
    with pytest.raises(RefusedError):
        entries.comment_on_plan(programme, activity=activity(elsewhere, "letters"), text="Hello", by=contact)
    with pytest.raises(RefusedError):
        entries.remove_comment(comment, by=coordinator_of(programme.network))

    assert [row.text for row in queries.comments_of(programme, letters)] == ["Too early?"]
    assert not queries.comments_of(programme).exists()
    entries.remove_comment(comment, by=contact)
    assert not PlanComment.objects.exists()


def test_how_all_stand_takes_two_queries_however_many_there_are(django_assert_num_queries):
    programme = planned_programme()
    first, second, third = approved(programme), approved(programme), partner_of(programme)
    put_into(programme, partner=second)

    with django_assert_num_queries(2):
        found = queries.standings_of(programme, [first, second, third])
    with django_assert_num_queries(2):
        alone = queries.standings_of(programme, [second])

    assert [each.state for each in found] == [
        StandingState.APPROVED,
        StandingState.ASKED_AGAIN,
        StandingState.NOT_APPROVED,
    ]
    assert alone[0].state is StandingState.ASKED_AGAIN


def test_another_network_s_coordinator_changes_nothing():
    programme = planned_programme()
    stranger, letters = coordinator_of(NetworkFactory.create()), activity(programme, "letters")

    with pytest.raises(RefusedError):
        entries.add_activity(programme, details=details_of(letters), by=stranger)
    with pytest.raises(RefusedError):
        entries.change_activity(letters, details=details_of(letters, place="Yard"), by=stranger)

    assert activity(programme, "letters").place == ""
    assert programme.activities.count() == 3
