"""Tables of programmes, a file a noun. Django finds them through this one; everybody imports from the files."""

from luotsi.programmes.models import (
    activities,
    applications,
    batches,
    directory,
    lists,
    participations,
    partners,
    plans,
    programmes,
)

__all__ = [
    "activities",
    "applications",
    "batches",
    "directory",
    "lists",
    "participations",
    "partners",
    "plans",
    "programmes",
]
