"""The story command on real input: it plays to its end, says what happened, and stops politely when it cannot."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from luotsi.journey.demo.story import Story, StoryError
from luotsi.people.models import Network

SHARED = Path("../shared/data")
UNIT = SHARED / "eperusteet/2019-shape/ePerustePerusteenosat6777674.json"
COMMON_UNITS = SHARED / "eperusteet/eperusteet-service_api_tutkinnonosat_400014.json"
HISTORY = [SHARED / "matching/requests.json", SHARED / "matching/offers.json"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(120),
    pytest.mark.skipif(not SHARED.exists(), reason="the real data is not beside this checkout"),
]


def applicants(path: Path, seed: int) -> bytes:
    """The spreadsheet that the script makes out of the real requests and offers."""
    requests, offers = HISTORY
    call_command(
        "make_applicants",
        requests=requests,
        offers=offers,
        out=path,
        seed=seed,
        count=60,
        verbosity=0,
        stdout=_Nowhere(),
    )
    return path.read_bytes()


class _Nowhere:
    def write(self, text: str) -> None: ...


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_thread_plays_to_its_end_on_real_input(suffix, tmp_path, mail_folder) -> None:
    content = applicants(tmp_path / f"list{suffix}", seed=11)
    said: list[str] = []

    with translation.override("en"):
        told = Story(seed=11, say=said.append).play(f"list{suffix}", content, UNIT.read_bytes())

    figures = {line.split(":")[0].strip(): line.split(":")[1].strip() for line in said[said.index(_last(said)) + 1 :]}
    assert [line[0] for line in said if line[0] != " "] == list("abcedfg")
    assert (figures["Pairs that began"], figures["Meetings held"], figures["Marks awarded"]) == ("1", "1", "1")
    assert b"eddsa-rdfc-2022" in told.document


def _last(said: list[str]) -> str:
    return next(line for line in said if line.startswith("g."))


def test_the_same_seed_tells_the_same_story(tmp_path, mail_folder) -> None:
    content = applicants(tmp_path / "list.xlsx", seed=12)
    said: list[str] = []

    Story(seed=12, say=said.append).play("list.xlsx", content, UNIT.read_bytes())

    first, second = (next(line for line in said if line.startswith(start)) for start in ("b.", "c."))
    assert first == "b. A dry run of the list: 60 rows: 1 duplicate, 52 new, 7 refused."
    assert second.startswith("c. ")


def test_a_framework_without_criteria_stops_it_before_it_begins(tmp_path, mail_folder) -> None:
    content = applicants(tmp_path / "list.xlsx", seed=13)
    said: list[str] = []

    with pytest.raises(StoryError, match="holds no criteria"):
        Story(seed=13, say=said.append).play("list.xlsx", content, COMMON_UNITS.read_bytes())

    assert said == []


def test_a_file_that_is_not_there_is_named() -> None:
    before = Network.objects.count()

    with pytest.raises(CommandError, match=r"nothing-here\.xlsx cannot be read"):
        call_command("story", input=Path("nothing-here.xlsx"), framework=UNIT, seed=1)

    assert Network.objects.count() == before
