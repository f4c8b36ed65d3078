"""Tables of the library. A version of a tool is never changed: what a pair used stays as it was."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from luotsi.core.models import Record
from luotsi.core.texts import TranslatedText, TranslatedTextField
from luotsi.library.enums import Phase, TakesPart


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaStep:
    """A step of a meeting, as a page shows it."""

    minutes: int
    title: TranslatedText
    text: TranslatedText


class Tool(Record):
    """One version of an exercise for a meeting. The one with the highest version is in use."""

    key = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10, choices=Phase.choices)
    place = models.PositiveSmallIntegerField()  # among the others of its phase
    minutes = models.PositiveSmallIntegerField()
    roles = models.JSONField(default=list)  # values of TakesPart
    name = TranslatedTextField()
    aim = TranslatedTextField()
    before = TranslatedTextField()
    steps = models.JSONField()  # [{minutes, title by language, text by language}]
    write_down = models.JSONField()  # [text by language]
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="library_one_tool_a_version"),
            models.CheckConstraint(condition=Q(minutes__gte=1, version__gte=1), name="library_tool_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def agenda(self) -> list[AgendaStep]:
        return [
            AgendaStep(minutes=step["minutes"], title=TranslatedText(step["title"]), text=TranslatedText(step["text"]))
            for step in self.steps
        ]

    @property
    def takes_part(self) -> str:
        """Who sits at the table, in words."""
        return ", ".join(str(TakesPart(role).label) for role in self.roles)

    @property
    def notes_to_take(self) -> list[TranslatedText]:
        return [TranslatedText(text) for text in self.write_down]
