"""The one way in which a file is refused."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why a file cannot be read. What to tell people is decided where the file came in."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    DUPLICATE_KEY = "duplicate_key"
    NOT_EPERUSTEET = "not_eperusteet"
    NO_CRITERIA = "no_criteria"
    UNSUPPORTED_KIND = "unsupported_kind"
    SEVERAL_FRAMEWORKS = "several_frameworks"
    LEVEL_NOT_ON_SCALE = "level_not_on_scale"
    TANGLED_MARKUP = "tangled_markup"
    NOT_YAML = "not_yaml"
    ALIAS = "alias"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    MISSING_LANGUAGE = "missing_language"
    WRONG_TYPE = "wrong_type"
    NOT_A_KEY = "not_a_key"
    REPEATED = "repeated"
    LEVELS_NOT_IN_ORDER = "levels_not_in_order"
    TOO_LONG = "too_long"
    UNFIT_CHARACTER = "unfit_character"
    EMPTY = "empty"
    NOT_ESCO = "not_esco"
    NOT_CSV = "not_csv"
    MISSING_COLUMN = "missing_column"
    DAMAGED_ARCHIVE = "damaged_archive"


class FormatError(Exception):
    """A file refused: `code` says why, `path` where (a JSON path, `$` for the whole), `facts` what a message needs.

    Facts hold keys, codes and numbers of the format; never texts of the file, which may name people.
    """

    def __init__(self, code: Fault, path: str = "$", **facts: str | int) -> None:
        super().__init__(f"{code} at {path}")
        self.code = code
        self.path = path
        self.facts = facts
