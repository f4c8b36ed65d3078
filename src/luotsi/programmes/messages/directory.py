"""Letters about what lies around programmes: news, enquiries, invitations to apply, the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.core.texts import TranslatedText
from luotsi.programmes.queries.descriptions import model_in

if TYPE_CHECKING:
    from luotsi.people.models import Person
    from luotsi.programmes.models.directory import Enquiry
    from luotsi.programmes.models.programmes import Programme


def confirm_news(token: str) -> Letter:
    return Letter(
        kind="programmes.confirm_news",
        subject=_("Do you want news of mentoring programmes?"),
        lines=[
            _("Somebody asked for news of coming programmes to this address. If it was you, confirm it."),
            _("If it was not you, do nothing: without a confirmation nothing comes, and we forget the address."),
        ],
        action_label=_("Confirm or stop"),
        action_path=f"/news/{token}/",
        is_necessary=True,
        is_secret=True,
    )


def news(programme: Programme, token: str) -> Letter:
    """`token` opens the page where the news can be stopped; the programme's own page needs no link with a secret."""
    model = model_in(programme.description)
    return Letter(
        kind="programmes.news",
        subject=_("A new programme: %(programme)s") % {"programme": programme.name},
        lines=[
            str(TranslatedText(model.summary)),
            str(programme.for_whom or TranslatedText(model.audience)),
            _("How to apply, who decides and how long it takes stands on the page of the programme."),
            _("To stop this news, open %(address)s") % {"address": f"{settings.SITE_ADDRESS}/news/{token}/"},
        ],
        action_label=_("Look at the programme"),
        action_path=f"/calls/{programme.ref}/",
    )


def enquiry_came(enquiry: Enquiry) -> Letter:
    return Letter(
        kind="programmes.enquiry_came",
        subject=_("%(organisation)s asks for a programme") % {"organisation": enquiry.organisation_name},
        lines=[_("An organisation wants to know about a programme of its own. Answer within two days if you can.")],
        action_label=_("Read and answer"),
        action_path=f"/enquiries/{enquiry.ref}/",
    )


def enquiry_received(enquiry: Enquiry) -> Letter:
    return Letter(
        kind="programmes.enquiry_received",
        subject=_("We have got your enquiry"),
        lines=[
            _("Thank you for asking. The coordinators of %(network)s read it and answer you to this address.")
            % {"network": enquiry.network.name},
        ],
        is_necessary=True,
    )


def enquiry_answered(enquiry: Enquiry, text: str, by: Person) -> Letter:
    return Letter(
        kind="programmes.enquiry_answered",
        subject=_("An answer to your enquiry from %(network)s") % {"network": enquiry.network.name},
        lines=[*(line for line in text.splitlines() if line.strip()), str(by)],
        is_necessary=True,
        mentions=[by.ref],
    )


def invited_to_apply(programme: Programme, by: Person) -> Letter:
    return Letter(
        kind="programmes.invited_to_apply",
        subject=_("You are invited to apply: %(programme)s") % {"programme": programme.name},
        lines=[
            _("%(name)s thought that this programme could be something for you.") % {"name": by},
            _("Whether you apply is up to you alone. Nobody but you learns of it if you do not."),
        ],
        action_label=_("Look at the programme"),
        action_path=f"/calls/{programme.ref}/",
        mentions=[by.ref],
    )


def asked_from_pool(programme: Programme) -> Letter:
    return Letter(
        kind="programmes.asked_from_pool",
        subject=_("Would you mentor again? %(programme)s") % {"programme": programme.name},
        lines=[
            _("You said that we may ask you again. The programme %(programme)s looks for mentors now.")
            % {"programme": programme.name},
            _("You can apply with what you told the last time, or rest for a while."),
        ],
        action_label=_("Answer"),
        action_path="/my/pool/",
    )
