"""What an evaluation found, as a text that is kept with the model's next version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.programmes.enums import FindingState
from luotsi.web.environment import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.programmes.models.partners import Finding
    from luotsi.programmes.models.programmes import Programme


def findings_as_text(programme: Programme, findings: Sequence[Finding]) -> str:
    """Accepted changes first, then what was refused and why, then what waits. No names of persons."""
    lines = [
        _("Findings of %(programme)s") % {"programme": programme.name},
        _("Model %(key)s, version %(version)s") % {"key": programme.model_key, "version": programme.model_version},
        "",
    ]
    headings = {
        FindingState.ACCEPTED: _("Changes of the next version"),
        FindingState.REFUSED: _("Found, but the model does not change for it"),
        FindingState.PROPOSED: _("To be decided on"),
    }
    for state, heading in headings.items():
        chosen = [finding for finding in findings if finding.state == state]
        if chosen:
            lines += [heading, ""]
            for number, finding in enumerate(chosen, 1):
                lines += [*_lines(number, finding), ""]
    return "\n".join(lines).rstrip() + "\n"


def _lines(number: int, finding: Finding) -> list[str]:
    is_accepted = finding.state == FindingState.ACCEPTED
    told = [
        (_("Why"), finding.text if is_accepted else ""),
        (_("What it would change"), "" if is_accepted else finding.change),
        (_("Grounds"), finding.grounds),
        (_("Decided on"), day(finding.decided_at) if finding.decided_at else ""),
    ]
    first = f"{number}. {finding.change if is_accepted else finding.text}"
    return [first, *(f"   {label}: {value}" for label, value in told if value)]
