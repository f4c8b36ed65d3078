"""The product's own settings, in the mode for tests."""

import os

os.environ["LUOTSI_MODE"] = "test"

from config.settings import *  # noqa: F403 -- the mode must be set first

STATIC_ROOT = BASE_DIR / "src/luotsi/web/static"  # noqa: F405 -- there without collecting
