"""A tool file is a tool or says all that is wrong with it; the shipped ones are tools."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luotsi.library.formats.tools import LANGUAGES, PHASES, ToolFileError, read_tool
from luotsi.library.services import SHIPPED

FILES = sorted(SHIPPED.glob("*.yaml"))
TEXTS = {"fi": "teksti", "sv": "text", "en": "text"}
TOOL = {
    "key": "cards",
    "version": 1,
    "phase": "working",
    "order": 1,
    "minutes": 30,
    "roles": ["mentor", "mentee"],
    "name": TEXTS,
    "aim": TEXTS,
    "before": TEXTS,
    "steps": [{"minutes": 10, "title": TEXTS, "text": TEXTS}, {"minutes": 20, "title": TEXTS, "text": TEXTS}],
    "write_down": [TEXTS],
}


def faults_of(**changes: object) -> tuple[str, ...]:
    with pytest.raises(ToolFileError) as refused:
        read_tool(yaml.safe_dump({**TOOL, **changes}), "cards.yaml")
    return refused.value.faults


def test_shipped_tools_stand_in_the_order_of_their_files() -> None:
    tools = [(path.name, read_tool(path.read_text(encoding="utf-8"), path.name)) for path in FILES]

    assert len(tools) == 26
    assert [name for name, _ in tools] == [f"{tool.order}-{tool.key}.yaml" for _, tool in tools]
    phases = [PHASES.index(tool.phase) for _, tool in tools]
    assert phases == sorted(phases)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_tool_uses_the_words_of_the_field(path: Path) -> None:
    tool = read_tool(path.read_text(encoding="utf-8"), path.name)
    texts = [tool.name, tool.aim, tool.before, *tool.write_down]
    texts += [text for step in tool.steps for text in (step.title, step.text)]
    said = {language: " ".join(text[language] for text in texts).casefold() for language in LANGUAGES}

    wrong = {
        "fi": ["esimies", "esimiehe", "työnohjau", "mentee", "feedback"],
        "sv": ["feedback", "mentee", "återkoppling", "kunskaper", "förman", "arbetshandled"],
        "en": ["adept", "aktor", "protégé"],
    }
    assert [word for language, words in wrong.items() for word in words if word in said[language]] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_step_of_a_shipped_tool_is_read_at_a_glance(path: Path) -> None:
    tool = read_tool(path.read_text(encoding="utf-8"), path.name)

    assert 4 <= len(tool.steps) <= 6
    for step in tool.steps:
        assert max(len(title) for title in step.title.values()) <= 50
        assert max(len(text) for text in step.text.values()) <= 400
        assert min(map(len, step.text.values())) >= 0.7 * max(map(len, step.text.values()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_tool_says_different_things_in_each_language(path: Path) -> None:
    tool = read_tool(path.read_text(encoding="utf-8"), path.name)

    texts = [tool.name, tool.aim, tool.before, *tool.write_down]
    texts += [text for step in tool.steps for text in (step.title, step.text)]
    assert [len(set(text.values())) for text in texts] == [len(LANGUAGES)] * len(texts)


def test_a_tool_is_read_as_it_is_written() -> None:
    tool = read_tool(yaml.safe_dump(TOOL), "cards.yaml")

    assert (tool.key, tool.version, tool.minutes) == ("cards", 1, 30)
    assert [(step.minutes, step.title) for step in tool.steps] == [(10, TEXTS), (20, TEXTS)]


def test_minutes_must_add_up() -> None:
    assert faults_of(minutes=45) == ("minutes: the steps take 30, not 45",)


def test_every_fault_is_told_at_once() -> None:
    assert faults_of(key="Cards!", version=0, name={"fi": "x", "sv": " ", "en": "x"}, aim={"fi": "x"}) == (
        "key: small letters, digits and hyphens",
        "version: a whole number from 1 up",
        "name: no text in sv",
        "aim: a text in each of fi, sv, en",
    )


def test_an_unknown_or_missing_name_is_told() -> None:
    short = {name: value for name, value in TOOL.items() if name != "aim"}

    with pytest.raises(ToolFileError) as refused:
        read_tool(yaml.safe_dump({**short, "colour": "red"}), "cards.yaml")

    assert refused.value.faults == ("aim is missing", "colour is not known")


def test_a_step_without_minutes_is_told_with_its_number() -> None:
    steps = [{"minutes": 30, "title": TEXTS, "text": TEXTS}, {"title": TEXTS, "text": TEXTS}]

    assert faults_of(steps=steps) == ("step 2: minutes is missing",)


@pytest.mark.parametrize("content", ["", "- a\n- b", "key: [", "42"])
def test_a_file_that_is_no_mapping_is_refused(content: str) -> None:
    with pytest.raises(ToolFileError):
        read_tool(content, "cards.yaml")


@given(
    st.dictionaries(
        st.sampled_from(sorted(TOOL)), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())
    )
)
def test_whatever_stands_in_a_file_it_is_a_tool_or_refused(changes: dict[str, object]) -> None:
    try:
        tool = read_tool(yaml.safe_dump({**TOOL, **changes}), "cards.yaml")
    except ToolFileError as refused:
        assert refused.faults != ()  # noqa: PT017 -- either way is right
    else:
        assert sum(step.minutes for step in tool.steps) == tool.minutes
