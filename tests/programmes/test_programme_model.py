from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from luotsi.programmes.formats.shipped import shipped_source
from luotsi.programmes.models.programmes import ProgrammeModel
from tests.factories.model_files import TEXT, model_file
from tests.factories.people import NetworkFactory
from tests.factories.programme_models import own_model_of, tools_of

pytestmark = pytest.mark.django_db

OWN = TEXT.replace("key: career-mentoring", "key: care-mentoring", 1)


@pytest.fixture
def network():
    tools_of(TEXT)
    return NetworkFactory.create(name="Rannikon verkosto")


def told(*words) -> str:
    out = StringIO()
    call_command("programme_model", *map(str, words), stdout=out)
    return out.getvalue()


def refused(*words) -> str:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("programme_model", *map(str, words), stdout=out)
    assert stopped.value.code == 1
    return out.getvalue()


def test_good_file_can_be_used(network, tmp_path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")

    assert told("check", file) == "Career mentoring (care-mentoring, version 1) can be used.\n"


def test_every_fault_has_its_line_its_key_and_how_to_mend_it(network, tmp_path) -> None:
    text = OWN.replace("  floor: 3000", "  flor: 3000").replace("    - strengths", "    - strength")
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    matching, floor = (text.splitlines().index(line) + 1 for line in ("matching:", "  flor: 3000"))

    assert refused("check", file) == (
        f"{file}:{matching}: matching: “floor” is missing here. Add it.\n"
        f"{file}:{floor}: matching.flor: “flor” is not known here. Take it away, or write one of these: weights, "
        "rules, floor, answer_days, pairing, training_first. Did you mean “floor”?\n"
    )


def test_sentences_speak_finnish_and_swedish_too(network, tmp_path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN.replace("weeks: 32", "weeks: 33"), encoding="utf-8")

    english, finnish, swedish = (
        refused("check", file, "--language", language).split(": weeks: ")[1] for language in ("en", "fi", "sv")
    )

    assert english == "There stands 33, and the weeks of the phases add up to 32. Change one of them.\n"
    assert "32" in finnish
    assert "32" in swedish
    assert len({english, finnish, swedish}) == 3


def test_text_missing_in_a_language_is_told_and_no_fault(network, tmp_path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN.replace("  sv: Yrkeslivsmentorskap\n", ""), encoding="utf-8")

    warning, end = told("check", file).splitlines()

    assert warning.endswith("name: The text is missing in this language: sv. Write it.")
    assert end == "Career mentoring (care-mentoring, version 1) can be used."


def test_file_that_is_not_there_is_no_crash(network, tmp_path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        told("check", tmp_path / "none.yaml")


def test_what_was_imported_is_exported_as_it_was(network, tmp_path) -> None:
    file, out = tmp_path / "own.yaml", tmp_path / "out.yaml"
    file.write_text(OWN, encoding="utf-8")

    kept = told("import", file, "--network", network.name)
    again = told("import", file, "--network", network.name)
    told("export", "care-mentoring", out, "--network", network.name)

    assert kept == again == "Career mentoring (care-mentoring, version 1) is a model of Rannikon verkosto.\n"
    assert ProgrammeModel.objects.count() == 1
    assert out.read_text(encoding="utf-8") == OWN


def test_faulty_file_is_not_imported(network, tmp_path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN.replace("weeks: 32", "weeks: 33"), encoding="utf-8")

    assert ": weeks: " in refused("import", file, "--network", network.name)
    assert ProgrammeModel.objects.count() == 0


def test_version_that_is_not_higher_is_refused(network, tmp_path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(model_file(key="care-mentoring", version=2), encoding="utf-8")
    own_model_of(network, version=2)

    with pytest.raises(CommandError, match="Version 2 of “care-mentoring” is here already"):
        told("import", file, "--network", network.name)


def test_model_that_ships_is_exported_to_the_screen(network) -> None:
    assert told("export", "career-mentoring") == shipped_source("career-mentoring")


def test_version_of_an_own_model_is_chosen_by_number(network) -> None:
    first, second = own_model_of(network, version=1), own_model_of(network, version=2)

    assert told("export", "care-mentoring", "--network", network.name) == second.description
    assert told("export", "care-mentoring", "--network", network.name, "--version", 1) == first.description


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("export", "none"), "No model “none” ships. These do: "),
        (("export", "career-mentoring", "--version", "99"), "Version 99 is not here"),
        (("export", "none", "--network", "Rannikon verkosto"), "It has these: none"),
        (("export", "none", "--network", "Nobody"), "There is no network “Nobody”. These there are: Rannikon verkosto"),
    ],
)
def test_what_is_not_there_is_told(network, words, why) -> None:
    with pytest.raises(CommandError, match=why):
        told(*words)
