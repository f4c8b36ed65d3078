import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.shipped import read_shipped, shipped_models, shipped_source
from luotsi.programmes.models.programmes import ProgrammeModel
from tests.factories.counting import queries_for
from tests.factories.model_files import TEXT, WORDS, model_file, model_tree, written
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programme_models import own_model_of, tools_of
from tests.factories.programmes import ProgrammeFactory
from tests.pages import errors_of, rows_of, title_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coordinator")]

OWN = TEXT.replace("key: career-mentoring", "key: care-mentoring", 1)


@pytest.fixture
def network():
    tools_of(TEXT, shipped_source("career-mentoring"))
    return NetworkFactory.create(name="Rannikon verkosto")


@pytest.fixture
def coordinator(network, client):
    person = coordinator_of(network)
    client.force_login(person)
    return person


def words_of(response) -> str:
    """What stands on the page, without marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def yaml_file(text):
    return SimpleUploadedFile("own.yaml", text.encode(), content_type="application/yaml")


def test_models_of_the_product_and_of_ones_own_networks(client, network) -> None:
    own_model_of(network, version=1)
    own_model_of(network, version=2, name={"sv": "Vård"}, derived_from={"key": "career-mentoring", "version": 1})
    own_model_of(NetworkFactory.create(), key="their-own", name={"en": "Somebody else's"})

    response = client.get("/models/")

    assert rows_of(response) == [
        ["Vård in Swedish", "2", "Rannikon verkosto", "career-mentoring, version 1", "offered"],
        ["Career mentoring", "1", "Rannikon verkosto", "–", "offered"],
    ]
    assert 'href="/models/career-mentoring/"' in response.content.decode()
    assert "Somebody else's" not in words_of(response)


def test_list_asks_the_same_for_one_and_for_three(client, network) -> None:
    own_model_of(network, version=1)

    one = queries_for(client, "/models/")
    own_model_of(network, version=2)
    own_model_of(network, version=3)

    assert queries_for(client, "/models/") == one


@pytest.mark.parametrize("address", ["", "import/", "compare/", "career-mentoring/", "career-mentoring/file/"])
def test_who_coordinates_nothing_finds_nothing(client, address) -> None:
    client.force_login(PersonFactory.create())

    assert client.get(f"/models/{address}").status_code == 404


def test_model_of_others_is_not_there(client, network) -> None:
    theirs = own_model_of(NetworkFactory.create())

    for address in ("", "file/", "derive/"):
        assert client.get(f"/models/{theirs.ref}/{address}").status_code == 404
    assert client.post(f"/models/{theirs.ref}/retire/").status_code == 404
    assert client.get("/models/none/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.retired_at is None


def test_model_is_shown_with_all_that_it_has(client, network) -> None:
    tree = model_tree(key="care-mentoring", topic={"en": "Care of the old"})
    tree["phases"][0]["activities"] = [
        {"key": "evening", "kind": "training_session", "week": 2, "minutes": 90, "name": {"en": "First evening"}}
        | {"required": True, "sign_up": True, "capacity": 12, "for_whom": ["mentor"], "materials": ["strengths"]}
    ]
    tree["nudges"] = [
        {"key": "care", "event": "application_waiting", "days": [7, 14], "to": ["coordinator"]}
        | {"subject": {"en": "Somebody waits"}, "text": WORDS}
    ]
    own = own_model_of(network, **{name: tree[name] for name in ("topic", "phases", "nudges")})

    response = client.get(f"/models/{own.ref}/")

    assert title_of(response) == "Career mentoring"
    assert [
        "First evening",
        "2",
        "training session, 90 min, 12 places: strengths en",
        "mentors required",
    ] in rows_of(response)
    nudge = [
        "Somebody waits",
        "an application that waits for a decision",
        "7 days after; 14 days after",
        "coordinators",
    ]
    assert nudge in rows_of(response)
    shown = words_of(response)
    for words in (
        "Care of the old",
        "The two have a language in common.",
        "Themes that we leave out",
        "How well did the mentoring meet what you hoped for?",
        "7 meetings are planned. There is one every 3 weeks. It takes 60 minutes.",
    ):
        assert words in shown


def test_file_comes_as_it_is(client, network) -> None:
    own = own_model_of(network, version=3)

    shipped, mine = client.get("/models/career-mentoring/file/"), client.get(f"/models/{own.ref}/file/")

    assert shipped.content.decode() == shipped_source("career-mentoring")
    assert (mine.content.decode(), mine["Content-Disposition"]) == (
        own.description,
        'attachment; filename="care-mentoring-3.yaml"',
    )


@pytest.mark.parametrize("as_file", [True, False])
def test_file_or_its_text_is_imported(client, network, as_file) -> None:
    given = {"file": yaml_file(OWN)} if as_file else {"content": OWN.replace("\n", "\r\n")}

    response = client.post("/models/import/", {"network": str(network.ref), **given}, follow=True)

    own = ProgrammeModel.objects.get()
    assert response.redirect_chain == [(f"/models/{own.ref}/", 302)]
    assert (own.network, own.key, own.version, own.description) == (network, "care-mentoring", 1, OWN)


def test_faulty_file_comes_back_as_text_with_all_that_is_wrong(client, network) -> None:
    text = OWN.replace("weeks: 32", "weeks: 33").replace("answer_days: 3", "answer_days: soon")
    line = [*text.splitlines()].index("  answer_days: soon") + 1

    response = client.post("/models/import/", {"network": str(network.ref), "file": yaml_file(text)})

    weeks, answer = rows_of(response)
    assert weeks[1:] == ["weeks", "There stands 33, and the weeks of the phases add up to 32. Change one of them."]
    assert answer == [str(line), "matching.answer_days", "Here must stand a whole number, for example 4."]
    assert "  answer_days: soon" in html.unescape(response.content.decode())
    assert ProgrammeModel.objects.count() == 0


def test_version_that_is_not_higher_is_told_and_the_text_stays(client, network) -> None:
    own_model_of(network, version=2)

    response = client.post("/models/import/", {"network": str(network.ref), "content": OWN})

    assert errors_of(response) == [
        (
            "Version 2 of “care-mentoring” is here already. Give the file a higher version, for example 3, in its line "
            "“version”."
        )
    ]
    assert "key: care-mentoring" in response.content.decode()
    assert ProgrammeModel.objects.count() == 1


def test_nothing_brought_in_is_told(client, network) -> None:
    response = client.post("/models/import/", {"network": str(network.ref), "content": "  "})

    assert errors_of(response) == ["Choose a file, or paste its text."]


def test_nobody_imports_into_a_network_of_others(client) -> None:
    other = NetworkFactory.create()

    response = client.post("/models/import/", {"network": str(other.ref), "content": OWN})

    assert (response.status_code, ProgrammeModel.objects.count()) == (200, 0)


def test_own_model_is_derived_and_remembers_its_parent(client, network) -> None:
    form = {"network": str(network.ref), "key": "care-mentoring", "name_sv": "Vård", "topic_sv": "Äldrevård"}

    client.post("/models/career-mentoring/derive/", form)

    own = ProgrammeModel.objects.get()
    assert (own.key, own.name, own.parent_key, own.version) == ("care-mentoring", {"sv": "Vård"}, "career-mentoring", 1)


def test_key_that_is_none_is_told_at_its_field(client, network) -> None:
    form = {"network": str(network.ref), "key": "Care mentoring", "name_en": "Care"}

    response = client.post("/models/career-mentoring/derive/", form)

    [error] = errors_of(response)
    assert error.startswith("“Care mentoring” cannot be a key. Write small letters")
    assert 'value="Care mentoring"' in response.content.decode()
    assert ProgrammeModel.objects.count() == 0


def test_two_are_compared_in_words(client, network) -> None:
    one = own_model_of(network, version=1)
    tree = model_tree(key="care-mentoring", version=2)
    tree["name"]["en"] = "Care mentoring"
    tree["matching"]["weights"]["skills"] = 7
    tree["questions"][0]["text"]["sv"] = "Vilka språk talar du?"
    other = own_model_of(network, **tree)

    shown = words_of(client.get(f"/models/compare/?before={one.ref}&after={other.ref}"))

    assert (
        "Name changed Version 1, Career mentoring en: Career mentoring Version 2, Care mentoring en: Care mentoring"
        in shown
    )
    question = "“In which languages can you talk at the meetings?”, Text changed"
    sides = "sv: På vilka språk kan du samtala på träffarna? Version 2, Care mentoring sv: Vilka språk talar du?"
    assert f"{question} Version 1, Career mentoring {sides}" in shown
    assert "Weights, Skills that are sought and offered changed" in shown
    same = words_of(client.get(f"/models/compare/?before={one.ref}&after={one.ref}"))
    assert "They differ in nothing." in same


def test_version_is_retired_and_offered_again(client, network) -> None:
    own = own_model_of(network)

    retired = client.post(f"/models/{own.ref}/retire/", follow=True)
    assert "retired" in words_of(retired)
    client.post(f"/models/{own.ref}/offer/")

    own.refresh_from_db()
    assert own.retired_at is None


# What a programme takes


@pytest.fixture
def programme(network):
    own_model_of(network, version=1)
    tree = model_tree(key="care-mentoring")
    tree["matching"]["floor"] = 3500
    newer = model_tree(version=2)
    newer["matching"]["floor"] = 4000
    newer["sessions"]["minutes"] = 45
    newer["agreement"][0]["text"]["en"] = "Other words."
    del newer["key"]
    own_model_of(network, **newer)
    return ProgrammeFactory.create(network=network, model_key="care-mentoring", description=written(tree))


def ticked(response) -> list[str]:
    return re.findall(r'name="chosen" value="([^"]+)" checked', response.content.decode())


def test_preview_shows_each_difference_and_suggests_what_only_the_model_changed(client, programme) -> None:
    before = programme.description

    response = client.get(f"/programmes/{programme.ref}/model/")

    assert ticked(response) == ["agreement.purpose.text.changed", "sessions.minutes.changed"]
    shown = words_of(response)
    assert "Lowest score of a pair changed Here 3500 In the model 4000" in shown
    assert "This was changed here, and the model has changed too." in shown
    assert "Only new agreements have the new text." in shown
    programme.refresh_from_db()
    assert programme.description == before


def test_only_what_was_chosen_is_taken(client, programme) -> None:
    address = f"/programmes/{programme.ref}/model/"

    response = client.post(address, {"chosen": ["sessions.minutes.changed"]}, follow=True)

    programme.refresh_from_db()
    here = read_model(programme.description)
    assert (here.sessions.minutes, here.matching.floor, here.agreement[0].text["en"][:7]) == (45, 3500, "We make")
    assert programme.model_version == 2
    assert "The programme has what you chose." in words_of(response)
    assert ticked(client.get(address)) == []


def test_choice_of_something_else_changes_nothing_and_stays_ticked(client, programme) -> None:
    chosen = ["sessions.minutes.changed", "name.changed"]

    response = client.post(f"/programmes/{programme.ref}/model/", {"chosen": chosen})

    assert len(errors_of(response)) == 1
    assert ticked(response) == ["sessions.minutes.changed"]
    programme.refresh_from_db()
    assert programme.model_version == 1


def test_earlier_version_may_be_looked_at_too(client, programme, network) -> None:
    first = ProgrammeModel.objects.get(version=1)

    response = client.get(f"/programmes/{programme.ref}/model/?model={first.ref}")

    assert ticked(response) == []
    assert "This was changed here, and the model has not changed." in words_of(response)


def test_programme_of_others_is_not_there(client) -> None:
    assert client.get(f"/programmes/{ProgrammeFactory.create().ref}/model/").status_code == 404


def test_programme_whose_model_is_gone_says_so(client, network) -> None:
    gone = ProgrammeFactory.create(network=network, model_key="gone", description=model_file(key="gone"))

    assert "Its model is not here" in words_of(client.get(f"/programmes/{gone.ref}/model/"))


@pytest.mark.parametrize("key", shipped_models())
def test_every_shipped_model_is_shown(client, key) -> None:
    response = client.get(f"/models/{key}/")

    assert response.status_code == 200
    assert title_of(response) == read_shipped(key).name["en"]
