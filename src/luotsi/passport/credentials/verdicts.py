"""What a check says: stable words that a page turns into sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Outcome(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class State(StrEnum):
    HELD = "held"
    FAILED = "failed"
    UNCHECKED = "unchecked"


class Code(StrEnum):
    """One word for each thing that can be said. The comment names the facts that come with it."""

    READABLE = "readable"
    WELL_FORMED = "well_formed"
    SUBJECT_NAMED = "subject_named"
    SEAL_HOLDS = "seal_holds"  # method
    IN_FORCE = "in_force"
    NO_STATUS = "no_status"

    TOO_LARGE = "too_large"  # limit: bytes
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NAME_TWICE = "name_twice"  # name
    BAD_CHARACTER = "bad_character"
    INEXACT_NUMBER = "inexact_number"  # number
    EMPTY_VALUE = "empty_value"  # name
    TOO_DEEP = "too_deep"
    TOO_MANY_VALUES = "too_many_values"
    TOO_MUCH_WORK = "too_much_work"
    OWN_CONTEXT = "own_context"
    UNKNOWN_CONTEXT = "unknown_context"  # context
    RAW_SYNTAX = "raw_syntax"  # name
    SPLIT = "split"

    MISSING = "missing"  # where
    WRONG_VALUE = "wrong_value"  # where
    OLD_VERSION = "old_version"
    UNKNOWN_KIND = "unknown_kind"

    SUBJECT_NOT_NAMED = "subject_not_named"

    NO_SEAL = "no_seal"
    NOT_SEALED = "not_sealed"  # name
    BAD_ADDRESS = "bad_address"  # address
    BAD_MEANING = "bad_meaning"
    SEAL_BROKEN = "seal_broken"
    SEAL_NOT_SUPPORTED = "seal_not_supported"  # suite
    SEAL_INCOMPLETE = "seal_incomplete"  # where
    SEAL_EXPIRED = "seal_expired"
    SEAL_FROM_THE_FUTURE = "seal_from_the_future"
    WRONG_PURPOSE = "wrong_purpose"
    KEY_OF_ANOTHER = "key_of_another"  # method, issuer
    ISSUER_NOT_TRACEABLE = "issuer_not_traceable"  # issuer
    KEY_UNKNOWN = "key_unknown"  # method
    KEY_UNUSABLE = "key_unusable"  # method
    KEY_NOT_YET = "key_not_yet"  # method
    KEY_RETIRED = "key_retired"  # method

    NOT_YET_VALID = "not_yet_valid"  # valid_from
    EXPIRED = "expired"  # valid_until

    STATUS_NOT_CHECKED = "status_not_checked"
    ENDORSEMENTS_NOT_CHECKED = "endorsements_not_checked"
    SCHEMA_NOT_CHECKED = "schema_not_checked"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    state: State
    code: Code
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFacts:
    """What the document says of itself. Only a `yes` makes it true."""

    id: str | None
    kind: str
    issuer_id: str
    issuer_name: str | None
    subject_id: str | None
    achievement_id: str | None
    achievement_name: str | None
    language: str | None
    awarded: datetime | None
    valid_from: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`checks` stand in the order in which they were made. `facts` is None when nothing could be read."""

    outcome: Outcome
    checks: tuple[Check, ...]
    facts: CredentialFacts | None

    def check(self, name: str) -> Check:
        """Raises KeyError for a check that was not part of this verdict."""
        for check in self.checks:
            if check.name == name:
                return check
        raise KeyError(name)


class CredentialError(Exception):
    """Why a document was not taken on. `facts` fill the sentence of `code`."""

    def __init__(self, code: Code, **facts: str) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class BrokenError(CredentialError):
    """The document is wrong: the answer is no."""


class UncheckableError(CredentialError):
    """Nobody here can say: the answer is neither yes nor no."""
