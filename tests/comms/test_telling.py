"""Telling somebody something: what is written, in which words, and what is not."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.comms import queries
from luotsi.comms.enums import DeliveryState, EmailChoice, Group
from luotsi.comms.models import Delivery, Mention, Message, Preference
from luotsi.comms.services import set_preference, tell
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, AuditFacts, Job
from tests.comms.letters import AIJA, BO, letter, recipient

pytestmark = pytest.mark.django_db


def tell_aija(*, to=None, **other) -> Message:
    return tell(lambda: letter(**other), to=to or recipient(), by=SYSTEM)


def nothing_is_written() -> bool:
    tables = (Message, Delivery, Mention, Job, AuditEntry)
    return [table.objects.count() for table in tables] == [0] * len(tables)


def test_message_delivery_and_job_are_written_together() -> None:
    message = tell_aija(mentions=[BO, AIJA])

    delivery = Delivery.objects.get()
    assert Message.objects.get() == message
    assert (message.recipient_ref, message.kind, message.language) == (AIJA, "matching.proposed", "en")
    assert message.subject == "You have a mentor"
    assert message.lines == ["Åsa could be your mentor.", "Say what you think by Friday."]
    assert (message.action_label, message.action_path) == ("Look at the proposal", "/my/proposals/1/")
    assert (delivery.message, delivery.address, delivery.state) == (message, "aija@example.org", DeliveryState.WAITING)
    assert (delivery.attempts, delivery.mail_id) == (0, f"<{delivery.ref}@luotsi.example.org>")
    assert Job.objects.values_list("name", "arguments").get() == (
        "comms.deliver",
        {"delivery": {"ref": str(delivery.ref)}},
    )
    assert list(Mention.objects.values_list("message", "mentioned_ref")) == [(message.pk, BO)]


def test_telling_is_in_the_log_without_its_words() -> None:
    message = tell_aija()

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject_ref) == ("comms.told", message.ref)
    assert json.loads(AuditFacts.objects.get().facts) == {"kind": "matching.proposed"}


def test_nothing_is_told_when_the_callers_transaction_is_rolled_back() -> None:
    with transaction.atomic():
        tell_aija()
        transaction.set_rollback(True)

    assert nothing_is_written()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_words_are_those_of_the_recipients_language_and_clock(language: str) -> None:
    zone = "America/Halifax"

    def compose():
        return letter(subject=get_language(), lines=[str(timezone.get_current_timezone())])

    with translation.override("sv"):
        message = tell(compose, to=recipient(language=language, time_zone=zone), by=SYSTEM)
        assert get_language() == "sv"

    assert (message.language, message.subject, message.lines) == (language, language, [zone])
    assert timezone.get_current_timezone() == ZoneInfo("Europe/Helsinki")


def test_lazy_words_are_spoken_in_the_recipients_language() -> None:
    lazy = _("Yes")

    with translation.override("en"):
        message = tell_aija(to=recipient(language="fi"), subject=lazy, lines=[lazy])

    with translation.override("fi"):
        assert (message.subject, message.lines) == (str(lazy), [str(lazy)])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Programme\r\nBcc: other@example.org", "Programme Bcc: other@example.org"),
        ("  a\tb\u2028c\x00\x07d\u200b ", "a b cd"),
        ("ä" * 201, "ä" * 199 + "…"),
        ("ä" * 200, "ä" * 200),
    ],
)
def test_subject_is_one_line_of_what_can_be_seen(typed: str, kept: str) -> None:
    assert tell_aija(subject=typed).subject == kept


def test_recipient_without_an_address_is_told_here_only() -> None:
    message = tell_aija(to=recipient(address=""))

    assert list(queries.messages_for(AIJA)) == [message]
    assert Delivery.objects.count() == Job.objects.count() == 0


def test_recipient_without_an_account_is_told_by_mail_only() -> None:
    tell_aija(to=recipient(ref=None))

    assert Message.objects.get().recipient_ref is None
    assert Delivery.objects.get().state == DeliveryState.WAITING


@pytest.mark.parametrize(
    "address",
    ["nobody", "a@b", "a@example.org\r\nBcc: b@example.org", "a@example.org,b@example.org", '"a\x01b"@example.org'],
)
def test_address_that_no_mail_can_reach_is_refused(address: str) -> None:
    with pytest.raises(RefusedError):
        tell_aija(to=recipient(address=address))

    assert nothing_is_written()


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ({"kind": "lamps.lit"}, "a kind begins with a group"),
        ({"kind": ""}, "a kind begins with a group"),
        ({"is_secret": True}, "it is necessary"),
        ({"action_path": "https://elsewhere.example.org/"}, "a path of this site"),
        ({"action_path": "//elsewhere.example.org/"}, "a path of this site"),
        ({"action_path": "/a b/"}, "a path of this site"),
        ({"action_path": "/a\r\n/"}, "a path of this site"),
    ],
)
def test_letter_that_a_module_must_not_write_is_a_bug(fault: dict, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        tell_aija(**fault)

    assert nothing_is_written()


def test_telling_nobody_is_a_bug() -> None:
    with pytest.raises(ValueError, match="nobody to tell"):
        tell_aija(to=recipient(ref=None, address=""))

    assert nothing_is_written()


def test_unwanted_message_waits_here_and_is_not_mailed() -> None:
    set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, recipient_ref=AIJA)

    message = tell_aija()

    assert list(queries.messages_for(AIJA)) == [message]
    assert Delivery.objects.get().state == DeliveryState.HELD
    assert Job.objects.count() == 0


def test_necessary_message_is_mailed_whatever_was_chosen() -> None:
    set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, recipient_ref=AIJA)

    tell_aija(is_necessary=True)

    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_choice_is_about_one_group_and_one_recipient() -> None:
    set_preference(Group.MENTORING, EmailChoice.NEVER, by=SYSTEM, recipient_ref=AIJA)
    set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, recipient_ref=BO)
    set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, address="aija@example.org")

    tell_aija()

    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_choice_of_an_address_without_an_account_counts_however_it_is_written() -> None:
    set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, address="Guardian@Example.org")

    tell_aija(to=recipient(ref=None, address="guardian@example.ORG"))

    assert Delivery.objects.get().state == DeliveryState.HELD


def test_choice_is_one_row_and_every_change_is_in_the_log() -> None:
    for choice in (EmailChoice.NEVER, EmailChoice.NEVER, EmailChoice.AT_ONCE):
        set_preference(Group.MATCHING, choice, by=SYSTEM, recipient_ref=AIJA)

    assert Preference.objects.values_list("recipient_ref", "group", "email").get() == (AIJA, "matching", "at_once")
    assert [json.loads(facts.facts)["email"] for facts in AuditFacts.objects.order_by("pk")] == ["never", "at_once"]


def test_link_that_opens_a_door_is_not_shown_here() -> None:
    tell_aija(kind="people.sign_in_link", is_necessary=True, is_secret=True)

    assert list(queries.messages_for(AIJA)) == []
    assert queries.unread_count(AIJA) == 0
