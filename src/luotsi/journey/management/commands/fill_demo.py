"""Fill the demo region when the database is empty. A real installation is never filled with made-up people."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from luotsi.journey.demo import region
from luotsi.people.models import Network, Person

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Fill the demo region when the database is empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=150)
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 -- what argparse gives
        if settings.PRODUCTION:
            raise CommandError("This installation is in production mode: made-up people do not belong here.")
        if Person.objects.exists():
            if not self.is_left_half():
                self.say("There are people already; the demo region is left as it is.")
                return
            self.say("An earlier filling was broken off; beginning anew.")
            call_command("flush", interactive=False, verbosity=0)
        began = time.monotonic()
        try:
            region.fill(people=options["people"], seed=options["seed"], say=self.say)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.say(f"The demo region has {Person.objects.count()} people. That took {time.monotonic() - began:.0f} s.")

    def is_left_half(self) -> bool:
        """Whether everybody here is made up and the last thing that a filling makes is not there."""
        real = Person.objects.filter(is_made_up=False, emailaddress__isnull=False)
        real = real.exclude(emailaddress__email__endswith="@example.org")
        return not real.exists() and not Network.objects.filter(name=region.NEIGHBOUR).exists()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
