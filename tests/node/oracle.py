"""A second opinion: @digitalbazaar/vc in Node, on loopback."""

import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

FOLDER = Path(__file__).parent
SECONDS = 60

needs_node = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(not (FOLDER / "node_modules").is_dir(), reason="tests/node: run `npm ci` there first"),
]


def ask_digitalbazaar(document: dict, address: str) -> dict:
    """`{"verified": bool, "errors": [text, …]}` for a signed credential.

    `address` is where the issuer's DID document is published (`http://127.0.0.1:PORT`, the path is the did:web's),
    or the path of a file that holds it. Raises CalledProcessError when Node itself fails.
    """
    return _asked("verify.mjs", document, address)


def signed_by_digitalbazaar(document: dict, *, method: str, seed: bytes) -> dict:
    """The credential with a proof made by the other library, now."""
    return _asked("sign.mjs", document, method, seed.hex())


def _asked(script: str, document: dict, *arguments: str) -> dict:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "credential.json"
        file.write_text(json.dumps(document))
        done = subprocess.run(
            [shutil.which("node") or "node", FOLDER / script, file, *arguments],
            capture_output=True,
            check=True,
            cwd=FOLDER,
            text=True,
            timeout=SECONDS,
        )
    answer: dict = json.loads(done.stdout)
    return answer
