"""The catalogues of texts: one PO file a module and language, collected from the code and compiled into one MO a language.

    python locale/catalogues.py collect   adds new texts to locale/<language>/<module>.po, drops those no longer used
    python locale/catalogues.py compile   writes locale/<language>/LC_MESSAGES/django.mo (not committed)
    python locale/catalogues.py check     says which texts are missing, doubtful, unused or translated in two ways

English is the source. A text that several modules use stands in common.po.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src" / "luotsi"
LANGUAGES = ("fi", "sv")
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
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
Key = tuple[str, str | None]


def key_of(message: Message) -> Key:
    singular = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return str(singular), message.context


def extract() -> dict[Key, tuple[set[str], Message]]:
    """Every text of the code, with the modules that use it."""
    found: dict[Key, tuple[set[str], Message]] = {}
    keywords = {
        "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "_n": (1, 2),
        "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "gettext_noop": None,
    }  # fmt: skip
    rows = extract_from_dir(SOURCE, method_map=METHODS, options_map=OPTIONS, keywords=keywords)  # type: ignore[arg-type]
    for file, _line, text, _comments, context in rows:
        message = Message(text, context=context)
        if key_of(message)[0]:
            modules, kept = found.setdefault(key_of(message), (set(), message))
            modules.add(file.split("/")[0])
            if isinstance(text, tuple) and not isinstance(kept.id, tuple):
                found[key_of(message)] = (modules, message)
    return found


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def catalogues(language: str) -> dict[str, Catalog]:
    return {path.stem: read(path, language) for path in sorted((HERE / language).glob("*.po"))}


def merged(language: str) -> Catalog:
    whole = Catalog(locale=language, fuzzy=False)
    for catalogue in catalogues(language).values():
        for message in catalogue:
            if message.id and message.string:
                whole.add(message.id, message.string, context=message.context)
    return whole


def compile_all() -> None:
    for language in LANGUAGES:
        target = HERE / language / "LC_MESSAGES" / "django.mo"
        newest = max((path.stat().st_mtime for path in (HERE / language).glob("*.po")), default=0)
        if target.exists() and target.stat().st_mtime > newest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, merged(language))


def collect() -> None:
    """Keep each translation where it stands; a new text goes to its module's file, or to common when several use it."""
    found = extract()
    for language in LANGUAGES:
        old = catalogues(language)
        home = {key_of(m): name for name, catalogue in old.items() for m in catalogue if m.id}
        known = {key_of(m): m.string for catalogue in old.values() for m in catalogue if m.id and _has_text(m)}
        new: defaultdict[str, Catalog] = defaultdict(lambda: Catalog(locale=language, fuzzy=False))  # noqa: B023 -- used at once
        for key, (modules, message) in sorted(found.items()):
            name = home.get(key) or (next(iter(modules)) if len(modules) == 1 else "common")
            if len(modules) > 1:
                name = "common"
            new[name].add(message.id, known.get(key, ""), context=message.context)
        for name in set(old) | set(new):
            write(HERE / language / f"{name}.po", new[name])


def write(path: Path, catalogue: Catalog) -> None:
    if not list(catalogue)[1:]:
        path.unlink(missing_ok=True)
        return
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, omit_header=False, sort_output=True, include_previous=False)
    # no dates and no tool names: the file changes only when a text does
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [
        line
        for line in lines
        if not re.match(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator)', line)
    ]
    path.write_text("\n".join(kept), encoding="utf-8")


def _has_text(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def check() -> list[str]:
    found = extract()
    faults = []
    for language in LANGUAGES:
        seen: dict[Key, tuple[str, object]] = {}
        for name, catalogue in catalogues(language).items():
            for message in catalogue:
                if message.id:
                    faults += _faults_of(message, name, language, seen, found)
        faults += [f"{language}: not translated: {key[0]!r}" for key in found if key not in seen]
    return faults


def _faults_of(
    message: Message, name: str, language: str, seen: dict[Key, tuple[str, object]], found: object
) -> list[str]:
    key, where = key_of(message), f"{language}/{name}.po"
    faults = []
    if not _has_text(message):
        faults.append(f"{where}: empty: {key[0]!r}")
    if message.fuzzy:
        faults.append(f"{where}: marked as doubtful: {key[0]!r}")
    if key not in found:  # type: ignore[operator]  # the mapping of extract()
        faults.append(f"{where}: no longer used: {key[0]!r}")
    if key in seen:
        faults.append(f"{where}: also in {seen[key][0]}: {key[0]!r}")
    ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    wanted = set(PLACEHOLDER.findall(ids[-1]))
    faults += [
        f"{where}: placeholders differ: {key[0]!r}" for text in strings[-1:] if set(PLACEHOLDER.findall(text)) != wanted
    ]
    seen[key] = (name, message.string)
    return faults


def main() -> None:
    verb = sys.argv[1] if len(sys.argv) > 1 else "check"
    if verb == "collect":
        collect()
    elif verb == "compile":
        compile_all()
    else:
        faults = check()
        print("\n".join(faults))  # noqa: T201 -- a command
        sys.exit(bool(faults))


if __name__ == "__main__":
    main()
