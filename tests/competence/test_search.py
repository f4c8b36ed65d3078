"""Finding competences by words: whatever the ending, in three languages, and only what one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luotsi.competence.models import CompetenceWord
from luotsi.competence.queries.search import competences_matching, competences_suggested, competences_with
from luotsi.competence.services.words import index_all, index_words
from luotsi.people.enums import CircleRole, Role
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.people import (
    CircleFactory,
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    coordinator_of,
    grant,
    join,
    part_of,
)  # fmt: skip

pytestmark = pytest.mark.django_db

NAMES = [
    {"fi": "Palautteen antaminen", "sv": "Att ge respons", "en": "Giving feedback"},
    {"fi": "Ongelmanratkaisu", "sv": "Problemlösning", "en": "Problem solving"},
    {"fi": "TIG-hitsaus", "sv": "TIG-svetsning", "en": "TIG welding"},
    {"fi": "Hitsaus", "sv": "Svetsning", "en": "Welding"},
    {"fi": "Hitsauksen laadun tarkastaminen", "en": "Inspecting welds"},
    {"fi": "Asiakaspalvelu", "sv": "Kundbetjäning", "en": "Customer service"},
    {"fi": "Asiakaspalvelutaidot puhelimessa", "en": "Serving customers on the phone"},
    {"fi": "Vuorovaikutustaidot", "sv": "Färdigheter i växelverkan", "en": "Interaction skills"},
    {"fi": "Äänitekniikka", "sv": "Ljudteknik", "en": "Sound engineering"},
    {"fi": "Älykäs öljy", "en": "Smart oil"},
]


def framework_of(*names, area=None, **values):
    framework = FrameworkFactory.create(**values)
    place = AreaFactory.create(framework=framework, name=area or {"fi": "Yhteiset", "en": "Common"})
    for name in names:
        CompetenceFactory.create(area=place, name=name)
    index_words(framework)
    return framework


def found(words, language="fi", person=None, most=20):
    return [row.name.get("fi", row.name.get("en")) for row in competences_matching(person, words, language, most)]


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        ("palautetta", "fi", ["Palautteen antaminen"]),
        ("antaa palautteita", "fi", ["Palautteen antaminen"]),
        ("palautteen antamisessa", "fi", ["Palautteen antaminen"]),
        ("ongelmanratkaisussa", "fi", ["Ongelmanratkaisu"]),
        ("ongelmanratkaisutaidot", "fi", []),
        ("hitsausta", "fi", ["Hitsaus", "TIG-hitsaus", "Hitsauksen laadun tarkastaminen"]),
        ("tig hitsauksesta", "fi", ["TIG-hitsaus"]),
        ("asiakkaiden", "fi", ["Asiakaspalvelu", "Asiakaspalvelutaidot puhelimessa"]),
        ("asiakaspalv", "fi", ["Asiakaspalvelu", "Asiakaspalvelutaidot puhelimessa"]),
        ("asiakaspalvelu", "fi", ["Asiakaspalvelu", "Asiakaspalvelutaidot puhelimessa"]),
        ("taito", "fi", ["Vuorovaikutustaidot", "Asiakaspalvelutaidot puhelimessa"]),
        ("vuorovaikutuksen", "fi", ["Vuorovaikutustaidot"]),
        ("svetsningen", "sv", ["Hitsaus", "TIG-hitsaus"]),
        ("problemlösningen", "sv", ["Ongelmanratkaisu"]),
        ("kundbetjäningens", "sv", ["Asiakaspalvelu"]),
        ("giving feedback", "en", ["Palautteen antaminen"]),
        ("solving problems", "en", ["Ongelmanratkaisu"]),
        ("customers", "en", ["Asiakaspalvelu", "Asiakaspalvelutaidot puhelimessa"]),
        ("svetsningen", "fi", ["Hitsaus", "TIG-hitsaus"]),
        ("öljyä", "fi", ["Älykäs öljy"]),
        ("ÄÄNITEKNIIKKAA", "fi", ["Äänitekniikka"]),
        ("äl", "fi", []),
        ("äly", "fi", ["Älykäs öljy"]),
        ("aani", "fi", []),
        ("", "fi", []),
        ("– !", "fi", []),
        ("%", "fi", []),
        ("_ _ _", "fi", []),
        ("kvanttifysiikka", "fi", []),
    ],
)
def test_words_find_competences(words, language, first):
    framework_of(*NAMES)
    assert found(words, language) == first


def test_all_words_must_be_there_and_little_words_do_not_count():
    framework_of(*NAMES)
    assert found("hitsaus ja laatu") == ["Hitsauksen laadun tarkastaminen"]
    assert found("hitsaus ja palaute") == []


def test_the_heading_and_the_area_are_found_too():
    framework = FrameworkFactory.create()
    area = AreaFactory.create(framework=framework, name={"fi": "Työturvallisuus"})
    CompetenceFactory.create(area=area, name={"fi": "Suojainten käyttö"}, group={"fi": "Ennakointi"})
    index_words(framework)
    assert found("työturvallisuuden") == found("ennakoinnista") == found("suojaimet") == ["Suojainten käyttö"]


def test_the_name_counts_before_the_area():
    framework = FrameworkFactory.create()
    place = AreaFactory.create(framework=framework, name={"fi": "Ohjaaminen ja neuvominen"})
    for name in ("Vastuun antaminen", "Ohjauksen sovittaminen ohjattavaan ihmiseen"):
        CompetenceFactory.create(area=place, name={"fi": name})
    index_words(framework)
    assert found("ohjaaminen") == ["Ohjauksen sovittaminen ohjattavaan ihmiseen", "Vastuun antaminen"]
    assert found("ohj") == ["Ohjauksen sovittaminen ohjattavaan ihmiseen", "Vastuun antaminen"]


def test_descriptions_are_not_searched():
    framework = FrameworkFactory.create()
    area = AreaFactory.create(framework=framework, name={"fi": "Osa"}, description={"fi": "Salaisuus"})
    CompetenceFactory.create(area=area, name={"fi": "Taito"}, description={"fi": "Salaisuus"})
    index_words(framework)
    assert found("salaisuus") == []


def test_own_and_national_frameworks_stand_before_esco_and_short_names_before_long_ones():
    framework_of({"fi": "Hitsaus"}, source="ESCO")
    framework_of({"fi": "Hitsauksen suunnittelu ja toteutus"}, {"fi": "Hitsaus käsin"})
    assert found("hitsaus") == ["Hitsaus käsin", "Hitsauksen suunnittelu ja toteutus", "Hitsaus"]


def test_no_more_than_asked_for():
    framework_of(*({"fi": f"Hitsaus {number}"} for number in range(30)))
    assert len(found("hitsaus")) == 20
    assert len(found("hitsaus", most=3)) == 3


def test_a_retired_framework_is_not_found_and_loses_its_words():
    framework = framework_of(*NAMES)
    framework.retired_at = timezone.now()
    framework.save()
    assert found("hitsaus") == []
    assert CompetenceWord.objects.exists()

    assert index_words(framework) == 0
    assert not CompetenceWord.objects.exists()


def test_words_are_made_anew_when_a_name_changes():
    framework = framework_of({"fi": "Hitsaus"})
    competence = framework.areas.get().competences.get()
    competence.name = {"fi": "Juottaminen"}
    competence.save()
    count = index_words(framework)
    assert found("hitsaus") == []
    assert found("juottamista") == ["Juottaminen"]
    assert CompetenceWord.objects.count() == count == index_all()


def test_a_networks_own_framework_is_found_by_its_people_only():
    network = NetworkFactory.create()
    organisation = OrganisationFactory.create()
    part_of(network, organisation)
    unit = OrganisationFactory.create(parent=organisation)
    framework_of({"fi": "Sahatavaran lajittelu"}, network=network)
    member, in_unit, in_circle, stranger = PersonFactory.create_batch(4)
    grant(member, Role.MEMBER, organisation=organisation)
    grant(in_unit, Role.EMPLOYER_CONTACT, organisation=unit)
    join(CircleFactory.create(network=network), in_circle, CircleRole.MENTEE)
    grant(stranger, Role.COORDINATOR, network=NetworkFactory.create())
    for insider in (coordinator_of(network), member, in_unit, in_circle):
        assert found("lajittelu", person=insider) == ["Sahatavaran lajittelu"]
    assert found("lajittelu", person=stranger) == []
    assert found("lajittelu", person=None) == []
    refs = list(framework_refs(network))
    assert [row.ref for row in competences_with(member, refs)] == refs
    assert competences_with(stranger, refs) == []


def framework_refs(network):
    for framework in network.frameworks.all():
        for area in framework.areas.all():
            yield from area.competences.values_list("ref", flat=True)


def test_picked_ones_come_in_their_order_once():
    framework = framework_of(*NAMES)
    refs = list(framework.areas.get().competences.order_by("-pk").values_list("ref", flat=True))[:3]
    assert [row.ref for row in competences_with(None, [*refs, refs[0]])] == refs


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Tarvitsemme kaksi hitsaajaa, jotka osaavat TIG-hitsauksen ja tarkastavat laadun.", "fi",
         ["Hitsauksen laadun tarkastaminen", "TIG-hitsaus", "Hitsaus"]),
        ("Uuden työntekijän pitää osata antaa palautetta ja palvella asiakkaita.", "fi", ["Palautteen antaminen", "Asiakaspalvelu"]),
        ("Vi behöver folk till kundbetjäningen.", "sv", ["Asiakaspalvelu"]),
        ("Somebody good at solving problems", "en", ["Ongelmanratkaisu"]),
        ("Meillä on kiva työpaikka.", "fi", []),
        ("", "fi", []),
    ],
)  # fmt: skip
def test_ones_own_words_suggest_competences(text, language, names):
    framework_of(*NAMES)
    assert [row.name["fi"] for row in competences_suggested(None, text, language)] == names


def test_one_name_is_suggested_once():
    framework_of({"fi": "Hitsaus"})
    framework_of({"fi": "Hitsaus"})
    assert len(competences_suggested(None, "hitsausta", "fi")) == 1
    assert found("hitsausta") == ["Hitsaus", "Hitsaus"]


@pytest.mark.parametrize("count", [1, 3])
def test_few_queries_however_many_there_are(count):
    framework_of(*NAMES[:count])
    person = coordinator_of(NetworkFactory.create())
    with CaptureQueriesContext(connection) as asked:
        assert competences_matching(person, "palaute", "fi")
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert competences_suggested(person, "palautteen antaminen", "fi")
    assert len(asked) == 3
