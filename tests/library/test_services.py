from pathlib import Path

import pytest
import yaml

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.models import AuditEntry
from luotsi.library import queries
from luotsi.library.formats.tools import ToolFileError
from luotsi.library.models import Tool
from luotsi.library.services import Loaded, load_folder, load_shipped
from luotsi.library.tasks import run_load_shipped
from tests.factories.people import PersonFactory, operator
from tests.library.test_formats import TOOL

pytestmark = pytest.mark.django_db
KEYS = (
    "getting-to-know",
    "group-start",
    "mentor-part",
    "listening",
    "hr-day",
    "goals-and-agreement",
    "strengths",
    "guiding-at-work",
    "induction",
    "giving-feedback",
    "assessing-competence",
    "working-day",
    "network-map",
    "workplace-needs",
    "entrepreneurial-thinking",
    "reverse-mentoring",
    "interview-rehearsal",
    "peer-consultation",
    "learning-culture-plan",
    "mentor-hr-meeting",
    "halfway",
    "feedback-both-ways",
    "found-a-group",
    "experience-to-mark",
    "closing",
    "good-practice",
)


def write(folder: Path, **changes: object) -> None:
    (folder / "cards.yaml").write_text(yaml.safe_dump({**TOOL, **changes}), encoding="utf-8")


def test_load_shipped_brings_in_every_tool_in_order() -> None:
    loaded = load_shipped(by=SYSTEM)

    assert loaded == Loaded(added=KEYS, unchanged=())
    assert tuple(queries.tools().values_list("key", flat=True)) == KEYS
    assert AuditEntry.objects.filter(verb="library.tool_added").count() == len(KEYS)


def test_load_shipped_again_changes_nothing() -> None:
    load_shipped(by=SYSTEM)

    loaded = load_shipped(by=SYSTEM)

    assert loaded == Loaded(added=(), unchanged=KEYS)
    assert Tool.objects.count() == len(KEYS)
    assert AuditEntry.objects.count() == len(KEYS)


def test_a_new_version_is_added_and_in_use(tmp_path: Path) -> None:
    write(tmp_path)
    load_folder(tmp_path, by=SYSTEM)
    write(tmp_path, version=2, name={"fi": "Kortit", "sv": "Kort", "en": "Cards"})

    loaded = load_folder(tmp_path, by=SYSTEM)

    assert loaded.added == ("cards",)
    assert [(tool.version, tool.name["en"]) for tool in Tool.objects.order_by("version")] == [(1, "text"), (2, "Cards")]
    assert queries.tool_with("cards").version == 2
    assert [tool.version for tool in queries.tools_by_key().values()] == [2]


def test_another_text_under_the_same_version_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    load_folder(tmp_path, by=SYSTEM)
    write(tmp_path, name={"fi": "Kortit", "sv": "Kort", "en": "Cards"})

    with pytest.raises(ToolFileError, match="version 1 is kept with another text"):
        load_folder(tmp_path, by=SYSTEM)

    assert [tool.name["en"] for tool in Tool.objects.all()] == ["text"]


def test_one_faulty_file_keeps_all_out(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "other.yaml").write_text("key: other", encoding="utf-8")

    with pytest.raises(ToolFileError):
        load_folder(tmp_path, by=SYSTEM)

    assert Tool.objects.count() == 0


def test_load_by_an_operator() -> None:
    assert load_shipped(by=operator()).added == KEYS


def test_load_by_anybody_else_is_refused() -> None:
    with pytest.raises(RefusedError, match="Only the operator"):
        load_shipped(by=PersonFactory.create())

    assert Tool.objects.count() == 0


def test_tool_with_an_unknown_key_is_not_there() -> None:
    load_shipped(by=SYSTEM)

    with pytest.raises(NotThereError):
        queries.tool_with("no-such-tool")


def test_the_clock_brings_new_tools_in() -> None:
    class Held:
        told: list[tuple[int, int]] = []

        def report(self, done: int, total: int) -> None:
            self.told.append((done, total))

    lease = Held()

    run_load_shipped(lease)

    assert lease.told == [(len(KEYS), len(KEYS))]
    assert Tool.objects.count() == len(KEYS)
