"""Tables of programmes, a file a noun. Django finds them through this one; everybody imports from the files."""

from luotsi.programmes.models import applications, lists, participations, programmes

__all__ = ["applications", "lists", "participations", "programmes"]
