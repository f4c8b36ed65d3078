"""The applicants' sheet: which columns it has, and what one checked row says.

The sheet may be in Finnish, Swedish or English, its columns in any order. `core.tables` reads the cells; here a row's
values become an Applicant, or Remarks that say what is wrong. Codes are stable: the interface has a sentence for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from luotsi.core.tables.cells import parse_date, parse_yes_no
from luotsi.core.tables.columns import Column, Kind
from luotsi.core.tables.faults import CellError, FaultCode, shown
from luotsi.core.tables.guards import is_risky
from luotsi.people.formats.regions import REGIONS
from luotsi.programmes.formats.answers import Answers, answers_from_json, answers_to_json, read_skills, with_musts
from luotsi.programmes.formats.vocabulary import ROLES, SHOWN_IN, languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from luotsi.core.tables.columns import Value
    from luotsi.core.tables.faults import Fault
    from luotsi.core.tables.reading import Row

MOST_PLACES: Final = 50
MOST_YEARS: Final = 80
LONGEST_NAME: Final = 100
LONGEST_TEXT: Final = 200
MOST_SKILLS: Final = 50

NAMES: Final[Mapping[str, tuple[str, str, str]]] = {
    "given_name": ("Etunimi", "Förnamn", "Given name"),
    "family_name": ("Sukunimi", "Efternamn", "Family name"),
    "email": ("Sähköposti", "E-post", "E-mail"),
    "role": ("Rooli", "Roll", "Role"),
    "languages": ("Kielet", "Språk", "Languages"),
    "region": ("Maakunta", "Landskap", "Region"),
    "organisation": ("Organisaatio", "Organisation", "Organisation"),
    "offers": ("Taidot (tarjolla)", "Färdigheter (erbjuds)", "Skills (offered)"),
    "needs": ("Taidot (tarve)", "Färdigheter (behövs)", "Skills (needed)"),
    "musts": ("Ehdottomat", "Nödvändiga", "Must have"),
    "places": ("Paikat", "Platser", "Places"),
    "is_remote": ("Etäyhteys", "Distans", "Remote"),
    "is_minor": ("Alaikäinen", "Minderårig", "Minor"),
    "is_vetted": ("Rikosrekisteriote tarkistettu", "Straffregisterutdrag granskat", "Criminal record extract checked"),
    "submitted_on": ("Ilmoittautunut", "Anmäld", "Registered"),
    "experience": ("Vuosia työelämässä", "År i arbetslivet", "Years in working life"),
    "external_id": ("Tunniste", "ID", "ID"),
}
"""What each column is called in Finnish, Swedish and English."""

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "given_name": ("First name",),
    "family_name": ("Last name", "Surname"),
    "email": ("Sähköpostiosoite", "E-postadress", "Email", "E-mail address", "Email address"),
    "languages": ("Kieli", "Kieli/Kielet", "Kieli/kielet", "Language"),
    "organisation": ("Työpaikka", "Oppilaitos", "Arbetsplats", "Workplace", "Organization"),
    "is_remote": ("Etäyhteys sopii", "Distans passar", "Remote is fine"),
    "submitted_on": ("Ilmoittautumispäivä", "Anmälningsdag", "Registered on"),
    "external_id": ("Tunniste/ID", "Id-tunniste", "Identifierare", "Identifier"),
}
_KINDS: Final = {
    "email": Kind.EMAIL,
    "role": Kind.CHOICE,
    "languages": Kind.LIST,
    "region": Kind.CHOICE,
    "offers": Kind.LIST,
    "needs": Kind.LIST,
    "musts": Kind.LIST,
    "places": Kind.WHOLE,
    "is_remote": Kind.YES_NO,
    "is_minor": Kind.YES_NO,
    "submitted_on": Kind.DATE,
    "experience": Kind.WHOLE,
}
_REQUIRED: Final = frozenset({"given_name", "family_name", "email", "role", "languages"})


class RowFault(StrEnum):
    """What can be wrong with a row beside what `core.tables` finds in its cells. NOTES keep no row from being taken."""

    OUT_OF_RANGE = "out_of_range"  # facts: least, most
    TOO_LONG = "too_long"  # facts: most
    TOO_MANY = "too_many"  # facts: most
    LOOKS_LIKE_FORMULA = "looks_like_formula"
    MISSING_COLUMNS = "missing_columns"  # of the whole list; facts: columns, keys of NAMES
    TWICE = "twice"  # facts: row, where the address stands already
    TWICE_ID = "twice_id"  # facts: row, where the identifier stands already
    ID_OF_ANOTHER = "id_of_another"  # the address is one application's, the identifier another's
    DECIDED = "decided"
    NOT_TAKEN = "not_taken"  # when it came to be taken
    CHANGED_MEANWHILE = "changed_meanwhile"
    NO_LONGER_OPEN = "no_longer_open"
    UNKNOWN_ORGANISATION = "unknown_organisation"  # note
    OTHER_ADDRESS = "other_address"  # note: the identifier is an application's, the address is not its person's
    NOT_ASKED = "not_asked"  # note
    STATE_NOT_TAKEN = "state_not_taken"  # note


NOTES: Final = frozenset(
    {RowFault.UNKNOWN_ORGANISATION, RowFault.OTHER_ADDRESS, RowFault.NOT_ASKED, RowFault.STATE_NOT_TAKEN}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is wrong, or only worth knowing, about a row. `column`: the key of one; empty: the whole row is meant."""

    code: str
    column: str = ""
    value: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        return self.code in NOTES

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "column": self.column, "value": self.value, "facts": dict(self.facts)}

    @classmethod
    def from_json(cls, form: Mapping[str, Any]) -> Remark:
        return cls(**form)

    @classmethod
    def of(cls, fault: Fault) -> Remark:
        return cls(code=fault.code.value, column=fault.column, value=fault.value, facts=dict(fault.facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One good row. `submitted_on` is None when the sheet does not say.

    `told`: answers to the model's own questions by their key, as core.questions keeps them; "" where a cell is blank.
    """

    given_name: str
    family_name: str
    email: str
    role: str
    submitted_on: date | None
    answers: Answers
    external_id: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)


def applicant_to_json(applicant: Applicant) -> dict[str, Any]:
    return {
        "given_name": applicant.given_name,
        "family_name": applicant.family_name,
        "email": applicant.email,
        "role": applicant.role,
        "submitted_on": applicant.submitted_on.isoformat() if applicant.submitted_on else None,
        "answers": answers_to_json(applicant.answers),
        "external_id": applicant.external_id,
        "told": dict(applicant.told),
    }


def applicant_from_json(form: Mapping[str, Any]) -> Applicant:
    day = form["submitted_on"]
    parts = {"submitted_on": date.fromisoformat(day) if day else None, "answers": answers_from_json(form["answers"])}
    return Applicant(**{**form, **parts})


def columns() -> tuple[Column, ...]:
    """What the sheet may hold, for `core.tables`."""
    choices = {
        "role": ROLES,
        "languages": languages(),
        "region": {code: (*names, str(int(code))) for code, names in REGIONS.items()},
    }
    return tuple(
        Column(
            key=key,
            headers=tuple(dict.fromkeys((*names, *_ALSO.get(key, ())))),
            kind=_KINDS.get(key, Kind.TEXT),
            required=key in _REQUIRED,
            choices=choices.get(key, {}),
        )
        for key, names in NAMES.items()
    )


def name_of_column(key: str, language: str) -> str:
    """What a column is called in fi, sv or en."""
    return NAMES[key][SHOWN_IN.index(language)]


def read_applicant(row: Row, trusted: frozenset[str] = frozenset()) -> Applicant | tuple[Remark, ...]:
    """The applicant that a row tells of, or everything that is wrong with it.

    What stands in the columns `trusted` is not looked at: whoever calls puts something else in its place. Answers to
    the model's own questions are not read here.
    """
    values = row.values
    remarks = (*(Remark.of(fault) for fault in row.faults), *_remarks(values))
    if found := tuple(remark for remark in remarks if remark.column not in trusted or not remark.column):
        return found
    needs, musts = read_skills(_list(values, "needs")), read_skills(_list(values, "musts"))
    return Applicant(
        given_name=_text(values, "given_name"),
        family_name=_text(values, "family_name"),
        email=_text(values, "email"),
        role=_text(values, "role"),
        submitted_on=values.get("submitted_on"),  # type: ignore[arg-type]  # a DATE column holds a date or None
        answers=Answers(
            languages=_list(values, "languages"),
            region=_text(values, "region"),
            organisation=_text(values, "organisation"),
            offers=read_skills(_list(values, "offers")),
            needs=with_musts(needs, musts),
            musts=frozenset(skill.key for skill in musts),
            places=_number(values, "places", 1),
            is_remote=bool(values.get("is_remote")),
            is_minor=bool(values.get("is_minor")),
            is_vetted="is_vetted" not in trusted and _is_checked(_text(values, "is_vetted")),
            experience=_number(values, "experience", None),
        ),
        external_id=_text(values, "external_id"),
    )


def typed_cells(row: Row) -> dict[str, str]:
    """The row's cells as text that the sheet would take again: what could not be read as it was typed, shortened."""
    cells = {key: _spelled(value) for key, value in row.values.items()}
    return cells | {fault.column: fault.value for fault in row.faults if fault.column}


def _spelled(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    return "" if value is None else str(value)


def _remarks(values: Mapping[str, Value]) -> Iterator[Remark]:
    yield from _remarks_on_texts(values)
    yield from _remarks_on_skills(values)
    for key, least, most in (("places", 1, MOST_PLACES), ("experience", 0, MOST_YEARS)):
        number = _number(values, key, None)
        if number is not None and not least <= number <= most:
            yield Remark(
                code=RowFault.OUT_OF_RANGE, column=key, value=str(number), facts={"least": least, "most": most}
            )
    try:
        _is_checked(_text(values, "is_vetted"))
    except CellError as error:
        yield Remark(code=error.code.value, column="is_vetted", value=shown(_text(values, "is_vetted")))


def _remarks_on_texts(values: Mapping[str, Value]) -> Iterator[Remark]:
    for key in ("given_name", "family_name", "organisation", "external_id"):
        text, most = _text(values, key), LONGEST_TEXT if key == "organisation" else LONGEST_NAME
        if is_risky(text):
            yield Remark(code=RowFault.LOOKS_LIKE_FORMULA, column=key, value=shown(text))
        elif len(text) > most:
            yield Remark(code=RowFault.TOO_LONG, column=key, value=shown(text), facts={"most": most})


def _remarks_on_skills(values: Mapping[str, Value]) -> Iterator[Remark]:
    for key in ("offers", "needs", "musts"):
        if len(_list(values, key)) > MOST_SKILLS:
            yield Remark(code=RowFault.TOO_MANY, column=key, facts={"most": MOST_SKILLS})
        for name in _list(values, key):
            if len(name) > LONGEST_NAME:
                yield Remark(code=RowFault.TOO_LONG, column=key, value=shown(name), facts={"most": LONGEST_NAME})


def _is_checked(text: str) -> bool:
    """The day on which it was checked, or yes or no. Raises CellError for anything else."""
    if not text:
        return False
    try:
        return parse_yes_no(text)
    except CellError:
        try:
            return bool(parse_date(text))
        except CellError as error:
            if error.code == FaultCode.NOT_A_DATE:
                raise CellError(FaultCode.NOT_YES_OR_NO) from None
            raise


def _text(values: Mapping[str, Value], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _list(values: Mapping[str, Value], key: str) -> tuple[str, ...]:
    found = values.get(key)
    return found if isinstance(found, tuple) else ()


def _number(values: Mapping[str, Value], key: str, default: Any) -> Any:  # noqa: ANN401 -- int, or the default
    found = values.get(key)
    return found if isinstance(found, int) else default
