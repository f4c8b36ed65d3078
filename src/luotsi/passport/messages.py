"""What people are told about marks: letters to those who earn them, and a verdict in words for whoever checks one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.comms.models import Letter
from luotsi.passport.credentials.verdicts import Code, Outcome, State
from luotsi.web.components import Check

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from luotsi.passport.credentials.verdicts import CredentialFacts, Verdict
    from luotsi.passport.models import Claim


def claim_offered(claim: Claim) -> Letter:
    return Letter(
        kind="passport.claim_offered",
        subject=_("You can claim a mark: %(mark)s") % {"mark": claim.mark.name},
        lines=[
            _("What you did in mentoring is evidence for a mark in your working-life passport."),
            _("Tell in your own words what you did and learned, and hand it in. An assessor looks at it."),
        ],
        action_label=_("Open the claim"),
        action_path=reverse("passport:claim", args=[claim.ref]),
    )


def claim_returned(claim: Claim) -> Letter:
    return Letter(
        kind="passport.claim_returned",
        subject=_("Your claim needs something more: %(mark)s") % {"mark": claim.mark.name},
        lines=[
            _("An assessor has looked at your claim and written what is still missing. You can add it at any time.")
        ],
        action_label=_("See what is missing"),
        action_path=reverse("passport:claim", args=[claim.ref]),
    )


def mark_awarded(claim: Claim) -> Letter:
    return Letter(
        kind="passport.mark_awarded",
        subject=_("You have a new mark: %(mark)s") % {"mark": claim.mark.name},
        lines=[
            _("Congratulations! The mark is in your passport, signed."),
            _("You can download it. Anybody to whom you show it can verify it without asking us."),
        ],
        action_label=_("Open the mark"),
        action_path=reverse("passport:claim", args=[claim.ref]),
    )


# --- a verdict in words

ANSWERS: dict[Outcome, Promise] = {
    Outcome.YES: gettext_lazy("This mark is genuine and valid"),
    Outcome.NO: gettext_lazy("This is not a valid mark"),
    Outcome.UNKNOWN: gettext_lazy("We cannot say whether this mark is genuine"),
}

NAMES: dict[str, Promise] = {
    "document": gettext_lazy("The file can be read"),
    "schema": gettext_lazy("It is an Open Badge"),
    "subject": gettext_lazy("It says whose it is"),
    "proof": gettext_lazy("The seal"),
    "validity": gettext_lazy("The dates"),
    "status": gettext_lazy("Whether it has been revoked"),
    "endorsements": gettext_lazy("What others say about it"),
    "declared_schema": gettext_lazy("Its own form"),
}

WORDS: dict[Code, Promise] = {
    Code.READABLE: gettext_lazy("The file is whole."),
    Code.WELL_FORMED: gettext_lazy("Everything that an Open Badge needs is there."),
    Code.SUBJECT_NAMED: gettext_lazy("The holder is named by a number that only the holder can explain."),
    Code.SEAL_HOLDS: gettext_lazy("Not a letter has been changed since the issuer signed it."),
    Code.IN_FORCE: gettext_lazy("It is valid today."),
    Code.NO_STATUS: gettext_lazy("The mark has no revocation list: it stays valid."),
    Code.TOO_LARGE: gettext_lazy("The file is larger than 1 MB. A mark is much smaller; choose the right file."),
    Code.NOT_TEXT: gettext_lazy("The file is not text. Choose the JSON file of the mark."),
    Code.NOT_JSON: gettext_lazy("The file is not whole JSON. Ask the holder to download it again."),
    Code.NOT_AN_OBJECT: gettext_lazy("The file is JSON, but not a mark."),
    Code.NAME_TWICE: gettext_lazy("The file says the same thing twice, so it can be read in two ways."),
    Code.BAD_CHARACTER: gettext_lazy("The file has a character that text cannot have."),
    Code.INEXACT_NUMBER: gettext_lazy("The file has a number that cannot be read exactly."),
    Code.TOO_DEEP: gettext_lazy("The file is built deeper than any mark is."),
    Code.TOO_MANY_VALUES: gettext_lazy("The file holds more than any mark does."),
    Code.TOO_MUCH_WORK: gettext_lazy("The file is built so that checking it would take for ever."),
    Code.EMPTY_VALUE: gettext_lazy("Something in the file is named but left empty."),
    Code.RAW_SYNTAX: gettext_lazy("The file is written in a way that marks are not."),
    Code.SPLIT: gettext_lazy("The file speaks of itself in two places, so part of it could be hidden."),
    Code.BAD_ADDRESS: gettext_lazy("The file names something by an address that is none."),
    Code.BAD_MEANING: gettext_lazy("The file gives words a meaning that they do not have."),
    Code.OWN_CONTEXT: gettext_lazy("The file explains its own words, so its meaning cannot be trusted."),
    Code.UNKNOWN_CONTEXT: gettext_lazy("The file uses words that we do not know the meaning of."),
    Code.MISSING: gettext_lazy("Something that a mark needs is missing."),
    Code.WRONG_VALUE: gettext_lazy("Something in the mark is not as it must be."),
    Code.OLD_VERSION: gettext_lazy("This is an older kind of mark, which we do not check yet."),
    Code.UNKNOWN_KIND: gettext_lazy("This is a credential, but not an Open Badge."),
    Code.SUBJECT_NOT_NAMED: gettext_lazy("The mark does not say whose it is."),
    Code.NO_SEAL: gettext_lazy("Nobody has signed it."),
    Code.NOT_SEALED: gettext_lazy("Part of it is outside the seal: somebody may have added it."),
    Code.SEAL_BROKEN: gettext_lazy("It has been changed after it was signed, or signed by somebody else."),
    Code.SEAL_NOT_SUPPORTED: gettext_lazy("It is sealed in a way that we do not check yet."),
    Code.SEAL_INCOMPLETE: gettext_lazy("The seal is not whole."),
    Code.SEAL_EXPIRED: gettext_lazy("The seal was valid for a time that is over."),
    Code.SEAL_FROM_THE_FUTURE: gettext_lazy("It is signed with a date that has not come yet."),
    Code.WRONG_PURPOSE: gettext_lazy("The seal was made for another purpose."),
    Code.KEY_OF_ANOTHER: gettext_lazy("It is signed with a key that is not the issuer's."),
    Code.ISSUER_NOT_TRACEABLE: gettext_lazy("The issuer is named in a way that leads to no key."),
    Code.KEY_UNKNOWN: gettext_lazy("We do not know the issuer's key. Another verifier may."),
    Code.KEY_UNUSABLE: gettext_lazy("The issuer's key cannot be used."),
    Code.KEY_NOT_YET: gettext_lazy("It is signed with a key that was not in use yet."),
    Code.KEY_RETIRED: gettext_lazy("It is signed with a key that had been retired."),
    Code.NOT_YET_VALID: gettext_lazy("It becomes valid later."),
    Code.EXPIRED: gettext_lazy("It was valid, and its time is over."),
    Code.STATUS_NOT_CHECKED: gettext_lazy("The issuer's revocation list was not checked."),
    Code.ENDORSEMENTS_NOT_CHECKED: gettext_lazy("They were not checked."),
    Code.SCHEMA_NOT_CHECKED: gettext_lazy("It was not checked."),
}
STATES = {State.HELD: "ok", State.FAILED: "no", State.UNCHECKED: "todo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A verdict as a page shows it."""

    outcome: Outcome
    answer: Promise
    checks: tuple[Check, ...]
    facts: CredentialFacts | None

    @property
    def is_yes(self) -> bool:
        return self.outcome == Outcome.YES


def told(verdict: Verdict) -> Told:
    """The verdict in words: what held, what did not, what could not be checked."""
    checks = tuple(
        Check(title=NAMES[check.name], text=WORDS[check.code], state=STATES[check.state])
        for check in verdict.checks
        if check.code != Code.NOT_REACHED
    )
    return Told(outcome=verdict.outcome, answer=ANSWERS[verdict.outcome], checks=checks, facts=verdict.facts)
