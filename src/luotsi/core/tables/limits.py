"""How much of a stranger's file we take on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Ends of our patience; beyond one of them the file is refused, never cut short.

    Measured in November 2026 (Python 3.11, one of two shared cores): 200,000 rows of ten columns, every cell checked,
    take 4.4 s and 210 MB as CSV, 9.3 s and 300 MB as XLSX. The worst hostile workbook we could make that keeps to the
    default limits takes 20 s and 860 MB.
    """

    max_bytes: int = 64_000_000
    max_rows: int = 250_000
    """Rows with something in them, the header not counted."""
    max_columns: int = 256
    max_cell: int = 32_767
    """Characters; Excel's own limit."""
    max_unpacked: int = 200_000_000
    """Bytes an XLSX may come to when it is unpacked."""


DEFAULT_LIMITS = Limits()
