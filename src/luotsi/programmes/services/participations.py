"""Writes: what becomes of somebody's part in a programme: a pause, places, an end, hours, the funder's data."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import DataMoment, ParticipationState, PartRole, ProgrammeState
from luotsi.programmes.formats.applicants import MOST_PLACES
from luotsi.programmes.messages import letters
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.participations import GIVEN, LAST_DAYS, missing_data_of
from luotsi.programmes.rules import may_change_part, may_run
from luotsi.programmes.services.places import leave_programme, move_part

if TYPE_CHECKING:
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.programmes.enums import LeavingReason

LONGEST_PAUSE = timedelta(days=366)


@transaction.atomic
def pause(participation: Participation, until: date, *, by: Actor) -> None:
    """No new pair and no reminders until that day, on which the part goes on by itself."""
    _check(participation, by)
    if not timezone.localdate() < until <= timezone.localdate() + LONGEST_PAUSE:
        raise RefusedError(_("Choose the day on which the pause ends: after today, within a year."))
    move_part(participation, ParticipationState.PAUSED, by, paused_until=until)


@transaction.atomic
def come_back(participation: Participation, *, by: Actor) -> None:
    """The pause is over. Nothing happens to somebody who takes part already."""
    _check(participation, by)
    if participation.state == ParticipationState.ACTIVE:
        return
    move_part(participation, ParticipationState.ACTIVE, by, paused_until=None)


def end_pauses() -> int:
    """End the pauses whose day has come. Returns how many there were."""
    over = Participation.objects.filter(state=ParticipationState.PAUSED, paused_until__lte=timezone.localdate())
    found = list(over.select_related("person", "programme__network").order_by("pk"))
    for participation in found:
        come_back(participation, by=SYSTEM)
    return len(found)


@transaction.atomic
def change_places(participation: Participation, places: int, *, by: Actor) -> None:
    """How many a mentor has places for: never fewer than are taken."""
    _check(participation, by)
    if participation.role != PartRole.MENTOR:
        raise RefusedError(_("Only a mentor has places for others."))
    if participation.state not in {ParticipationState.ACTIVE, ParticipationState.PAUSED}:
        raise RefusedError(_("This part in the programme is over already."))
    if not 1 <= places <= MOST_PLACES:
        raise RefusedError(_("Give between 1 and %(most)s places.") % {"most": MOST_PLACES})
    if not Participation.objects.filter(pk=participation.pk, places_taken__lte=places).update(places=places):
        raise RefusedError(_("More places than that are taken already. End a pair first, then give fewer places."))
    participation.refresh_from_db(fields=["places", "places_taken"])
    audit.record(by=by, verb="programmes.places_changed", subject=participation, places=places)


@transaction.atomic
def leave(participation: Participation, reason: LeavingReason, *, by: Actor) -> None:
    """Stop, for a reason that lays blame on nobody. Refused while somebody counts on the person."""
    _check(participation, by)
    locked = Participation.objects.select_for_update().get(pk=participation.pk)
    if locked.places_taken:
        raise RefusedError(
            _("A pair or a proposal is still open. End the pair or answer the proposal first, then leave.")
        )
    leave_programme(participation, reason=reason, by=by)


@transaction.atomic
def set_minutes_mentored(participation: Participation, minutes: int, *, by: Actor) -> None:
    """How long the person has been in meetings, summed up by whoever knows them: the whole, not what is added."""
    if participation.minutes_mentored == minutes:
        return
    participation.amend(minutes_mentored=minutes)
    audit.record(by=by, verb="programmes.minutes_summed", subject=participation, minutes=minutes)


@transaction.atomic
def note_data_given(participation: Participation, moment: DataMoment, *, by: Actor) -> None:
    """The participant says to have given the data in the funder's own service. Said twice, the first day stays."""
    if by.actor_ref != participation.person.ref:
        raise RefusedError(_("Only the participant says that the data has been given."))
    if not has_funder(participation.programme):
        raise RefusedError(_("Nobody asks for participant data in this programme."))
    if getattr(participation, GIVEN[moment]) is None:
        participation.amend(**{GIVEN[moment]: timezone.localdate()})
        audit.record(by=by, verb="programmes.funder_data_given", subject=participation, moment=moment)


@transaction.atomic
def remind_missing(programme: Programme, moment: DataMoment, *, by: Actor) -> int:
    """Write to all who have not said that they gave the data, once a day. Returns to how many."""
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network does this."))
    if not has_funder(programme):
        raise RefusedError(_("Give the project's code and the address of the funder's service first."))
    today = timezone.localdate()
    missing = missing_data_of(programme, moment).filter(~Q(data_reminded_on=today) | Q(data_reminded_on=None))
    return sum(_remind(participation, moment, by) for participation in missing)


def _remind(participation: Participation, moment: DataMoment, by: Actor) -> bool:
    participation.amend(data_reminded_on=timezone.localdate())
    tell(lambda: letters.funder_data(participation, moment), to=recipient_of(participation.person), by=by)
    return True


def remind_of_funder_data() -> int:
    """When a programme starts and when it ends, each is reminded once by itself. Returns how many letters went out."""
    today = timezone.localdate()
    programmes = Programme.objects.filter(state=ProgrammeState.OPEN, starts_on__lte=today)
    funded = programmes.exclude(project_code="", project_link="").select_related("network")
    return sum(_remind_once(programme, moment) for programme in funded for moment in DataMoment)


@transaction.atomic
def _remind_once(programme: Programme, moment: DataMoment) -> int:
    begins = programme.starts_on if moment == DataMoment.START else programme.ends_on - LAST_DAYS
    if timezone.localdate() < begins:
        return 0
    unheard = Q(data_reminded_on=None) | Q(data_reminded_on__lt=begins)
    return sum(_remind(part, moment, SYSTEM) for part in missing_data_of(programme, moment).filter(unheard))


def has_funder(programme: Programme) -> bool:
    return bool(programme.project_code or programme.project_link)


def _check(participation: Participation, by: Actor) -> None:
    if not may_change_part(by, participation):
        raise RefusedError(_("Only the one who takes part, or a coordinator, changes this."))
