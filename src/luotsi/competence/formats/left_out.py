"""Which texts of the source are left out of a framework, and why: the rules by name, in one table."""

from __future__ import annotations

import re

from luotsi.competence.formats.values import Reason

_STEP = re.compile(r"\.([^.\[]+)")

# The key nearest to the text decides; a key that is not here says nothing.
_REASONS = {
    "ammattitaidonOsoittamistavat": Reason.DEMONSTRATION,
    "arviointiAsteikko": Reason.SCALE_NAME,
    "osaamistaso": Reason.SCALE_NAME,
    "lisatiedot": Reason.ASSESSMENT_NOTE,
    "osaamisenarviointi": Reason.ASSESSMENT_NOTE,
    "osaamisenarviointiTekstina": Reason.ASSESSMENT_NOTE,
    "arvioinninKuvaus": Reason.ASSESSMENT_NOTE,
    "tunnustaminen": Reason.RECOGNITION,
    "koodi": Reason.REPETITION,
    "nimiKoodi": Reason.REPETITION,
    "kielikoodi": Reason.CLASSIFICATION,
    "perusteenOsa": Reason.REPETITION,
    "suoritustavat": Reason.STRUCTURE,
    "rakenne": Reason.STRUCTURE,
    "sisalto": Reason.CHAPTER,
    "lapset": Reason.CHAPTER,
    "vapaatTekstit": Reason.CHAPTER,
    "tutkintoonvalmentava": Reason.CHAPTER,
    "keskeinenSisalto": Reason.CONTENT,
    "laajaAlaisenOsaamisenKuvaus": Reason.CONTENT,
    "tyotehtavatJoissaVoiToimia": Reason.QUALIFICATION,
    "suorittaneenOsaaminen": Reason.QUALIFICATION,
    "tietoapalvelustaKuvaus": Reason.QUALIFICATION,
    "koulutukset": Reason.CLASSIFICATION,
    "osaamisalat": Reason.CLASSIFICATION,
    "tutkintonimikkeet": Reason.CLASSIFICATION,
    "tutkintonimikeKoodit": Reason.CLASSIFICATION,
    "kvLiite": Reason.ANNEX,
    "kvliite": Reason.ANNEX,
    "maarayskirje": Reason.DOCUMENT,
    "muutosmaaraykset": Reason.DOCUMENT,
    "poikkeamismaaraysTarkennus": Reason.DOCUMENT,
    "perusteenAikataulut": Reason.SCHEDULE,
    "korvattavatPerusteet": Reason.REPLACED,
    "oppaanPerusteet": Reason.REFERENCE,
    "alkuperainenPeruste": Reason.REFERENCE,
    "peruste": Reason.REFERENCE,
    "perusteProjekti": Reason.REFERENCE,
}

# Whatever stands anywhere below these is of their kind, be it called what it may.
_WHOLE = (
    *("sisalto", "suoritustavat", "kvLiite", "kvliite", "korvattavatPerusteet", "perusteenAikataulut"),
    *("tutkintoonvalmentava", "oppaanPerusteet", "alkuperainenPeruste"),
)


def reason_of(path: str) -> Reason | None:
    """The rule that leaves out a text at this path, None when no rule speaks of it."""
    keys = _STEP.findall(path)
    above = next((key for key in _WHOLE if key in keys), None)
    nearest = above or next((key for key in reversed(keys) if key in _REASONS), None)
    return None if nearest is None else _REASONS[nearest]
