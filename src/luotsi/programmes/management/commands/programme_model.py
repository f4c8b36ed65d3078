"""Check the file of a programme model, write one out, or keep one as a network's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.people.models import Network
from luotsi.programmes.formats.errors import ModelError
from luotsi.programmes.formats.shipped import earlier_source, shipped_models
from luotsi.programmes.messages.models import key_of, sentence_of
from luotsi.programmes.models.programmes import ProgrammeModel
from luotsi.programmes.queries.models import shipped_model
from luotsi.programmes.services import models as services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.management.base import CommandParser

    from luotsi.programmes.formats.errors import Fault


class Command(BaseCommand):
    help = "Programme models as files: check FILE, export KEY [FILE], import FILE --network NAME."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="say all that is wrong with a file, with line and key; exit code 1")
        check.add_argument("file", type=Path)
        check.add_argument("--network", metavar="NAME", help="whose own questionnaires the file may name")
        check.add_argument("--language", choices=["fi", "sv", "en"], default="en", help="of the sentences")
        export = verbs.add_parser("export", help="write a model out, to FILE or to the screen")
        export.add_argument("key")
        export.add_argument("file", type=Path, nargs="?")
        export.add_argument("--network", metavar="NAME", help="whose own model; none: one that ships")
        export.add_argument("--version", type=int, dest="number", help="which version; none: the newest")
        bring = verbs.add_parser("import", help="keep a file as a version of a network's own model")
        bring.add_argument("file", type=Path)
        bring.add_argument("--network", metavar="NAME", required=True)
        bring.add_argument("--language", choices=["fi", "sv", "en"], default="en", help="of the sentences")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 -- what argparse gives
        with translation.override(options.get("language", "en")):
            {"check": self.check_file, "export": self.write_out, "import": self.bring_in}[options["verb"]](options)

    def check_file(self, options: dict[str, Any]) -> None:
        network = _network(options["network"]) if options["network"] else None
        try:
            reading = services.check(_read(options["file"]), network=network)
        except ModelError as error:
            self._tell(options["file"], error.faults)
            sys.exit(1)
        self._tell(options["file"], reading.warnings)
        model = reading.model
        self.stdout.write(f"{TranslatedText(model.name)} ({model.key}, version {model.version}) can be used.")

    def write_out(self, options: dict[str, Any]) -> None:
        text = _text_of(options["key"], options["network"], options["number"])
        if options["file"] is None:
            self.stdout.write(text, ending="")
            return
        try:
            options["file"].write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}") from error
        self.stdout.write(f"Written to {options['file']}.")

    def bring_in(self, options: dict[str, Any]) -> None:
        network = _network(options["network"])
        try:
            kept = services.import_model(network, _read(options["file"]), by=SYSTEM)
        except ModelError as error:
            self._tell(options["file"], error.faults)
            sys.exit(1)
        except RefusedError as refused:
            raise CommandError(str(refused.text)) from refused
        self.stdout.write(f"{kept.name} ({kept.key}, version {kept.version}) is a model of {network.name}.")

    def _tell(self, file: Path, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.stdout.write(f"{file}:{fault.line}: {key_of(fault)}: {sentence_of(fault)}")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error


def _network(name: str) -> Network:
    found = list(Network.objects.filter(name=name))
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(f"{len(found)} networks are called “{name}”. Give one of them another name first.")
    names = ", ".join(Network.objects.order_by("name").values_list("name", flat=True)) or "none"
    raise CommandError(f"There is no network “{name}”. These there are: {names}.")


def _text_of(key: str, network: str | None, number: int | None) -> str:
    """The file of a model. Without a number the newest version, of those that ship the one that ships."""
    if network is not None:
        rows = ProgrammeModel.objects.filter(network=_network(network), key=key).order_by("-version")
        found = (rows.filter(version=number) if number else rows).first()
        if found is None:
            known = ", ".join(
                f"{row.key} {row.version}" for row in ProgrammeModel.objects.filter(network__name=network)
            )
            raise CommandError(f"“{network}” has no such model. It has these: {known or 'none'}.")
        return found.description
    if key not in shipped_models():
        raise CommandError(f"No model “{key}” ships. These do: {', '.join(shipped_models())}.")
    model = shipped_model(key)
    if number in {None, model.version}:
        return model.text
    try:
        return earlier_source(key, number or 0)
    except KeyError:
        raise CommandError(f"“{key}” ships as version {model.version}. Version {number} is not here.") from None
