"""Partners for stories: an organisation in a programme, with somebody who speaks for it."""

from typing import Any

import yaml

from luotsi.core.actors import SYSTEM
from luotsi.people.models import Network, Organisation, Person
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.models.partners import Partner, PartnerContact
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.services import plans
from luotsi.programmes.services.entries import ActivityDetails
from tests.factories.people import OrganisationFactory, PersonFactory, part_of
from tests.factories.programmes import ProgrammeFactory

PLANNED = """
- key: kick_off
  kind: kick_off
  week: 2
  minutes: 300
  for_whom: [hr]
  sign_up: yes
  capacity: 30
  name: {fi: Aloituspäivä, sv: Startdag, en: Kick-off}
- key: hr_meeting
  kind: mentor_hr_meeting
  week: 2
  minutes: 60
  name: {fi: Tapaaminen, sv: Möte, en: Meeting}
- key: letters
  kind: interim_assignment
  week: 2
  name: {fi: Kirjeet, sv: Brev, en: Letters}
"""


def with_plan(**values: Any) -> Programme:
    """A programme whose model proposes three activities, in the second week of its call, and no others."""
    programme = ProgrammeFactory.create(**values)
    tree = yaml.safe_load(programme.description)
    for phase in tree["phases"]:
        phase.pop("activities", None)
    tree["phases"][0]["activities"] = yaml.safe_load(PLANNED)
    programme.amend(description=yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))
    return programme


def planned_programme(**values: Any) -> Programme:
    """The same, laid out on the calendar."""
    programme = with_plan(**values)
    plans.lay_out(programme, by=SYSTEM)
    return programme


def organisation_of(network: Network, **values: Any) -> Organisation:
    organisation = OrganisationFactory.create(**values)
    part_of(network, organisation)
    return organisation


def partner_of(programme: Programme, **values: Any) -> Partner:
    """An organisation of the network, in the programme."""
    organisation = organisation_of(programme.network)
    return Partner.objects.create(**{"programme": programme, "organisation": organisation, **values})


def contact_of(partner: Partner, **values: Any) -> Person:
    person = PersonFactory.create(**values)
    PartnerContact.objects.create(partner=partner, person=person)
    return person


def details_of(activity: Activity, **values: Any) -> ActivityDetails:
    """An activity as its form has it, with what differs."""
    kept = {
        "name": dict(activity.name),
        "kind": ActivityKind(activity.kind),
        "phase": activity.phase,
        "text": dict(activity.text or {}),
        "starts_local": activity.starts_local,
        "minutes": activity.minutes,
        "due_on": activity.due_on,
        "place": activity.place,
        "for_whom": tuple(activity.for_whom),
        "takes_sign_up": activity.takes_sign_up,
        "capacity": activity.capacity,
        "responsible": activity.responsible,
    }
    return ActivityDetails(**{**kept, **values})
