"""The command that makes the first operator."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from luotsi.comms.models import Message
from luotsi.people.models import Membership, Organisation, Person
from luotsi.people.rules import operates
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
WHO = {"given_name": "Olli", "family_name": "Operaattori"}


def run(**options: str) -> str:
    out = StringIO()
    call_command("add_operator", stdout=out, **(WHO | options))
    return out.getvalue()


def test_the_first_operator_gets_an_account_the_role_and_a_link() -> None:
    said = run(email="Olli@example.org", language="sv", organisation="Ylläpito")

    person = Person.objects.get()
    assert said == "Done. A link to sign in with is on its way, as soon as a worker runs.\n"
    assert (str(person), person.language, operates(person)) == ("Olli Operaattori", "sv", True)
    assert Organisation.objects.get().name == "Ylläpito"
    assert Message.objects.values_list("kind", "recipient_ref").get() == ("people.sign_in_link", person.ref)


def test_somebody_known_and_an_organisation_that_is_there_are_taken() -> None:
    known = PersonFactory.create(email="olli@example.org", given_name="Olavi")
    keeper = OrganisationFactory.create(name="Luotsi")

    run(email="OLLI@example.org", organisation="luotsi")
    run(email="olli@example.org", organisation="Luotsi")

    assert Membership.objects.values_list("person", "organisation", "role").get() == (known.pk, keeper.pk, "operator")
    assert Person.objects.get().given_name == "Olavi"


def test_what_is_no_address_makes_nobody() -> None:
    with pytest.raises(CommandError):
        run(email="olli")

    assert not Person.objects.exists()
    assert not Organisation.objects.exists()
