"""Why a spreadsheet is not read: no code without a sentence, whoever reads the file."""

import pytest
from django.utils import translation

from luotsi.competence.services import sheets
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from luotsi.surveys.messages import faults
from luotsi.web.tables import TABLE_REFUSALS


def test_all_but_what_names_the_module_is_told_in_one_place() -> None:
    assert set(RefusalCode) - set(TABLE_REFUSALS) == {RefusalCode.EMPTY, RefusalCode.TOO_LARGE, RefusalCode.NO_HEADER}


@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_is_told_also_when_a_fact_is_missing(code: RefusalCode) -> None:
    for told in (sheets.told_of_table, faults.refusal_text):
        assert len(told(TableRefusedError(code))) > 20
        assert "%(" not in told(TableRefusedError(code))


def test_a_framework_or_questions_handed_in_as_a_pdf_are_told_so() -> None:
    with translation.override("fi"):
        told = [tell(TableRefusedError(RefusalCode.PDF)) for tell in (sheets.told_of_table, faults.refusal_text)]

    assert told == ["Tämä on PDF. Tallenna itse taulukko .xlsx- tai CSV-tiedostona."] * 2
