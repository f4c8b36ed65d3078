"""A mail server on a real socket that plays what it is told, once."""

from __future__ import annotations

import contextlib
import socket
import threading

CLOSE, SILENCE = "close", "silence"
POLITE = {
    "greeting": "220 mail.example.org",
    "EHLO": "250 mail.example.org",
    "HELO": "250 mail.example.org",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go ahead",
    "content": "250 kept",
    "QUIT": "221 bye",
}


class Played(threading.Thread):
    """A mail server that answers one connection as it is told, and keeps what it got."""

    def __init__(self, **answers: str) -> None:
        super().__init__(daemon=True)
        self.answers = POLITE | answers
        self.heard: list[str] = []
        self.content = b""
        self.is_over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(0.05)
        self.port = self.listener.getsockname()[1]

    def run(self) -> None:
        while not self.is_over.is_set():
            with contextlib.suppress(TimeoutError):
                return self.talk(self.listener.accept()[0])
        return None

    def talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, contextlib.suppress(OSError):  # the other end may be gone
            if not self.say(connection, "greeting"):
                return
            for line in lines:
                word = line[:4].decode().upper()
                self.heard.append(line.decode().strip())
                if not self.say(connection, word):
                    return
                if word == "DATA" and self.answers["DATA"].startswith("354"):
                    self.content = b"".join(iter(lines.readline, b".\r\n"))
                    if not self.say(connection, "content"):
                        return

    def say(self, connection: socket.socket, word: str) -> bool:
        """False when it hangs up instead."""
        answer = self.answers[word]
        if answer == SILENCE:
            self.is_over.wait(5)
        if answer not in {SILENCE, CLOSE}:
            connection.sendall(answer.encode() + (b"" if answer.endswith("…") else b"\r\n"))
        return answer not in {SILENCE, CLOSE} and not answer.endswith("…")
