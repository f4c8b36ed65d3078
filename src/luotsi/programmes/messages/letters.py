"""Letters about programmes, applications and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.comms.models import Letter
from luotsi.programmes.enums import ApplicationRole, ApplicationState, DataMoment, RowOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.programmes.messages.own_words import OwnWords
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.batches import Batch
    from luotsi.programmes.models.lists import ImportRun
    from luotsi.programmes.models.participations import Participation


def decided(application: Application, words: OwnWords | None = None) -> Letter:
    """Accepted, on the waiting list, or not accepted: in the coordinator's own words, or in the ordinary ones."""
    state = ApplicationState(application.state)
    subject, lines = words.said_to(application) if words else ordinary_words(application, state)
    return Letter(
        kind=f"programmes.application_{application.state}",
        subject=subject,
        lines=lines,
        action_label=_("Look at my application"),
        action_path=f"/my/applications/{application.ref}/",
        is_necessary=True,
    )


def ordinary_words(application: Application, state: ApplicationState) -> tuple[str, list[str]]:
    """What a decision says by itself, in the active language: its subject and its paragraphs."""
    return {
        ApplicationState.ACCEPTED: _accepted,
        ApplicationState.WAITLISTED: _waitlisted,
        ApplicationState.DECLINED: _declined,
    }[state](application)


def to_applicant(application: Application, words: OwnWords, *, is_necessary: bool) -> Letter:
    """What a coordinator writes to somebody who has applied."""
    subject, lines = words.said_to(application)
    return Letter(
        kind="programmes.letter",
        subject=subject,
        lines=lines,
        action_label=_("Look at my application"),
        action_path=f"/my/applications/{application.ref}/",
        is_necessary=is_necessary,
    )


def _accepted(application: Application) -> tuple[str, list[str]]:
    programme = str(application.round.programme.name)
    if application.role == ApplicationRole.BOTH:
        part = _("You have a place as a mentee in the programme %(programme)s, and you are a mentor in it, too.")
    elif application.role == ApplicationRole.MENTOR:
        part = _("You are a mentor in the programme %(programme)s. Thank you for giving your time.")
    else:
        part = _("You have a place as a mentee in the programme %(programme)s.")
    return _("You are in: %(programme)s") % {"programme": programme}, [
        part % {"programme": programme},
        _("Next we look for somebody who suits you. You will see who it is and why."),
        _("Mentoring begins when both say yes."),
        _("You need not do anything now."),
    ]


def _waitlisted(application: Application) -> tuple[str, list[str]]:
    programme = str(application.round.programme.name)
    return _("You are on the waiting list: %(programme)s") % {"programme": programme}, [
        _("There are more people than places in the programme %(programme)s. You are on the waiting list.")
        % {"programme": programme},
        _("We write to you when a place becomes free. If you do not want to wait, you can withdraw your application."),
    ]


def _declined(application: Application) -> tuple[str, list[str]]:
    programme = str(application.round.programme.name)
    return _("Your application to %(programme)s") % {"programme": programme}, [
        _("This time we cannot offer you a place in the programme %(programme)s.") % {"programme": programme},
        _("Thank you for applying. You are welcome to apply again when a new programme opens."),
    ]


def list_read(run: ImportRun, counts: Mapping[str, int]) -> Letter:
    """A list has been read; nobody has been taken from it yet."""
    good = counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED]
    return Letter(
        kind="programmes.list_read",
        subject=_("The list %(file)s has been read") % {"file": run.file_name},
        lines=[
            ngettext("%(count)s row can be taken.", "%(count)s rows can be taken.", good) % {"count": good},
            ngettext(
                "%(count)s row has something to mend.",
                "%(count)s rows have something to mend.",
                counts[RowOutcome.REFUSED],
            )
            % {"count": counts[RowOutcome.REFUSED]},
            _("Nobody has been taken yet: look at the list first."),
        ],
        action_label=_("Look at the list"),
        action_path=_path(run),
    )


def many_handled(batch: Batch, done: int, refused: int) -> Letter:
    """A decision or a letter for many has gone to its end."""
    return Letter(
        kind="programmes.many_handled",
        subject=_("Many applications at once: done in %(programme)s") % {"programme": str(batch.programme.name)},
        lines=[
            ngettext("%(count)s application was handled.", "%(count)s applications were handled.", done)
            % {"count": done},
            ngettext("%(count)s could not be handled.", "%(count)s could not be handled.", refused)
            % {"count": refused},
        ],
        action_label=_("See what was done"),
        action_path=f"/programmes/{batch.programme.ref}/many/{batch.ref}/",
    )


def funder_data(participation: Participation, moment: DataMoment) -> Letter:
    """The funder wants to know who takes part; the participant tells it in the funder's own service."""
    programme = participation.programme
    first = {
        DataMoment.START: _("The programme %(programme)s is paid for by a project that tells its funder who begins."),
        DataMoment.END: _(
            "The programme %(programme)s is paid for by a project that tells its funder who has finished."
        ),
    }[moment]
    return Letter(
        kind="programmes.funder_data",
        subject=_("Give your data to the funder: %(programme)s") % {"programme": str(programme.name)},
        lines=[
            first % {"programme": str(programme.name)},
            _("Give your data in the funder's own service. We never see it."),
            _("When you have done it, tick it here, so that nobody needs to remind you."),
        ],
        action_label=_("Open the page"),
        action_path=f"/my/parts/{participation.ref}/",
        is_necessary=True,
    )


def list_waits(run: ImportRun) -> Letter:
    """Columns that are needed were not found, and some headings are not understood."""
    return Letter(
        kind="programmes.list_waits",
        subject=_("The list %(file)s waits for you") % {"file": run.file_name},
        lines=[_("Some of its columns were not understood. Say what they mean, and it is read on.")],
        action_label=_("Look at the list"),
        action_path=_path(run),
    )


def list_refused(run: ImportRun) -> Letter:
    return Letter(
        kind="programmes.list_refused",
        subject=_("The list %(file)s could not be read") % {"file": run.file_name},
        lines=[_("Nothing has been taken from it. The page of the list says what is wrong and how to mend it.")],
        action_label=_("Look at the list"),
        action_path=_path(run),
    )


def list_taken(run: ImportRun, counts: Mapping[str, int]) -> Letter:
    """A list has been taken to its end."""
    taken, changed = counts[RowOutcome.TAKEN], counts[RowOutcome.CHANGED]
    return Letter(
        kind="programmes.list_taken",
        subject=_("The list %(file)s has been taken") % {"file": run.file_name},
        lines=[
            ngettext("%(count)s new application came in.", "%(count)s new applications came in.", taken)
            % {"count": taken},
            ngettext("%(count)s application was changed.", "%(count)s applications were changed.", changed)
            % {"count": changed},
            ngettext("%(count)s row was not taken.", "%(count)s rows were not taken.", counts[RowOutcome.REFUSED])
            % {"count": counts[RowOutcome.REFUSED]},
        ],
        action_label=_("Look at the list"),
        action_path=_path(run),
    )


def _path(run: ImportRun) -> str:
    return f"/programmes/{run.round.programme.ref}/imports/{run.ref}/"
