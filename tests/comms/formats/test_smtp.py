"""The conversation with a mail server, played on a real socket: at every fault it is known whether the mail may be out."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING

import pytest

from luotsi.comms.formats.smtp import Answer, Outcome, Server, hand_over, lay_down
from tests.comms.played_server import CLOSE, SILENCE, Played

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"Subject: x\r\n\r\nHello\r\n"


def offer(port: int, *, may_send=lambda: True, content: bytes = CONTENT) -> Answer:
    server = Server(host="127.0.0.1", port=port, own_name="luotsi.example.org", timeout=0.05)
    return hand_over(server, sender="luotsi@example.org", to="aija@example.org", content=content, may_send=may_send)


def test_mail_is_handed_over(play) -> None:
    played = play()

    answer = offer(played.port)

    played.join(5)
    assert answer == Answer(outcome=Outcome.ACCEPTED, code=250)
    assert played.content == CONTENT
    assert played.heard == [
        "ehlo luotsi.example.org", "mail FROM:<luotsi@example.org>", "rcpt TO:<aija@example.org>", "DATA", "QUIT",
    ]  # fmt: skip


def test_dots_at_the_start_of_lines_arrive(play) -> None:
    played = play()

    offer(played.port, content=b"Subject: x\r\n\r\n.\r\n..\r\n.x\r\nend")

    played.join(5)
    assert played.content == b"Subject: x\r\n\r\n..\r\n...\r\n..x\r\nend\r\n"


SURELY_NOT_SENT = {
    "greeting": ["554 not today", "421 busy", CLOSE, SILENCE, "hello", "250 wrong"],
    "MAIL": ["451 later", "530 sign in first", "503 encrypt first", "421 busy", CLOSE, SILENCE, "hello"],
    "RCPT": ["450 later", "421 busy", CLOSE, SILENCE, "hello"],
    "DATA": ["451 later", "421 busy", CLOSE, SILENCE, "hello", "250 what?"],
    "content": ["451 later", "421 going down"],
}
REFUSED = {
    "MAIL": ["550 not from you"],
    "RCPT": ["550 no such mailbox", "551 moved"],
    "DATA": ["554 no"],
    "content": ["552 too large", "554 spam"],
}
UNKNOWN = {"content": [CLOSE, SILENCE, "hello", "354 what?", "25…", "2" * 9000]}


@pytest.mark.parametrize(
    ("outcome", "word", "answer"),
    [
        (outcome, word, answer)
        for outcome, table in (
            (Outcome.NOT_SENT, SURELY_NOT_SENT), (Outcome.REFUSED, REFUSED), (Outcome.UNKNOWN, UNKNOWN),
        )
        for word, answers in table.items()
        for answer in answers
    ],
    ids=lambda value: value[:12],
)  # fmt: skip
def test_each_answer_at_each_step_has_its_outcome(play, outcome: Outcome, word: str, answer: str) -> None:
    asked: list[str] = []
    played = play(**{word: answer})

    def may_send() -> bool:
        asked.append(word)
        return True

    given = offer(played.port, may_send=may_send)

    code = int(answer[:3]) if answer[:3].isdigit() and answer[0] in "2345" and len(answer) < 100 else None
    assert given == Answer(outcome=outcome, code=code)
    assert asked == ([word] if word in {"DATA", "content"} else [])


def test_server_that_speaks_no_esmtp_is_greeted_the_old_way(play) -> None:
    played = play(EHLO="502 what?")

    assert offer(played.port) == Answer(outcome=Outcome.ACCEPTED, code=250)


def test_server_that_wants_no_greeting_gets_no_mail(play) -> None:
    played = play(EHLO="550 go away", HELO="550 go away")

    assert offer(played.port) == Answer(outcome=Outcome.NOT_SENT, code=550)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert offer(port) == Answer(outcome=Outcome.NOT_SENT)


def test_server_that_hangs_up_in_the_middle_of_the_content_has_surely_not_got_it() -> None:
    class HangsUp(Played):
        def talk(self, connection: socket.socket) -> None:
            with connection, connection.makefile("rb") as lines, contextlib.suppress(OSError):
                self.say(connection, "greeting")
                for line in lines:
                    word = line[:4].decode().upper()
                    self.say(connection, word)
                    if word == "DATA":
                        lines.readline()
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                        return

    played = HangsUp()
    played.start()

    answer = offer(played.port, content=b"x" * 70 + b"\r\n" + b"y" * 50_000_000)

    played.join(5)
    played.listener.close()
    assert answer == Answer(outcome=Outcome.NOT_SENT)


def test_mail_that_another_worker_has_begun_is_left_alone(play) -> None:
    played = play()

    answer = offer(played.port, may_send=lambda: False)

    played.join(5)
    assert answer == Answer(outcome=Outcome.LEFT)
    assert played.content == b""
    assert [line[:4] for line in played.heard] == ["ehlo", "mail", "rcpt", "QUIT"]


def test_fault_of_the_caller_goes_to_the_caller_with_nothing_sent(play) -> None:
    played = play()

    with pytest.raises(ZeroDivisionError):
        offer(played.port, may_send=lambda: 1 // 0)

    played.join(5)
    assert played.content == b""


def test_encryption_that_is_wanted_and_not_offered_means_no_mail(play) -> None:
    played = play()
    server = Server(host="127.0.0.1", port=played.port, own_name="x", timeout=0.5, uses_tls=True)

    answer = hand_over(server, sender="a@example.org", to="b@example.org", content=CONTENT, may_send=lambda: True)

    played.join(5)
    assert answer == Answer(outcome=Outcome.NOT_SENT)
    assert [line[:4] for line in played.heard] == ["ehlo", "QUIT"] or [line[:4] for line in played.heard] == ["ehlo"]


def test_password_is_not_given_to_a_server_that_cannot_take_it(play) -> None:
    played = play()
    server = Server(host="127.0.0.1", port=played.port, own_name="x", timeout=0.5, user="luotsi", password="secret")

    answer = hand_over(server, sender="a@example.org", to="b@example.org", content=CONTENT, may_send=lambda: True)

    played.join(5)
    assert answer == Answer(outcome=Outcome.NOT_SENT)
    assert played.content == b""


def test_demo_lays_mail_down_in_a_folder(tmp_path: Path) -> None:
    given = lay_down(tmp_path / "mail", "x.eml", CONTENT, may_send=lambda: True)
    left = lay_down(tmp_path / "mail", "y.eml", CONTENT, may_send=lambda: False)

    assert (given, left) == (Answer(outcome=Outcome.ACCEPTED), Answer(outcome=Outcome.LEFT))
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["x.eml"]
    assert (tmp_path / "mail" / "x.eml").read_bytes() == CONTENT
