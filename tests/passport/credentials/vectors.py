"""Where the public test vectors lie: beside the repository, never in it."""

from pathlib import Path

import pytest

from luotsi.passport.credentials.contexts import pinned

VECTORS = Path(__file__).parents[3].parent / "shared" / "data" / "vectors"

needs_vectors = pytest.mark.skipif(
    not VECTORS.is_dir(), reason="the public vectors (../shared/data/vectors) are absent"
)


def contexts_with_examples():
    """The pinned contexts and the two that only the W3C's examples use."""
    folder = VECTORS / "w3c-vc-examples-context"
    return pinned().plus(
        {
            "https://www.w3.org/ns/credentials/examples/v2": (folder / "credentials-examples-v2.json").read_bytes(),
            "https://w3id.org/citizenship/v4rc1": (folder / "citizenship-v4rc1.json").read_bytes(),
        }
    )
