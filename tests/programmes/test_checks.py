from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ProgrammeState, SetUpStep
from luotsi.programmes.formats.values import Opening, QuestionType, RoleKey, RuleName
from luotsi.programmes.formats.writing import write_model
from luotsi.programmes.models.partners import MainGoal, Partner
from luotsi.programmes.models.plans import PlanApproval, PlanChange
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.checks import blocking, obstacles_to
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services.programmes import publish_programme
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(weeks=3)


@pytest.fixture
def network():
    return NetworkFactory.create()


@pytest.fixture
def coordinator(network):
    return coordinator_of(network)


@pytest.fixture
def programme(network, coordinator) -> Programme:
    return ProgrammeFactory.create(network=network, state=ProgrammeState.DRAFT, starts_on=SOON)


def found(programme: Programme) -> list[tuple[str, SetUpStep, bool]]:
    return [(each.sentence, each.step, each.is_blocking) for each in obstacles_to(programme)]


def describe(programme: Programme, **changes) -> None:
    model = replace(model_in(programme.description), **changes)
    programme.description = write_model(model).decode()
    programme.save(update_fields=["description"])


def test_nothing_stands_in_the_way_of_a_usual_draft(programme) -> None:
    assert found(programme) == []


def test_a_call_has_a_name_in_its_languages(programme) -> None:
    programme.languages = ["fi", "en"]

    assert found(programme) == [
        ("The call is in Finnish too. Give the programme a name in Finnish.", SetUpStep.SCOPE, True)
    ]


def test_somebody_can_be_asked() -> None:
    programme = ProgrammeFactory.create(state=ProgrammeState.DRAFT, starts_on=SOON)
    coordinator_of(NetworkFactory.create())

    assert found(programme) == [
        ("The network has no coordinator whom applicants could ask. Invite one.", SetUpStep.SCOPE, True)
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"starts_on": date(2020, 1, 1), "ends_on": date(2020, 8, 1)}, ("The programme's last day is over already. Move its days.", True)),
        ({"starts_on": SOON - timedelta(weeks=6)}, ("The programme's first day is over already. That is all right if it has begun elsewhere.", False)),
        ({"apply_until": date(2020, 1, 1)}, ("The last day to apply is over already. Choose a later one.", True)),
        ({"apply_until": SOON - timedelta(days=1)}, ("The last day to apply comes before the call begins. Choose a later one.", True)),
    ],
)  # fmt: skip
def test_days_make_sense(programme, columns, expected) -> None:
    for name, value in columns.items():
        setattr(programme, name, value)

    sentence, is_blocking = expected
    assert found(programme) == [(sentence, SetUpStep.DATES, is_blocking)]


def test_both_sides_are_asked_and_accept_terms(programme) -> None:
    model = model_in(programme.description)
    describe(
        programme,
        questions=tuple(replace(each, roles=(RoleKey.MENTOR,)) for each in model.questions),
        enrolment=replace(model.enrolment, terms={}),
    )

    assert found(programme) == [
        ("There are no terms for applicants to accept. Write them.", SetUpStep.QUESTIONS, True),
        ("Nothing is asked of mentees. Add a question for them.", SetUpStep.QUESTIONS, True),
    ]


def test_a_rule_has_the_question_that_it_needs(programme) -> None:
    model = model_in(programme.description)
    describe(
        programme,
        questions=tuple(each for each in model.questions if each.type is not QuestionType.LANGUAGES),
        matching=replace(model.matching, rules=(RuleName.COMMON_LANGUAGE,)),
    )

    assert found(programme) == [
        (
            "Pairs must share a language, but nobody is asked for languages. Ask, or drop the rule.",
            SetUpStep.MATCHING,
            True,
        )
    ]


def test_a_model_carried_by_partners_opens_with_a_sponsor_a_goal_and_an_approved_plan(programme, coordinator) -> None:
    describe(programme, opening=Opening(sponsor=True, main_goal=True, approved_plan=True))
    assert found(programme) == [
        ("This model is carried by partners, and the programme has none yet. Choose them.", SetUpStep.SCOPE, True)
    ]
    harbour, left = (OrganisationFactory.create(name=name) for name in ("Harbour", "Left"))
    Partner.objects.create(programme=programme, organisation=left, left_on=date(2026, 1, 1))
    partner = Partner.objects.create(programme=programme, organisation=harbour)

    assert [sentence for sentence, _step, _is_blocking in found(programme)] == [
        "Harbour has named nobody in its management as sponsor.",
        "Harbour has set no main goal.",
        "Harbour has not approved the plan as it stands.",
    ]
    with pytest.raises(RefusedError, match="Harbour has set no main goal"):
        publish_programme(programme, by=coordinator)
    programme.refresh_from_db()
    assert (programme.state, Round.objects.count()) == (ProgrammeState.DRAFT, 0)

    chief = PersonFactory.create()
    partner.amend(sponsor=chief)
    MainGoal.objects.create(partner=partner, title="Everybody is guided", set_by=chief)
    approval = PlanApproval.objects.create(partner=partner, person=chief, name="Chief", newest_change=0)
    assert found(programme) == []

    change = PlanChange.objects.create(programme=programme, kind="changed", before={"place": "A"}, after={"place": "B"})
    assert [sentence for sentence, _step, _is_blocking in found(programme)] == [
        "Harbour has not approved the plan as it stands."
    ]
    approval.amend(newest_change=change.pk)
    publish_programme(programme, by=coordinator)

    programme.refresh_from_db()
    assert programme.state == ProgrammeState.OPEN


def test_only_what_blocks_refuses(programme, coordinator) -> None:
    programme.amend(starts_on=SOON - timedelta(weeks=6))
    assert blocking(obstacles_to(programme)) == []

    publish_programme(programme, by=coordinator)

    programme.refresh_from_db()
    assert (programme.state, programme.set_up) == (ProgrammeState.OPEN, SetUpStep.DONE)
