"""Recipients and letters for tests."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from luotsi.comms.models import Letter, Recipient

AIJA = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
BO = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")


def recipient(**other) -> Recipient:
    return replace(Recipient(ref=AIJA, address="aija@example.org", language="en"), **other)


def letter(**other) -> Letter:
    usual = Letter(
        kind="matching.proposed",
        subject="You have a mentor",
        lines=["Åsa could be your mentor.", "Say what you think by Friday."],
        action_label="Look at the proposal",
        action_path="/my/proposals/1/",
    )
    return replace(usual, **other)
