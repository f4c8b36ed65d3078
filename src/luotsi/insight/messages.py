"""What people are told about figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.comms.models import Letter

if TYPE_CHECKING:
    from luotsi.insight.models import FigureQuestion


def answered(question: FigureQuestion) -> Letter:
    return Letter(
        kind="insight.answered",
        subject=_("Your question about a figure has an answer"),
        lines=[_("%(network)s has answered what you asked about its figures.") % {"network": question.network.name}],
        action_label=_("Read the answer"),
        action_path=reverse("insight:figures", args=[question.network.ref]),
    )
