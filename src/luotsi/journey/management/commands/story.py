"""Play the whole thread on real input, through the services that the pages use, and print what happened at each step.

The story is played in a database of its own, made for it and thrown away after it: it can be played anywhere and at any
time, and leaves nothing behind.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings
from django.utils import translation

from luotsi.core.errors import RefusedError
from luotsi.journey.demo.story import Story, StoryError

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Play the thread: ./dev manage story --input FILE.xlsx --framework FILE.json --seed N"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--input", type=Path, required=True, help="applicants: XLSX or CSV")
        parser.add_argument("--framework", type=Path, required=True, help="criteria: JSON of ePerusteet")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", type=Path, help="write the signed mark there, and the issuer's keys beside it")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 -- what argparse gives
        contents = [self.read(options[name]) for name in ("input", "framework")]
        with tempfile.TemporaryDirectory() as folder, override_settings(MAIL_FOLDER=Path(folder)):
            name = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            try:
                self.play(contents, options)
            finally:
                connection.creation.destroy_test_db(name, verbosity=0)

    def read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error

    def play(self, contents: list[bytes], options: dict[str, Any]) -> None:
        story = Story(seed=options["seed"], say=self.say)
        with translation.override("en"):
            try:
                told = story.play(options["input"].name, contents[0], contents[1])
            except (RefusedError, StoryError, ValidationError) as error:
                raise CommandError(f"The story stops here: {error}") from error
        if options["out"]:
            options["out"].write_bytes(told.document)
            keys = options["out"].with_suffix(".did.json")
            keys.write_text(json.dumps(told.issuer, ensure_ascii=False, indent=2), encoding="utf-8")
            self.say(f"   written: {options['out']} and {keys}")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
