"""The first operator of an installation: an account, the role, and a link to sign in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from luotsi.core.actors import SYSTEM
from luotsi.core.words.keys import search_key
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.models import Organisation
from luotsi.people.services.accounts import add_person, send_sign_in_link
from luotsi.people.services.memberships import grant
from luotsi.people.services.organisations import add_organisation

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Make somebody an operator, and mail a link to sign in with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--family-name", required=True)
        parser.add_argument("--language", choices=["fi", "sv", "en"], default="fi")
        parser.add_argument("--organisation", default="Luotsi", help="the organisation that runs the installation")

    @transaction.atomic
    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 -- what argparse gives
        try:
            person = add_person(
                by=SYSTEM,
                email=options["email"],
                given_name=options["given_name"],
                family_name=options["family_name"],
                language=options["language"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        name = options["organisation"]
        known = Organisation.objects.filter(parent=None, search_key=search_key(name)).first()
        keeper = known or add_organisation(by=SYSTEM, name=name, kind=OrganisationKind.PUBLIC_BODY)
        grant(person, Role.OPERATOR, organisation=keeper, by=SYSTEM)
        send_sign_in_link(options["email"], by=SYSTEM)
        self.stdout.write("Done. A link to sign in with is on its way, as soon as a worker runs.")
