"""Lists of applicants for stories, as people would hand them in."""

from datetime import date
from typing import Any

from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx

HEADERS = (
    "Etunimi", "Sukunimi", "Sähköposti", "Rooli", "Kielet", "Maakunta", "Organisaatio", "Taidot (tarjolla)",
    "Taidot (tarve)", "Ehdottomat", "Paikat", "Etäyhteys", "Alaikäinen", "Rikosrekisteriote tarkistettu",
    "Ilmoittautunut", "Vuosia työelämässä",
)  # fmt: skip
AINO = {
    "Etunimi": "Aino",
    "Sukunimi": "Äijälä",
    "Sähköposti": "aino@example.org",
    "Rooli": "mentoroitava",
    "Kielet": "suomi; ruotsi",
    "Maakunta": "Keski-Pohjanmaa",
    "Organisaatio": "Rannikon opisto",
    "Taidot (tarve)": "johtaminen (5); kielet",
    "Ehdottomat": "johtaminen",
    "Etäyhteys": "kyllä",
    "Ilmoittautunut": "1.2.2026",
    "Vuosia työelämässä": "2",
}
BO = {
    "Etunimi": "Bo",
    "Sukunimi": "Öst",
    "Sähköposti": "bo@example.org",
    "Rooli": "mentori",
    "Kielet": "svenska, engelska",
    "Maakunta": "Österbotten",
    "Taidot (tarjolla)": "Johtaminen (4)",
    "Paikat": "2",
    "Rikosrekisteriote tarkistettu": "15.1.2026",
    "Vuosia työelämässä": "20",
}


def csv_of(*rows: dict[str, Any], headers: tuple[str, ...] = HEADERS, encoding: str = "utf-8-sig") -> bytes:
    lines = [";".join(headers)]
    for row in rows:
        cells = [str(row.get(header, "")) for header in headers]
        lines.append(";".join(f'"{cell}"' if ";" in cell else cell for cell in cells))
    return "\r\n".join(lines).encode(encoding)


def xlsx_of(*rows: dict[str, Any], headers: tuple[str, ...] = HEADERS) -> bytes:
    cells = [[row.get(header) for header in headers] for row in rows]
    return write_xlsx([Sheet(title="Hakijat", headers=headers, rows=cells)])


def applicant(number: int, **values: Any) -> dict[str, Any]:
    """One of many, with the columns under their Finnish names."""
    row = AINO | {
        "Etunimi": f"Etunimi{number}",
        "Sukunimi": f"Sukunimi{number:04}",
        "Sähköposti": f"hakija{number}@example.org",
        "Ilmoittautunut": date(2026, 2, 1 + number % 28).strftime("%d.%m.%Y"),
    }
    return row | values
