"""The catalogues of texts: a PO file a module and language, collected from the code, compiled into one MO a language.

    python locale/catalogues.py collect   adds new texts to locale/<language>/<module>.po, drops those no longer used
    python locale/catalogues.py compile   writes locale/<language>/LC_MESSAGES/django.mo (not committed)
    python locale/catalogues.py check     says which texts are missing, doubtful, unused, misplaced or told in two ways

English is the source. A text that several modules use stands in common.po.
"""  # noqa: INP001 -- a command in a folder of catalogues, not a package

from __future__ import annotations

import ast
import os
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src" / "luotsi"
LANGUAGES = ("fi", "sv")
COMMON = "common"
FORMS = 2  # of a text with a number: Finnish and Swedish have two, as English has
METHODS = [("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2"), ("**.py", "python")]
OPTIONS = {
    "**/templates/**.html": {
        "trimmed": "true",
        "newstyle_gettext": "true",
        "silent": "false",
        "extensions": "jinja2.ext.do",
    }
}
OPTIONS["**/templates/**.txt"] = OPTIONS["**/templates/**.html"]
KEYWORDS = {
    "_": None, "now": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "_n": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# What the writer adds of itself: dates and tools would change the file when no text has changed.
ADDED = re.compile(r'# .*|#$|"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date):.*')
ADDED_TOO = re.compile(r'"(Last-Translator|Language-Team|Generated-By):.*')
Key = tuple[str, str | None]


def key_of(message: Message) -> Key:
    return sources_of(message)[0], message.context


def sources_of(message: Message) -> list[str]:
    """The English: one text, or singular and plural."""
    return [str(text) for text in (message.id if isinstance(message.id, list | tuple) else [message.id])]


def texts_of(message: Message) -> list[str]:
    """The translation: one text, or one for each form of a number. What is missing is empty."""
    found = message.string if isinstance(message.string, list | tuple) else [message.string]
    return [text or "" for text in found]


def has_text(message: Message) -> bool:
    return all(text.strip() for text in texts_of(message))


def extract() -> dict[Key, tuple[set[str], Message]]:
    """Every text of the code, with the modules that use it."""
    found: dict[Key, tuple[set[str], Message]] = {}
    rows = extract_from_dir(SOURCE, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS)
    for file, _line, text, _comments, context in rows:
        message = Message(text, context=context)
        if key_of(message)[0]:
            modules, kept = found.setdefault(key_of(message), (set(), message))
            modules.add(file.split("/")[0])
            if isinstance(text, tuple) and not isinstance(kept.id, tuple):
                found[key_of(message)] = (modules, message)
    return found


def home_of(modules: set[str], now: str | None) -> str:
    """The file in which a text stands: its module's, or the common one, from which a text need not come back."""
    if now == COMMON or len(modules) > 1:
        return COMMON
    return next(iter(modules))


def read(path: Path, language: str) -> Catalog:
    """Raises PoFileError for what a lenient reader would pass over."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def catalogues(language: str) -> dict[str, Catalog]:
    return {path.stem: read(path, language) for path in sorted((HERE / language).glob("*.po"))}


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    """All but the header."""
    return (message for message in catalogue if message.id)


def merged(language: str) -> Catalog:
    """What is translated, without doubtful texts."""
    whole = Catalog(locale=language, fuzzy=False)
    for catalogue in catalogues(language).values():
        for message in messages_of(catalogue):
            if has_text(message) and not message.fuzzy:
                whole.add(message.id, message.string, context=message.context)
    return whole


def compile_all() -> None:
    """Write what is out of date; others may read it meanwhile."""
    for language in LANGUAGES:
        folder = HERE / language
        target = folder / "LC_MESSAGES" / "django.mo"
        newest = max(path.stat().st_mtime for path in (*folder.glob("*.po"), folder, Path(__file__)))
        if target.exists() and target.stat().st_mtime > newest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, merged(language))
        fresh.replace(target)


def collect() -> None:
    """Keep each translation; a new text goes to its module's file, or to the common one when several use it."""
    found = extract()
    for language in LANGUAGES:
        old = catalogues(language)
        home = {key_of(message): name for name, catalogue in old.items() for message in messages_of(catalogue)}
        known = {
            key_of(message): message.string
            for catalogue in old.values()
            for message in messages_of(catalogue)
            if has_text(message)
        }
        new: dict[str, Catalog] = defaultdict(lambda here=language: Catalog(locale=here, fuzzy=False))  # type: ignore[misc]  # a default of a lambda
        for key, (modules, message) in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            new[home_of(modules, home.get(key))].add(message.id, known.get(key, ""), context=message.context)
        for name in set(old) | set(new):
            write(HERE / language / f"{name}.po", new[name])


def write(path: Path, catalogue: Catalog) -> None:
    """The file, in the order of its texts; no file when there is no text."""
    if not any(messages_of(catalogue)):
        path.unlink(missing_ok=True)
        return
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, include_previous=False)
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not (ADDED.fullmatch(line) or ADDED_TOO.fullmatch(line))]
    path.write_text("\n".join(kept), encoding="utf-8")


def check() -> list[str]:
    """Every fault of every catalogue, in words. Nothing when each text is told once, whole, in its place."""
    found = extract()
    faults = [fault for path in sorted(SOURCE.rglob("*.py")) for fault in _not_collected(path)]
    for language in LANGUAGES:
        faults += _faults_in(language, found)
    return faults


def _faults_in(language: str, found: dict[Key, tuple[set[str], Message]]) -> Iterator[str]:
    seen: dict[Key, str] = {}
    for path in sorted((HERE / language).glob("*.po")):
        where = f"{language}/{path.name}"
        try:
            catalogue = read(path, language)
        except PoFileError as error:
            yield f"{where}: cannot be read: {error}"
            return  # what it holds would be told as missing
        yield from (f"{where}: {fault}" for fault in _faults_of_file(path, catalogue))
        for message in messages_of(catalogue):
            key = key_of(message)
            told = [*_faults_of(message), *_misplaced(message, path, found)]
            if seen.setdefault(key, path.name) != path.name:
                told.append(f"also in {seen[key]}")
            yield from (f"{where}: {fault}: {key[0]!r}" for fault in told)
    yield from (f"{language}: not translated: {key[0]!r}" for key in found if key not in seen)


def _not_collected(path: Path) -> Iterator[str]:
    """A text inside an f-string is not found by any collector."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    formatted = [part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)]
    for part in formatted:
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in KEYWORDS:
            yield f"{path.relative_to(SOURCE)}:{part.lineno}: a text inside an f-string: {ast.unparse(part)}"


def _faults_of_file(path: Path, catalogue: Catalog) -> Iterator[str]:
    """A reader takes the last of two translations of one text in one file, without a word."""
    lines = re.findall(r"^msgid ", path.read_text(encoding="utf-8"), re.MULTILINE)
    twice = len(lines) - 1 - len(catalogue)
    if twice:
        yield f"texts that stand there twice: {twice}"


def _misplaced(message: Message, path: Path, found: dict[Key, tuple[set[str], Message]]) -> Iterator[str]:
    if key_of(message) not in found:
        yield "no longer used"
        return
    modules, used = found[key_of(message)]
    if home_of(modules, path.stem) != path.stem:
        yield f"belongs to {home_of(modules, path.stem)}.po, used by {', '.join(sorted(modules))}"
    if sources_of(message) != sources_of(used):
        yield "the code has another plural"


def _faults_of(message: Message) -> Iterator[str]:
    sources, texts = sources_of(message), texts_of(message)
    if message.fuzzy:
        yield "marked as doubtful"
    if len(sources) == FORMS != len(texts):
        yield f"has {len(texts)} forms, not {FORMS}"
    elif not has_text(message):
        yield "empty"
    else:
        yield from (fault for source, text in zip(sources, texts, strict=True) for fault in _told_apart(source, text))


def _told_apart(source: str, text: str) -> Iterator[str]:
    """What a translation must have as its source has it."""
    if _placeholders(source) != _placeholders(text):
        yield "placeholders differ"
    if (source[:1].isspace(), source[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace()):
        yield "white space at the ends differs"


def _placeholders(text: str) -> set[str]:
    """Named placeholders with their kinds, and any other sign of percentage with what follows."""
    return set(re.findall(r"%(?:\(\w+\)[^a-zA-Z]*[a-zA-Z]|%|(?!\().?)", text))


def main() -> None:
    verb = sys.argv[1] if len(sys.argv) > 1 else "check"
    if verb == "collect":
        collect()
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        faults = check()
        print("\n".join(faults))  # noqa: T201 -- a command
        sys.exit(bool(faults))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
