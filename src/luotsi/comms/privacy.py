"""What comms holds about a person: what was told to and about them, and what they want by e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms import queries, services
from luotsi.core.privacy import Held, day_of

if TYPE_CHECKING:
    from luotsi.comms.requests import Reader
    from luotsi.core.actors import Actor

COVERS = frozenset(
    {
        "comms.Message.recipient_ref",
        "comms.Mention.mentioned_ref",
        "comms.Preference.recipient_ref",
        "comms.CalendarEntry.recipient_ref",
        "comms.CalendarEntry.about_ref",
        "comms.CalendarFeed.recipient_ref",
    }
)


def collect(person: Reader) -> list[Held]:
    """Every message, with the addresses that it was sent to, the preferences, and what is in the calendar."""
    messages = [
        {
            _("Date"): day_of(message.created_at),
            _("Subject"): message.subject,
            _("Text"): "\n\n".join(message.lines),
            _("E-mail"): ", ".join(delivery.address for delivery in message.deliveries.all()),
        }
        for message in queries.messages_for(person.ref).prefetch_related("deliveries")
    ]
    preferences = [
        {_("Messages"): str(group.label), _("By e-mail"): str(choice.label)}
        for group, choice in queries.preferences_for(person.ref).items()
    ]
    calendar = [
        {
            _("Date"): entry.starts_local.date().isoformat() if entry.starts_local else str(entry.on),
            _("Name"): entry.name,
            _("Place"): entry.place,
        }
        for entry in queries.all_in_calendar_of(person.ref)
    ]
    held = [Held(title=_("My messages"), rows=messages), Held(title=_("What comes by e-mail"), rows=preferences)]
    return [*held, Held(title=_("My calendar"), rows=calendar)] if calendar else held


def erase(person: Reader, *, by: Actor) -> None:  # noqa: ARG001 -- the same for every module; the account's erasure is what the log keeps
    """Messages to and about the person go, and so do mails that still wait."""
    services.forget_recipient(person.ref, addresses=queries.addresses_of(person.ref))
