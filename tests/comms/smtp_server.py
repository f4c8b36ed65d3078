"""A real mail server as a process: python -m tests.comms.smtp_server PORT FOLDER

It keeps each mail as a file, and stops at a point for as long as the folder has a file `hold-<point>`; while it stands
there, the folder has a file `at-<point>`. Points, in their order: rcpt, data, content, kept, quit.
"""

from __future__ import annotations

import asyncio
import os
import sys
import uuid
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Keeping:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def pause(self, point: str) -> None:
        while (self.folder / f"hold-{point}").exists():
            (self.folder / f"at-{point}").touch()
            await asyncio.sleep(0.01)

    async def handle_RCPT(self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 -- aiosmtpd's signature
        await self.pause("rcpt")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's signature
        await self.pause("content")
        path = self.folder / f"{uuid.uuid4().hex}.eml"
        with path.open("wb") as file:
            file.write(envelope.original_content)
            os.fsync(file.fileno())
        await self.pause("kept")
        return "250 kept"

    async def handle_QUIT(self, _server: SMTP, _session: Any, _envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's signature
        await self.pause("quit")
        return "221 bye"


class PausingSMTP(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 -- aiosmtpd's name
        await self.event_handler.pause("data")
        await super().smtp_DATA(arg)


async def serve(port: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: PausingSMTP(Keeping(folder), loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
