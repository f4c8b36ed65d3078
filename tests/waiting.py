"""What waits for somebody according to one module, as the home page would say it."""

from types import ModuleType

from luotsi.people.models import Person
from luotsi.web.components import NextThing, Waiting


def things_waiting(module: ModuleType, person: Person) -> list[NextThing]:
    """In the order of their days. One query."""
    first, *others = module.waiting_for(person)
    rows = sorted((Waiting(*row) for row in first.union(*others, all=True)), key=lambda row: row.until)
    return [thing for row in rows if (thing := module.thing_of(row))]
