"""What people are told about accounts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms.models import Letter

if TYPE_CHECKING:
    from luotsi.people.models import Invitation


def invited(invitation: Invitation, secret: str) -> Letter:
    place = str(invitation.organisation or invitation.network)
    return Letter(
        kind="people.invited",
        subject=_("You are invited to %(place)s in Luotsi") % {"place": place},
        lines=[
            _("%(place)s invites you to Luotsi. Your role is: %(role)s.")
            % {"place": place, "role": invitation.get_role_display()},
            _("The link below is yours alone. It works for 14 days."),
            _("If you were not expecting this, you need not do anything."),
        ],
        action_label=_("Look at the invitation"),
        action_path=f"/join/{secret}/",
        is_necessary=True,
        is_secret=True,
    )


def sign_in_link(secret: str) -> Letter:
    return Letter(
        kind="people.sign_in_link",
        subject=_("Your link to Luotsi"),
        lines=[
            _("Somebody, most likely you, asked for a link to sign in to Luotsi."),
            _("The link works once and for 30 minutes."),
            _("If you did not ask for it, you need not do anything: without the link nobody gets in."),
        ],
        action_label=_("Sign in to Luotsi"),
        action_path=f"/sign-in/link/{secret}/",
        is_necessary=True,
        is_secret=True,
    )


def role_granted(place: str, role: str) -> Letter:
    return Letter(
        kind="people.role_granted",
        subject=_("You have a new role in Luotsi"),
        lines=[_("Your role in %(place)s is now: %(role)s.") % {"place": place, "role": role}],
        action_label=_("Go to my home page"),
        action_path="/home/",
        is_necessary=False,
    )
