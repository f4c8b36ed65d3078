"""Writes: where anonymous answers wait, and how they become rows without an order."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from luotsi.surveys.models import AnonymousAnswer, AnonymousWords, Urn
from luotsi.surveys.rules import SMALLEST_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.core.questions.conditions import Answer
    from luotsi.people.models import Organisation
    from luotsi.surveys.models import Wave

LABEL: Final = b"luotsi urns at rest"
BATCH: Final = SMALLEST_GROUP
FULL: Final = 2 * BATCH  # when five are taken out, five others stay to hide among
SIZE: Final = 64 * 1024  # bytes by which the content grows: its length does not tell what came last
NO_TIME: Final = 0
DICE: Final = secrets.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one respondent answered, without the own words, and the digest of the own code, if one was given."""

    answers: dict[str, Answer]
    code: str = ""


@dataclass(slots=True, kw_only=True)
class Content:
    """Sheets that wait, and own words, each with its item; the words of a sheet are not beside it."""

    sheets: list[Sheet] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)

    def shuffle(self) -> None:
        DICE.shuffle(self.sheets)
        DICE.shuffle(self.words)


def prepare_urns(wave: Wave, units: Iterable[Organisation]) -> None:
    """An empty urn for each unit, and one for those without."""
    Urn.objects.bulk_create([Urn(wave=wave, unit=unit, sealed=_sealed(Content())) for unit in (None, *units)])


def drop_in(wave: Wave, unit_id: int | None, sheet: Sheet, words: dict[str, str]) -> bool:
    """Put a sheet and its words into the unit's urn, and take a batch out when it is full. False: it is over."""
    urn = Urn.objects.select_for_update().filter(wave=wave, unit=unit_id).first()
    if urn is None:
        return False
    content = _opened(urn)
    content.sheets.append(sheet)
    content.words.extend(words.items())
    content.shuffle()
    if len(content.sheets) >= FULL:
        batch, content.sheets = content.sheets[:BATCH], content.sheets[BATCH:]
        _write(wave, [(unit_id, each) for each in batch])
    Urn.objects.filter(pk=urn.pk).update(sealed=_sealed(content))
    return True


def empty_urns(wave: Wave) -> None:
    """Write all that waits, in one shuffle, and take the urns away. Nothing of fewer than five is written.

    Units with fewer than five answers are counted together, without a unit; if that makes fewer than five still, the
    smallest of the other units goes with them. Fewer than five in all are thrown away, and so are own words to an item
    that fewer than five have written to.
    """
    urns = list(Urn.objects.select_for_update().filter(wave=wave).order_by("pk"))
    waiting = {urn.unit_id: _opened(urn) for urn in urns}
    units: Iterable[int | None] = AnonymousAnswer.objects.filter(wave=wave).order_by().values_list("unit", flat=True)
    written = Counter(units)
    counts = {unit: len(content.sheets) + written[unit] for unit, content in waiting.items()}
    if sum(counts.values()) >= SMALLEST_GROUP:
        pooled = _pooled(counts)
        AnonymousAnswer.objects.filter(wave=wave, unit__in=pooled - {None}).update(unit=None)
        sheets = [(None if unit in pooled else unit, each) for unit, left in waiting.items() for each in left.sheets]
        _write(wave, sheets)
        _write_words(wave, [each for left in waiting.values() for each in left.words])
    Urn.objects.filter(wave=wave).delete()


def _pooled(counts: dict[int | None, int]) -> set[int | None]:
    """The units whose answers are counted together, without a unit: five or more in all, or none."""
    small = {unit for unit, count in counts.items() if unit is None or count < SMALLEST_GROUP}
    together = sum(counts[unit] for unit in small)
    others = sorted((count, unit) for unit, count in counts.items() if unit is not None and unit not in small)
    if 0 < together < SMALLEST_GROUP and others:
        small.add(others[0][1])
    return small


def _write(wave: Wave, sheets: list[tuple[int | None, Sheet]]) -> None:
    """Rows in the order of their random keys: they lie on disk in no order of arrival."""
    rows = [
        AnonymousAnswer(key=uuid.uuid4(), wave=wave, unit_id=unit_id, code=sheet.code, answers=sheet.answers)
        for unit_id, sheet in sheets
    ]
    AnonymousAnswer.objects.bulk_create(sorted(rows, key=lambda row: row.key))


def _write_words(wave: Wave, words: list[tuple[str, str]]) -> None:
    by_item: defaultdict[str, list[str]] = defaultdict(list)
    for item, text in words:
        by_item[item].append(text)
    rows = [
        AnonymousWords(key=uuid.uuid4(), wave=wave, item=item, words=text)
        for item, texts in by_item.items()
        if len(texts) >= SMALLEST_GROUP
        for text in texts
    ]
    AnonymousWords.objects.bulk_create(sorted(rows, key=lambda row: row.key))


def _box() -> Fernet:
    """Of a key of its own, derived from KEY_SECRET, which is not in the database."""
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=LABEL).derive(settings.KEY_SECRET.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _sealed(content: Content) -> bytes:
    """Without the time that such a token has otherwise."""
    told = {"sheets": [[each.answers, each.code] for each in content.sheets], "words": content.words}
    plain = json.dumps(told, ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // SIZE) * SIZE)
    return _box().encrypt_at_time(padded, NO_TIME)


def _opened(urn: Urn) -> Content:
    told: dict[str, Any] = json.loads(_box().decrypt(bytes(urn.sealed)))
    return Content(
        sheets=[Sheet(answers=answers, code=code) for answers, code in told["sheets"]],
        words=[(item, text) for item, text in told["words"]],
    )
