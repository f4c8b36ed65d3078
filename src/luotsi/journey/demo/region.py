"""The demo region Keski-Pohjanmaa: 4 education providers, 13 workplaces, people in every role and every phase.

Made through the services, the same from the same seed; a second, small network stands beside it, so that it can be seen
that nobody looks into another one's things.
"""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from django.utils import translation

from luotsi.competence.services import frameworks
from luotsi.core.actors import SYSTEM
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.insight.enums import Indicator
from luotsi.insight.services import ask_about_figure
from luotsi.journey.demo import assessments, courses, culture, play
from luotsi.journey.demo.applicants import FEWEST, make_applicants
from luotsi.journey.demo.names import made_up_people
from luotsi.journey.demo.needs import say_needs
from luotsi.journey.demo.organisations import PROVIDERS, REGION, WORKPLACES
from luotsi.journey.demo.places import REGION_OF_LAND
from luotsi.journey.demo.skills import SKILL_OF_SUBJECT
from luotsi.library.queries import tools as shipped_tools
from luotsi.library.services import load_shipped
from luotsi.matching.models import Proposal
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.services.accounts import add_person
from luotsi.people.services.memberships import grant, invite
from luotsi.people.services.organisations import add_network, add_organisation, join_network
from luotsi.programmes.queries.programmes import round_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from luotsi.journey.demo.applicants import ApplicantSheet
    from luotsi.journey.demo.names import MadeUpPerson
    from luotsi.journey.demo.organisations import MadeUpOrganisation
    from luotsi.mentoring.models import Relationship
    from luotsi.people.models import Network, Organisation
    from luotsi.programmes.models.programmes import Programme

OWN_FRAMEWORK = "Luotsi"
CENTRAL_OSTROBOTHNIA = "16"
FEWEST_PEOPLE = 60
STAFF = 19  # who runs things, less the few rows of the list that nobody can be made from
NEIGHBOUR = "Rannikkoseutu"  # made last: when it is there, the region is whole
NAME = {
    "fi": "Työuramentorointi {year}",
    "sv": "Yrkeslivsmentorskap {year}",
    "en": "Career mentoring {year}",
}
QUESTION = {
    "fi": "Laskeeko luku myös etätapaamiset?",
    "sv": "Räknas också träffar på distans?",
    "en": "Does this count remote meetings too?",
}
CLAIM_WORDS = {
    "fi": "Perehdytin uuden työkaverin aamuvuoroon. Kysyin ensin, mitä hän jo osasi, ja kävimme vaiheet läpi yhdessä.",
    "sv": "Jag introducerade en ny kollega i morgonskiftet. Först frågade jag vad hen redan kunde, sedan gick vi "
    "igenom stegen tillsammans.",
    "en": "I introduced a new colleague to the morning shift. First I asked what she could do already, then we went "
    "through the steps together.",
}


def fill(*, people: int, seed: int, say: Callable[[str], None]) -> None:
    """Make the region. Raises ValueError for fewer people than the roles need."""
    if people < FEWEST_PEOPLE:
        raise ValueError(f"the demo region needs {FEWEST_PEOPLE} people at least")
    dice = Random(seed)  # noqa: S311 -- made-up people, no secret
    crowd = made_up_people(dice)
    say("Tools of the library, frameworks that ship …")
    load_shipped(by=SYSTEM)
    frameworks.load_shipped(by=SYSTEM)
    say("Organisations, networks and those who run them …")
    team = play.staff(REGION["fi"], PROVIDERS[0].name, list(islice(crowd, 3)), region=CENTRAL_OSTROBOTHNIA)
    _organisations(team, crowd)
    _operator(next(crowd))
    mark = play.make_mark(team, _framework(team), dice, "guiding-and-growing")
    say(f"A programme with {people - STAFF} applicants from a spreadsheet …")
    programme = _programme(team, people - STAFF, seed)
    play.lead(team, programme, [mark])
    say("Pairs: worked out, published, accepted …")
    relationships = _pairs(team, programme)
    say("Agreements, meetings, ends, claims, marks …")
    _live(team, relationships, seed)
    _waiting(team, programme, seed)
    _workplaces(team, crowd, seed, say)
    say("A second network beside it …")
    _neighbour(crowd)
    play.work()


def _workplaces(team: play.Staff, crowd: Iterator[MadeUpPerson], seed: int, say: Callable[[str], None]) -> None:
    say("What employers need …")
    say_needs(team)
    say("Surveys of learning culture, and an HR day …")
    culture.fill(team, crowd, seed)
    courses.fill(team, crowd, seed, say)


def _organisations(team: play.Staff, crowd: Iterator[MadeUpPerson]) -> None:
    """The other providers and the workplaces, their units, and an administrator each."""
    admin = play.person_from(next(crowd))
    grant(admin, Role.ADMIN, organisation=team.issuer, by=SYSTEM)
    _units(PROVIDERS[0], team.issuer)
    for made_up in (*PROVIDERS[1:], *WORKPLACES):
        organisation = add_organisation(
            by=SYSTEM, name=made_up.name, kind=OrganisationKind(made_up.kind.value), region=CENTRAL_OSTROBOTHNIA
        )
        join_network(organisation, team.network, by=SYSTEM)
        _units(made_up, organisation)
        grant(play.person_from(next(crowd)), Role.ADMIN, organisation=organisation, by=SYSTEM)
    invite(by=admin, email="uusi.arvioija@example.org", role=Role.ASSESSOR, organisation=team.issuer)


def _units(made_up: MadeUpOrganisation, organisation: Organisation) -> None:
    for names in made_up.units:
        add_organisation(
            by=SYSTEM, name=next(iter(names.values())), kind=organisation.kind, region=organisation.region,
            parent=organisation,
        )  # fmt: skip


def _operator(made_up: MadeUpPerson) -> None:
    keeper = add_organisation(by=SYSTEM, name="Luotsin ylläpito", kind=OrganisationKind.PUBLIC_BODY)
    grant(play.person_from(made_up), Role.OPERATOR, organisation=keeper, by=SYSTEM)


def _framework(team: play.Staff) -> Any:  # noqa: ANN401 -- a Framework; imported for types only where it is made
    content = files("luotsi.journey.demo").joinpath("framework.json").read_bytes()
    return play.bring_in_framework(team, content, source=OWN_FRAMEWORK)


def _programme(team: play.Staff, applicants: int, seed: int) -> Programme:
    """Opened eight weeks ago, with a list of applicants that has the usual faults."""
    starts_on = play.today() - timedelta(weeks=8)
    programme = play.open_programme(
        team, {key: text.format(year=starts_on.year) for key, text in NAME.items()}, starts_on
    )
    round_ = round_of(programme)
    if round_ is None:
        raise ValueError(programme)
    sheet = _sheet(applicants, seed)
    _make_accounts(sheet)
    content = write_xlsx([Sheet(title="Hakijat", headers=sheet.headers, rows=sheet.rows)])
    run = play.hand_in(team, round_, "hakijat.xlsx", content)
    play.take_in(team, run)
    return programme


def _sheet(count: int, seed: int) -> ApplicantSheet:
    """Made-up wishes in the form of real ones."""
    dice = Random(seed + 1)  # noqa: S311 -- made-up people, no secret
    subjects, lands = sorted(SKILL_OF_SUBJECT), sorted(REGION_OF_LAND)
    requests = [
        {
            "person": f"R{number}", "at": f"2026-01-{1 + number % 28:02d}T08:00:00", "region": dice.choice(lands),
            "grade": dice.randint(5, 13),
            "needs": [{"subject": subject} for subject in dice.sample(subjects, dice.randint(1, 4))],
        }
        for number in range(count)
    ]  # fmt: skip
    offers = [
        {
            "person": f"O{number}", "at": f"2026-01-{1 + number % 28:02d}T09:00:00", "region": dice.choice(lands),
            "offers": [
                {"subject": subject, "min_grade": 1, "max_grade": 13}
                for subject in dice.sample(subjects, dice.randint(3, 8))
            ],
        }
        for number in range(count)
    ]  # fmt: skip
    return make_applicants(requests, offers, seed=seed, count=count, last_day=play.today() - timedelta(weeks=9))


def _make_accounts(sheet: ApplicantSheet) -> None:
    """Accounts that are marked as made up before the list finds them."""
    place = {header: number for number, header in enumerate(sheet.headers)}
    for row in sheet.rows:
        email, given, family = (row[place[name]] for name in ("Sähköposti", "Etunimi", "Sukunimi"))
        if email and given and family:
            add_person(
                by=SYSTEM, email=str(email), given_name=str(given), family_name=str(family), language="fi",
                is_made_up=True,
            )  # fmt: skip


def _pairs(team: play.Staff, programme: Programme) -> list[Relationship]:
    """Nine of ten pairs have said yes; the rest still waits for an answer."""
    round_ = round_of(programme)
    if round_ is None:
        raise ValueError(programme)
    run = play.match(team, round_)
    play.publish(team, run)
    proposals = list(
        Proposal.objects.filter(run=run).select_related("mentor__person", "mentee__person", "run").order_by("pk")
    )
    waiting = max(2, len(proposals) // 10)
    return [play.accept(proposal) for proposal in proposals[:-waiting]]


def _live(team: play.Staff, relationships: list[Relationship], seed: int) -> None:
    """Pairs in every phase: just begun, meeting, quiet for weeks, at their end."""
    for number, relationship in enumerate(relationships):
        if number % 8 == 7:  # noqa: PLR2004 -- one in eight has not agreed yet
            continue
        play.agree(relationship)
        _meetings(relationship, number)
        if number % 5 == 4:  # noqa: PLR2004 -- one in five is through
            play.part(relationship)
    _claims(team)
    assessments.fill(team, relationships, seed)


def _meetings(relationship: Relationship, number: int) -> None:
    member = relationship.members.select_related("person").earliest("pk")
    tools = shipped_tools()
    for meeting in range(number % 5):
        on = play.today() - timedelta(days=6 + 9 * meeting + number % 4)
        play.meet(
            relationship, on, by=member.person, tool_key=tools[meeting % len(tools)].key, minutes=45 + 15 * (number % 3)
        )


def _claims(team: play.Staff) -> None:
    """Of the claims that the ends opened, one in three is awarded, one in three waits for the assessor."""
    for number, claim in enumerate(play.open_claims(team.network)):
        if number % 3 == 2:  # noqa: PLR2004 -- the rest is still being worked on
            continue
        play.hand_in_claim(claim, CLAIM_WORDS[claim.person.language])
        if number % 3 == 0:
            play.award(play.claim_of(claim.person, claim.mark), by=team.assessor)


def _waiting(team: play.Staff, programme: Programme, seed: int) -> None:
    """Something to do for the coordinator: a list that came late, and the reader's question."""
    round_ = round_of(programme)
    if round_ is not None:
        sheet = _sheet(FEWEST, seed + 7)
        content = write_xlsx([Sheet(title="Hakijat", headers=sheet.headers, rows=sheet.rows)])
        play.hand_in(team, round_, "myohassa.xlsx", content)
    with translation.override(team.reader.language):
        ask_about_figure(team.network, Indicator.SESSIONS, QUESTION[team.reader.language], by=team.reader)


def _neighbour(crowd: Iterator[MadeUpPerson]) -> None:
    """Another network, with a programme of its own."""
    network: Network = add_network(by=SYSTEM, name=NEIGHBOUR, region="15")
    organisation = add_organisation(
        by=SYSTEM, name="Rannikon ammattiopisto", kind=OrganisationKind.PROVIDER, region="15"
    )
    join_network(organisation, network, by=SYSTEM)
    coordinator = play.person_from(next(crowd))
    grant(coordinator, Role.COORDINATOR, network=network, by=SYSTEM)
    team = play.Staff(
        network=network, issuer=organisation, coordinator=coordinator, assessor=coordinator, reader=coordinator
    )
    names = {key: text.format(year=play.today().year) + f", {NEIGHBOUR}" for key, text in NAME.items()}
    play.open_programme(team, names, play.today() + timedelta(weeks=3))
