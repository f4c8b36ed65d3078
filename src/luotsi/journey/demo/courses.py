"""The other three models at work in the demo region, each in another phase: evaluating, running, recruiting.

Career mentoring is the one that runs with pairs (region). Supervisor mentoring is at its evaluation, learning mentoring
in the middle of its training, and the call of the regional passport is open.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from luotsi.core.actors import SYSTEM
from luotsi.journey.demo import play
from luotsi.journey.demo.applying import apply, begin
from luotsi.journey.demo.organisations import PROVIDERS, WORKPLACES
from luotsi.matching.models import Proposal
from luotsi.people.enums import PartnershipState, Role
from luotsi.people.models import Organisation
from luotsi.people.queries import person_with_address, staff_of
from luotsi.people.services.memberships import grant
from luotsi.people.services.partnerships import begin_partnership, move_partnership
from luotsi.programmes.enums import ApplicationRole, ApplicationState, OutputKind, Recommendation, RoundState
from luotsi.programmes.formats.values import ActivityKind, Stage
from luotsi.programmes.queries.activities import people_for
from luotsi.programmes.queries.descriptions import model_in, shipped_text
from luotsi.programmes.queries.plans import activities_of, day_of, newest_change_of
from luotsi.programmes.queries.programmes import round_of
from luotsi.programmes.services.applications import decide
from luotsi.programmes.services.approvals import approve_plan
from luotsi.programmes.services.assignments import accept, give_back
from luotsi.programmes.services.assignments import hand_in as hand_in_answer
from luotsi.programmes.services.attendance import finish, note_all_present, note_presence
from luotsi.programmes.services.entries import mark_done
from luotsi.programmes.services.findings import decide_finding, propose_finding
from luotsi.programmes.services.goals import GoalDetails, set_goal
from luotsi.programmes.services.interviews import Talk, note_interview
from luotsi.programmes.services.partners import Output, set_emphasis, set_quota, set_sponsor
from luotsi.programmes.services.plans import shift
from luotsi.programmes.services.programmes import draft_programme, publish_programme
from luotsi.programmes.services.rounds import move_round
from luotsi.programmes.services.set_up import Scope, set_scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from luotsi.journey.demo.names import MadeUpPerson
    from luotsi.people.models import Person
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.partners import Partner
    from luotsi.programmes.models.plans import Activity
    from luotsi.programmes.models.programmes import Programme, Round

SUPERVISOR: Final = "supervisor-mentoring"
LEARNING: Final = "learning-mentoring"
PASSPORT: Final = "regional-passport"
NAMES: Final = {
    SUPERVISOR: {
        "fi": "Työssäohjaus ja mentorointi {year}",
        "sv": "Handledning i arbetet och mentorskap {year}",
        "en": "Guidance at work and mentoring {year}",
    },
    LEARNING: {"fi": "Oppimismentorit {year}", "sv": "Lärandementorer {year}", "en": "Learning mentors {year}"},
    play.MODEL: {
        "fi": "Seuraava työuramentorointi {year}",
        "sv": "Nästa yrkeslivsmentorskap {year}",
        "en": "The next career mentoring {year}",
    },
    PASSPORT: {"fi": "Työelämäpassi {year}", "sv": "Arbetslivspasset {year}", "en": "Working-life passport {year}"},
}
TASK: Final = {
    "fi": "Kehitämme perehdytyksen toimintamallin, jonka toiset alamme työpaikat voivat ottaa käyttöön.",
    "sv": "Vi utvecklar en verksamhetsmodell för introduktion som andra arbetsplatser i branschen kan ta över.",
    "en": "We develop an operating model for induction that other workplaces in our sector can take over.",
}
OUTPUT: Final = "Perehdytyksen toimintamalli"
GOAL: Final = ("Jokainen uusi työntekijä saa nimetyn ohjaajan", "Henkilöstöstrategia: uudet pysyvät, kun alku on hyvä.")
ANSWERS: Final = (
    "Kysyin kolmelta työkaverilta, mistä he oppivat eniten. Kaikki vastasivat: toiselta, joka ehti näyttää.",
    "Varasimme perjantaihin puoli tuntia, jossa yksi kertoo, mitä kokeili. Kolme kertaa on pidetty.",
    "Tein listan.",
)
FINDINGS: Final = (
    (
        "Siirtoryhmät alkoivat myöhässä, koska kesälomat olivat edessä.",
        "Siirtovaiheen ensimmäinen tapaaminen pidetään ennen juhannusta.",
        "Neljä kumppania viidestä sanoi saman.",
    ),
    ("Kaksi kyselyä samalla viikolla oli liikaa.", "Puolivälin kysely jätetään pois.", ""),
)
PROJECT: Final = "S00000"  # made up: no project has it
CAME_ABOUT: Final = "Tavattiin HR-päivässä."
STATES: Final = (
    PartnershipState.INTERESTED,
    PartnershipState.JOINED,
    PartnershipState.CONTINUING,
    PartnershipState.DEEPENED,
)
WORDS_BACK: Final = "Hyvä alku. Kerro vielä, mitä kokeilit listan perusteella ja mitä siitä seurasi."


def fill(team: play.Staff, crowd: Iterator[MadeUpPerson], seed: int, say: Callable[[str], None]) -> None:
    """Make the three programmes. The organisations and the HR day are there already."""
    dice = Random(seed + 41)  # noqa: S311 -- made-up people, no secret
    people = (play.person_from(made_up) for made_up in crowd if person_with_address(made_up.email) is None)
    say("A programme at its evaluation: supervisor mentoring …")
    _evaluated(team, people, dice)
    say("A programme in training: learning mentoring …")
    _in_training(team, people, dice)
    say("A programme with an open call: the regional passport …")
    _recruiting(team, people, dice)
    _partnerships(team)
    _draft(team, play.MODEL, at=(Stage.RECRUITING, -8), partners=_organisations([PROVIDERS[0].name]), most=(20, 20))


def _draft(
    team: play.Staff, key: str, *, at: tuple[Stage, int], partners: list[Organisation], most: tuple[int, int | None]
) -> Programme:
    """A programme that is so many weeks into its first phase of a stage, with its scope settled."""
    stage, weeks = at
    starts_on = play.today() - timedelta(weeks=_weeks_before(key, stage) + weeks)
    names = {language: text.format(year=starts_on.year) for language, text in NAMES[key].items()}
    programme = draft_programme(team.network, model_key=key, name=names, starts_on=starts_on, by=team.coordinator)
    scope = Scope(
        name=names,
        regions=("16",),
        languages=("fi", "sv"),
        project_code=PROJECT,
        project_link="https://example.org/osallistujatiedot",
        mentors_most=most[0],
        mentees_most=most[1],
        partners=tuple(partners),
        host=partners[0],
    )
    set_scope(programme, scope, by=team.coordinator)
    return programme


def _weeks_before(key: str, stage: Stage) -> int:
    """How many weeks of a model go by before its first phase of a stage."""
    phases = model_in(shipped_text(key)).phases
    first = next(place for place, phase in enumerate(phases) if phase.stage is stage)
    return sum(phase.weeks for phase in phases[:first])


def _organisations(names: list[str]) -> list[Organisation]:
    found = {row.name: row for row in Organisation.objects.filter(name__in=names, parent=None)}
    return [found[name] for name in names]


def _speaker_of(partner: Partner) -> Person:
    """Somebody of the partner's own people: its administrator."""
    return next(row.person for row in staff_of(partner.organisation) if row.role == Role.ADMIN)


def _carried(partner: Partner, *, goal: tuple[str, str]) -> None:
    """A partner with a sponsor in its management, a main goal and its yes to the plan."""
    speaker = _speaker_of(partner)
    grant(speaker, Role.MANAGEMENT, organisation=partner.organisation, by=SYSTEM)
    set_sponsor(partner, sponsor=speaker, by=speaker)
    set_goal(partner, goal=GoalDetails(title=goal[0], strategy=goal[1]), by=speaker)
    approve_plan(partner, seen=newest_change_of(partner.programme), by=speaker)


def _opened(programme: Programme, by: Person) -> Round:
    publish_programme(programme, by=by)
    found = round_of(programme)
    if found is None:
        raise ValueError(programme)
    return found


def _taken_in(round_: Round, person: Person, role: ApplicationRole, dice: Random, by: Person) -> Application:
    """Somebody applies by the form, is interviewed where that is asked, and is accepted."""
    application = apply(round_, person, role, dice)
    _talk(application, by)
    decide(application, ApplicationState.ACCEPTED, by=by)
    return application


def _talk(application: Application, by: Person) -> None:
    note_interview(application, Talk(held_on=play.today(), recommendation=Recommendation.ACCEPT), by=by)


def _gone_by(programme: Programme, by: Person) -> None:
    """What the plan had before today has been held, and everybody was there."""
    for activity in activities_of(programme):
        day = day_of(activity)
        if day is None or day >= play.today():
            continue
        if activity.starts_local is not None:
            _everybody_came(activity, by)
            finish(activity, by=by)
        else:
            mark_done(activity, by=by)


def _everybody_came(activity: Activity, by: Person) -> None:
    note_all_present(activity, by=by)
    if activity.takes_sign_up:
        for person in people_for(activity):
            note_presence(activity, person, was_there=True, by=by)


def _evaluated(team: play.Staff, people: Iterator[Person], dice: Random) -> None:
    by = team.coordinator
    partners = _organisations([row.name for row in (*PROVIDERS, *WORKPLACES[:4])])
    programme = _draft(
        team,
        SUPERVISOR,
        at=(Stage.EVALUATING, 3),
        partners=partners,
        most=(8, 12),
    )
    rows = list(programme.partners.select_related("organisation").order_by("pk"))
    for number, partner in enumerate(rows):
        output = Output(kind=OutputKind.OPERATING_MODEL, name=OUTPUT)
        set_emphasis(partner, areas=[], task=TASK, outputs=[output] if number % 2 else [], by=_speaker_of(partner))
        set_quota(partner, mentors=1, mentees=2, by=by)
        _carried(partner, goal=GOAL)
    round_ = _opened(programme, by)
    for role in [ApplicationRole.MENTOR] * 3 + [ApplicationRole.MENTEE] * 4:
        _taken_in(round_, next(people), role, dice, by)
    _gone_by(programme, by)
    _pairs_to_their_end(team, round_)
    move_round(round_of(programme) or round_, RoundState.EVALUATING, by=by)
    for number, (text, change, grounds) in enumerate(FINDINGS):
        finding = propose_finding(programme, text=text, change=change, by=by)
        if number == 0:
            decide_finding(finding, is_accepted=True, grounds=grounds, by=by)


def _pairs_to_their_end(team: play.Staff, round_: Round) -> None:
    run = play.match(team, round_)
    play.publish(team, run)
    proposals = Proposal.objects.filter(run=run).select_related("mentor__person", "mentee__person", "run")
    for number, proposal in enumerate(proposals.order_by("pk")):
        relationship = play.accept(proposal)
        play.agree(relationship)
        play.meet(relationship, play.today() - timedelta(days=9), by=proposal.mentee.person, tool_key=play.first_tool())
        if number % 2 == 0:
            play.part(relationship)


def _in_training(team: play.Staff, people: Iterator[Person], dice: Random) -> None:
    by = team.coordinator
    partners = _organisations([row.name for row in WORKPLACES[:3]])
    programme = _draft(
        team,
        LEARNING,
        at=(Stage.RUNNING, 9),
        partners=partners,
        most=(12, None),
    )
    for partner in programme.partners.select_related("organisation", "programme__network").order_by("pk"):
        _carried(partner, goal=GOAL)
    round_ = _opened(programme, by)
    mentors = [next(people) for _number in range(6)]
    for person in mentors:
        _taken_in(round_, person, ApplicationRole.MENTOR, dice, by)
    _gone_by(programme, by)
    _answers(programme, mentors, by)
    _moved(programme, by)


def _answers(programme: Programme, mentors: list[Person], by: Person) -> None:
    """The first assignment: accepted, accepted, returned; others have not answered."""
    first = programme.activities.filter(kind=ActivityKind.INTERIM_ASSIGNMENT).order_by("due_on", "pk").first()
    if first is None:
        return
    for person, text in zip(mentors, ANSWERS, strict=False):
        answer = hand_in_answer(first, text=text, by=person)
        if text == ANSWERS[-1]:
            give_back(answer, words=WORDS_BACK, by=by)
        else:
            accept(answer, words="", by=by)


def _moved(programme: Programme, by: Person) -> None:
    """The last phase moves by a week: the partners, who had approved the plan, are asked again."""
    last = programme.phases.order_by("-position").first()
    if last is not None:
        shift(programme, days=7, from_phase=last, by=by)


def _recruiting(team: play.Staff, people: Iterator[Person], dice: Random) -> None:
    by = team.coordinator
    partners = _organisations([row.name for row in (*PROVIDERS, *WORKPLACES[2:6])])
    programme = _draft(
        team,
        PASSPORT,
        at=(Stage.RECRUITING, 2),
        partners=partners,
        most=(10, 20),
    )
    for partner in programme.partners.select_related("organisation", "programme__network").order_by("pk"):
        _carried(partner, goal=GOAL)
    round_ = _opened(programme, by)
    for number, role in enumerate([ApplicationRole.MENTEE] * 6 + [ApplicationRole.MENTOR] * 4):
        application = apply(round_, next(people), role, dice)
        _decided(application, number, by)
    apply(round_, next(people), ApplicationRole.BOTH, dice)
    apply(round_, next(people), ApplicationRole.MENTEE, dice, is_minor=True)
    begin(round_, next(people), ApplicationRole.MENTEE, dice)


def _decided(application: Application, number: int, by: Person) -> None:
    """One in three waits, one is accepted, one is on the waiting list."""
    if number % 3 == 0:
        return
    _talk(application, by)
    decide(application, ApplicationState.ACCEPTED if number % 3 == 1 else ApplicationState.WAITLISTED, by=by)


def _partnerships(team: play.Staff) -> None:
    """Providers and workplaces, one in every state, each step a month after the one before."""
    providers = _organisations([row.name for row in PROVIDERS])
    workplaces = _organisations([row.name for row in WORKPLACES[: len(STATES) + 1]])
    for number, workplace in enumerate(workplaces):
        began = play.today() - timedelta(days=30 * (number + 1))
        found = begin_partnership(
            team.network,
            provider=providers[number % len(providers)],
            workplace=workplace,
            came_about=CAME_ABOUT,
            on=began,
            by=team.coordinator,
        )
        for step, state in enumerate(STATES[:number], 1):
            move_partnership(found, to=state, on=began + timedelta(days=30 * step), by=team.coordinator)
