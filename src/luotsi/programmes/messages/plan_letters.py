"""Letters about partners and the plan that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.comms.models import Letter

if TYPE_CHECKING:
    from luotsi.programmes.models.partners import Partner
    from luotsi.programmes.queries.plans import Standing


def named_contact(partner: Partner) -> Letter:
    """Somebody speaks for a partner from now on."""
    named = {"organisation": partner.organisation.name, "programme": partner.programme.name}
    return Letter(
        kind="programmes.contact_named",
        subject=_("You are a contact in the programme %(programme)s") % named,
        lines=[
            _("You speak for %(organisation)s in the programme %(programme)s.") % named,
            _("You see the action plan that the partners share, and can comment on it and approve it."),
            _("You sign in with this e-mail address: ask for a link on the sign-in page. No password is needed."),
        ],
        action_label=_("Look at the plan"),
        action_path=_path(partner),
        is_necessary=True,
    )


def named_sponsor(partner: Partner) -> Letter:
    """Somebody in the management stands behind the programme."""
    named = {"organisation": partner.organisation.name, "programme": partner.programme.name}
    return Letter(
        kind="programmes.sponsor_named",
        subject=_("You are the sponsor of the programme %(programme)s") % named,
        lines=[
            _("You were named as the one in the management of %(organisation)s who stands behind this programme.")
            % named,
            _("You see the action plan, can approve it, and set what your organisation wants of the programme."),
            _("You sign in with this e-mail address: ask for a link on the sign-in page. No password is needed."),
        ],
        action_label=_("Look at the plan"),
        action_path=_path(partner),
        is_necessary=True,
    )


def asked_again(standing: Standing) -> Letter:
    """The plan is not any more as it was approved."""
    partner, count = standing.partner, len(standing.differences)
    named = {"organisation": partner.organisation.name, "programme": partner.programme.name, "count": count}
    return Letter(
        kind="programmes.plan_changed",
        subject=_("The plan of %(programme)s has changed") % named,
        lines=[
            ngettext(
                "%(organisation)s has approved the plan. Since then %(count)s thing has changed in it.",
                "%(organisation)s has approved the plan. Since then %(count)s things have changed in it.",
                count,
            )
            % named,
            _("The page shows what it was and what it is now. Approve the plan again, or write a comment on it."),
        ],
        action_label=_("Look at what changed"),
        action_path=f"{_path(partner)}partners/{partner.ref}/approve/",
    )


def _path(partner: Partner) -> str:
    return f"/partner/programmes/{partner.programme.ref}/"
