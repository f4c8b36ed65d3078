"""The command that collects, compiles and checks the texts: each fault is told, and nothing else."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.mofile import read_mo

COMMAND = Path(__file__).resolve().parents[1] / "locale" / "catalogues.py"
CODE = 'title = _("Choose a day")\ncount = ngettext("%(num)s day", "%(num)s days", 2)\n'
PAGE = '<h1>{{ gettext("Welcome, %(name)s", name=name) }}</h1>\n<p>{% trans %}\n  A long\n  text\n{% endtrans %}</p>\n'
WORDS = {
    "fi": ["Valitse päivä", "%(num)s päivä", "%(num)s päivää", "Tervetuloa, %(name)s", "Pitkä teksti"],
    "sv": ["Välj en dag", "%(num)s dag", "%(num)s dagar", "Välkommen, %(name)s", "En lång text"],
}


def whole(language: str) -> str:
    day, one, many, welcome, long = WORDS[language]
    return (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        f'msgid "Choose a day"\nmsgstr "{day}"\n\n'
        f'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "{one}"\nmsgstr[1] "{many}"\n\n'
        f'msgid "Welcome, %(name)s"\nmsgstr "{welcome}"\n\nmsgid "A long text"\nmsgstr "{long}"\n'
    )


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command, over a small source whose texts are all translated."""
    spec = importlib.util.spec_from_file_location("catalogues", COMMAND)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    monkeypatch.setattr(loaded, "HERE", tmp_path / "locale")
    monkeypatch.setattr(loaded, "SOURCE", tmp_path / "src")
    lay(tmp_path / "src/people/views.py", CODE)
    lay(tmp_path / "src/people/templates/people/page.html", PAGE)
    for language in WORDS:
        lay(tmp_path / f"locale/{language}/people.po", whole(language))
    return loaded


def lay(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_whole_catalogues_have_no_fault(command) -> None:
    assert command.check() == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"Valitse päivä"', '""', "fi/people.po: empty: 'Choose a day'"),
        ('[1] "%(num)s päivää"', '[1] ""', "fi/people.po: empty: '%(num)s day'"),
        ('msgstr[1] "%(num)s päivää"', "", "fi/people.po: empty: '%(num)s day'"),
        (
            's päivää"', 's päivää"\nmsgstr[2] "%(num)s päivää"',
            "fi/people.po: cannot be read: msg has more translations than num_plurals of catalog on 9",
        ),
        ('[0] "%(num)s päivä"', '[0] "yksi päivä"', "fi/people.po: placeholders differ: '%(num)s day'"),
        ("Tervetuloa, %(name)s", "Tervetuloa, %(nimi)s", "fi/people.po: placeholders differ: 'Welcome, %(name)s'"),
        ("Tervetuloa, %(name)s", "Tervetuloa, %(name)", "fi/people.po: placeholders differ: 'Welcome, %(name)s'"),
        ("Tervetuloa, %(name)s", "100 % %(name)s", "fi/people.po: placeholders differ: 'Welcome, %(name)s'"),
        ('"Pitkä teksti"', '"Pitkä teksti "', "fi/people.po: white space at the ends differs: 'A long text'"),
        ('msgid "A long text"', '#, fuzzy\nmsgid "A long text"', "fi/people.po: marked as doubtful: 'A long text'"),
        ('msgid_plural "%(num)s days"', 'msgid_plural "%(num)s d"', "fi/people.po: the code has another plural: '%(num)s day'"),
        ('\nmsgid "A long text"', '\nmsgid "Old"\nmsgstr "Vanha"\n\nmsgid "A long text"', "fi/people.po: no longer used: 'Old'"),
        (
            '\nmsgid "A long text"',
            '\nmsgid "Choose a day"\nmsgstr "Päivä"\n\nmsgid "A long text"',
            "fi/people.po: texts that stand there twice: 1",
        ),
    ],
)  # fmt: skip
def test_each_fault_of_a_catalogue_is_told(command, before: str, after: str, fault: str) -> None:
    change(command.HERE / "fi/people.po", before, after)

    assert command.check() == [fault]


def test_a_text_without_a_translation_is_told_in_each_language(command) -> None:
    lay(command.SOURCE / "comms/views.py", 'pgettext("month", "May")\n')

    assert command.check() == ["fi: not translated: 'May'", "sv: not translated: 'May'"]


def test_a_text_in_two_files_is_told(command) -> None:
    lay(command.HERE / "fi/common.po", whole("fi"))

    assert [fault for fault in command.check() if "also in" in fault] == [
        f"fi/people.po: also in common.po: {text!r}"
        for text in ("Choose a day", "%(num)s day", "Welcome, %(name)s", "A long text")
    ]


def test_a_text_of_two_modules_belongs_to_the_common_file(command) -> None:
    lay(command.SOURCE / "comms/views.py", '_("Choose a day")\n')

    assert command.check() == [
        f"{language}/people.po: belongs to common.po, used by comms, people: 'Choose a day'"
        for language in ("fi", "sv")
    ]


def test_a_text_that_no_collector_finds_is_told(command) -> None:
    lay(command.SOURCE / "people/views.py", CODE + "told = f\"{_('Hidden')} {title}\"\n")

    assert command.check() == ["people/views.py:3: a text inside an f-string: _('Hidden')"]


def test_collecting_keeps_moves_adds_and_drops(command) -> None:
    lay(command.SOURCE / "comms/views.py", '_("Choose a day")\n_("New here")\n')
    change(command.SOURCE / "people/templates/people/page.html", "A long\n  text", "Another text")

    command.collect()

    assert sorted(path.name for path in (command.HERE / "fi").iterdir()) == ["common.po", "comms.po", "people.po"]
    assert [fault for fault in command.check() if fault.startswith("fi")] == [
        "fi/comms.po: empty: 'New here'", "fi/people.po: empty: 'Another text'",
    ]  # fmt: skip
    [kept] = command.messages_of(command.catalogues("fi")["common"])
    assert (kept.id, kept.string) == ("Choose a day", "Valitse päivä")


def test_collecting_twice_writes_the_very_same_files(command) -> None:
    command.collect()
    once = [path.read_bytes() for path in sorted(command.HERE.rglob("*.po"))]

    command.collect()

    assert [path.read_bytes() for path in sorted(command.HERE.rglob("*.po"))] == once
    assert not any(b"PROJECT" in content or b"POT-Creation-Date" in content for content in once)


def test_compiling_leaves_out_what_is_doubtful_or_empty(command) -> None:
    change(command.HERE / "fi/people.po", 'msgid "A long text"', '#, fuzzy\nmsgid "A long text"')
    change(command.HERE / "fi/people.po", '"Valitse päivä"', '""')

    command.compile_all()

    with (command.HERE / "fi/LC_MESSAGES/django.mo").open("rb") as file:
        texts = [(message.id, message.string) for message in read_mo(file) if message.id]
    assert texts == [
        (["%(num)s day", "%(num)s days"], ["%(num)s päivä", "%(num)s päivää"]),
        ("Welcome, %(name)s", "Tervetuloa, %(name)s"),
    ]
    assert sorted(path.name for path in (command.HERE / "fi/LC_MESSAGES").iterdir()) == ["django.mo"]
