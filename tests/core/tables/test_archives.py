import tracemalloc
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_LZMA, ZipFile

import pytest

from luotsi.core.tables.limits import DEFAULT_LIMITS
from luotsi.core.tables.reading import read_table
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from tests.core.tables.samples import (
    APPLICANTS,
    WORKSHEET,
    deflated,
    deflated_zeros,
    raw_zip,
    row_xml,
    workbook,
    workbook_parts,
    zipped,
)

BODY = row_xml(1, "Nimi", "E-mail") + row_xml(2, "Aino", "a@example.org")


def refusal(content: bytes) -> TableRefusedError:
    with pytest.raises(TableRefusedError) as refused:
        read_table(content, "list.xlsx", APPLICANTS)
    return refused.value


def honest_parts() -> Iterator[tuple[str, bytes, int, int]]:
    for name, part in workbook_parts(BODY).items():
        yield name, deflated(part), len(part.encode()), zlib.crc32(part.encode())


def bomb(zeros: bytes, claimed: int) -> bytes:
    """A workbook whose sheet is this stream."""
    return raw_zip([*(part for part in honest_parts() if part[0] != WORKSHEET), (WORKSHEET, zeros, claimed, 0)])


def test_a_bomb_of_ten_gigabytes_in_ten_megabytes_is_refused_before_it_is_unpacked() -> None:
    content = bomb(deflated_zeros(10_000), 10_000 * 1_000_000 % 2**32)
    assert 9_000_000 < len(content) < 11_000_000

    tracemalloc.start()
    refused = refusal(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (refused.code, refused.facts) == (RefusalCode.UNPACKS_TOO_LARGE, {"limit": DEFAULT_LIMITS.max_unpacked})
    assert peak < 1_000_000


def test_a_bomb_whose_directory_lies_is_refused_without_unpacking_it() -> None:
    content = bomb(deflated_zeros(1_000), 1_000)

    tracemalloc.start()
    refused = refusal(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused.code == RefusalCode.DAMAGED
    assert peak < 4_000_000


def test_a_bomb_under_the_size_limit_is_refused_for_its_ratio() -> None:
    content = bomb(deflated_zeros(150), 150_000_000)

    tracemalloc.start()
    refused = refusal(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused.code == RefusalCode.UNPACKS_TOO_LARGE
    assert peak < 60_000_000


def test_parts_that_are_small_each_but_large_together_are_refused() -> None:
    zeros, checksum = deflated_zeros(50), zlib.crc32(bytes(50_000_000))
    more = [(f"xl/worksheets/sheet{number}.xml", zeros, 50_000_000, checksum) for number in range(2, 7)]

    refused = refusal(raw_zip([*honest_parts(), *more]))

    assert refused.code == RefusalCode.UNPACKS_TOO_LARGE


def test_entries_that_share_bytes_are_refused() -> None:
    zeros = deflated_zeros(1)
    names = ["xl/workbook.xml", *(f"xl/worksheets/sheet{number}.xml" for number in range(1, 60))]

    refused = refusal(raw_zip([(name, zeros, 1_000_000, 0) for name in names], is_overlapping=True))

    assert refused.code == RefusalCode.DAMAGED


def test_a_zip_in_the_workbook_is_not_opened() -> None:
    inner = zipped({"zeros": bytes(30_000_000)})

    reading = read_table(zipped({**workbook_parts(BODY), "xl/embeddings/inner.zip": inner}), "list.xlsx", APPLICANTS)

    assert [row.values["name"] for row in reading.rows] == ["Aino"]


def test_a_large_picture_is_not_unpacked() -> None:
    tracemalloc.start()
    content = zipped({**workbook_parts(BODY), "xl/media/image1.png": bytes(100_000_000)})
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    reading = read_table(content, "list.xlsx", APPLICANTS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [row.values["name"] for row in reading.rows] == ["Aino"]
    assert peak - before < 2_000_000


def test_a_directory_of_too_many_entries_is_refused() -> None:
    more = [(f"xl/media/{number}", b"", 0, 0) for number in range(5_001)]

    assert refusal(raw_zip([*honest_parts(), *more])).code == RefusalCode.DAMAGED


def test_two_entries_of_one_name_are_refused() -> None:
    content = BytesIO(workbook(BODY))
    with ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(WORKSHEET, "<worksheet/>")

    assert refusal(content.getvalue()).code == RefusalCode.DAMAGED


def test_a_packing_that_excel_does_not_know_is_refused() -> None:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_LZMA) as archive:
        for name, part in workbook_parts(BODY).items():
            archive.writestr(name, part)

    assert refusal(content.getvalue()).code == RefusalCode.DAMAGED


def test_an_encrypted_entry_is_told_as_a_password() -> None:
    content = bytearray(workbook(BODY))
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1

    assert refusal(bytes(content)).code == RefusalCode.PASSWORD


def test_a_zip_with_something_before_it_reads_the_part_that_was_looked_at() -> None:
    hidden = workbook(row_xml(1, "Nimi", "E-mail") + row_xml(2, "Eero", "e@example.org"))

    reading = read_table(hidden + workbook(BODY), "list.xlsx", APPLICANTS)

    assert [row.values["name"] for row in reading.rows] == ["Aino"]
