from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

from luotsi.journey.demo.applicants import LANGUAGE_WORDS
from luotsi.journey.demo.names import NameGroup, ascii_folded, made_up_people
from luotsi.journey.demo.organisations import PROVIDERS, WORKPLACES, Kind
from luotsi.journey.demo.places import HOMES, MUNICIPALITIES


def people(seed, count):
    return list(islice(made_up_people(Random(seed)), count))


def test_people_are_the_same_for_the_same_seed():
    assert people(5, 200) == people(5, 200)
    assert people(5, 200)[:50] == people(5, 50)
    assert people(5, 50) != people(6, 50)


def test_people_have_addresses_of_their_own_in_plain_letters():
    addresses = [person.email for person in people(1, 5000)]

    assert len(set(addresses)) == 5000
    assert {address.rpartition("@")[2] for address in addresses} == {"example.org"}
    assert all(address.isascii() and address == address.lower() and address.count("@") == 1 for address in addresses)


def test_people_can_be_written_in_windows_1252():
    names = {name for person in people(2, 5000) for name in (person.given_name, person.family_name)}

    assert [name for name in sorted(names) if name.encode("cp1252", "replace").decode("cp1252") != name] == []


def test_people_have_a_language_of_the_interface_that_they_speak_or_english():
    crowd = people(3, 1000)

    assert {person.language for person in crowd} == {"fi", "sv", "en"}
    assert {person.languages[0] for person in crowd if person.group is NameGroup.FINNISH} == {"fi"}
    assert {person.languages[0] for person in crowd if person.group is NameGroup.SWEDISH} == {"sv"}
    assert [person for person in crowd if person.language not in {*person.languages, "en"}] == []
    assert {language for person in crowd for language in person.languages} <= LANGUAGE_WORDS.keys()


def test_people_come_from_all_groups_and_live_in_the_region_around():
    crowd = people(4, 1000)
    groups = Counter(person.group for person in crowd)

    assert 550 < groups[NameGroup.FINNISH] < 690
    assert 130 < groups[NameGroup.SWEDISH] < 230
    assert 150 < groups[NameGroup.INTERNATIONAL] < 250
    assert {person.region for person in crowd} == {"14", "15", "16", "17"}
    assert all(person.region == MUNICIPALITIES[person.municipality].region for person in crowd)


def test_homes_are_shared_out_in_percent():
    assert [sum(shares.values()) for shares in HOMES.values()] == [100, 100, 100]
    assert {code for shares in HOMES.values() for code in shares} == set(MUNICIPALITIES)


def test_letters_are_folded():
    assert ascii_folded("Åsa-Maarit Öhmän Núñez Koç Łø") == "asa-maaritohmannunezkoclo"


def test_organisations_are_four_providers_and_thirteen_workplaces():
    everyone = [*PROVIDERS, *WORKPLACES]

    assert (len(PROVIDERS), len(WORKPLACES)) == (4, 13)
    assert {organisation.kind for organisation in PROVIDERS} == {Kind.PROVIDER}
    assert Kind.PROVIDER not in {organisation.kind for organisation in WORKPLACES}
    assert len({organisation.key for organisation in everyone}) == 17
    assert len({organisation.name for organisation in everyone}) == 17
    assert {frozenset(names) for one in everyone for names in (one.names, *one.units)} == {
        frozenset({"fi", "sv", "en"})
    }
    assert {organisation.municipality for organisation in everyone} <= MUNICIPALITIES.keys()
