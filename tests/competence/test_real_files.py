"""The real files of the national service, brought in by the page and by the command."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from luotsi.competence.models import Area, Competence, Criterion, Framework
from tests.competence.formats.samples import sample
from tests.factories.people import NetworkFactory, coordinator_of
from tests.pages import errors_of, said_on

pytestmark = pytest.mark.django_db

COUNTS = {
    "2019-shape/ePerustePerusteenosat6777674.json": (1, 4, 21),
    "eperusteet-service_api_perusteenosat_3708884_osaalueet.json": (6, 31, 287),
    "eperusteet-service_api_tutkinnonosat_400014.json": (35, 0, 0),
    "osaamismerkit.json": (2, 3, 14),
    "rakenne-autoalan-tyonjohto.json": (8, 8, 44),
    "rakenne-liikunnan-ja-valmennuksen-ammattitutkinto-2018.json": (12, 111, 988),
    "rakenne-valma.json": (7, 11, 117),
    "valid_arviointi.json": (1, 2, 3),
}


def kept() -> tuple[int, int, int]:
    return Area.objects.count(), Competence.objects.count(), Criterion.objects.count()


@pytest.fixture
def file(tmp_path: Path):
    """A shared file under its own name, where the command finds it."""

    def laid(name: str) -> Path:
        path = tmp_path / Path(name).name
        path.write_bytes(sample(f"eperusteet/{name}"))
        return path

    return laid


def run(*arguments: object) -> list[str]:
    out = StringIO()
    call_command("import_framework", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_the_command_brings_a_real_file_in_once(file, name: str) -> None:
    path = file(name)
    areas, competences, criteria = COUNTS[name]

    dry = run(path, "--dry-run")
    nothing = kept()
    first = run(path)
    once = kept()
    again = run(path)

    assert dry[2].endswith(f", competences {competences}, criteria {criteria}")
    assert (dry[-1], nothing) == ("would be added", (0, 0, 0))
    assert f"  competences: add {competences}, change 0, retire 0, keep 0" in dry
    assert (first[:-1], first[-1], once) == (dry[:-1], "added", (areas, competences, criteria))
    assert (again[-1], kept()) == ("already here; nothing changed", once)


def test_the_command_says_when_a_version_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "unit.json"
    path.write_bytes(sample("eperusteet/2019-shape/ePerustePerusteenosat6777674.json"))
    run(path)
    path.write_bytes(path.read_bytes().replace(b"Louhintaporaus", b"Louhintaporaaminen"))

    dry, done = run(path, "--dry-run"), run(path)

    assert dry[-2:] == ["  would retire: Louhintaporaus", "would be added as a new version"]
    assert done[-2:] == ["  retired: Louhintaporaus", "added as a new version"]
    assert "  competences: add 0, change 0, retire 0, keep 4" in done
    assert [row.name["fi"] for row in Framework.objects.filter(retired_at=None)] == ["Louhintaporaaminen"]


def test_the_command_tells_what_it_cannot_read(file, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as unreadable:
        run(tmp_path / "missing.json")
    with pytest.raises(CommandError) as broken:
        run(file("invalid_arviointi.json"))

    assert str(unreadable.value) == f"{tmp_path / 'missing.json'} cannot be read: No such file or directory"
    assert str(broken.value) == (
        "A criterion has a level that its scale does not have. Ask where the file comes from. Where: "
        "$.arvioinninKohdealueet[0].arvioinninKohteet[0].osaamistasonKriteerit[1]._osaamistaso."
    )
    assert kept() == (0, 0, 0)


@pytest.mark.parametrize("name", ["rakenne-liikunnan-ja-valmennuksen-ammattitutkinto-2018.json", "rakenne-valma.json"])
def test_the_page_brings_a_real_file_in_once(client, name: str) -> None:
    content = sample(f"eperusteet/{name}")
    client.force_login(coordinator_of(NetworkFactory.create()))

    def handed_in():
        return client.post("/competence/import/", {"file": SimpleUploadedFile(name, content)}, follow=True)

    first = handed_in()
    nothing = kept()
    action = f"{first.redirect_chain[0][0]}apply/"
    [seen] = re.findall(r'name="seen" value="([^"]*)"', first.content.decode())
    done = client.post(action, {"seen": seen}, follow=True)
    again = handed_in()

    assert (nothing, kept()) == ((0, 0, 0), COUNTS[name])
    assert len(said_on(done)) == 1
    assert "This very version is here already." in again.content.decode()


def test_the_page_refuses_a_real_file_without_criteria(client) -> None:
    name = "2019-shape/ePeruste6777660Rakenne.json"
    client.force_login(coordinator_of(NetworkFactory.create()))

    response = client.post(
        "/competence/import/", {"file": SimpleUploadedFile("rakenne.json", sample(f"eperusteet/{name}"))}
    )

    assert errors_of(response) == [
        "The file holds no criteria. Choose a unit or a whole qualification, not its structure or text."
    ]
    assert kept() == (0, 0, 0)
