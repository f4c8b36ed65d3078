"""Settings for workers that are started and killed a lot: the modules up to people only, which start in a third of the time."""

from tests.settings import *  # noqa: F403 -- settings are a namespace
from tests.settings import INSTALLED_APPS as ALL_APPS

KERNEL = {"luotsi.core", "luotsi.web", "luotsi.comms", "luotsi.people"}
INSTALLED_APPS = [app for app in ALL_APPS if not app.startswith("luotsi.") or app in KERNEL]
ROOT_URLCONF = "tests.core.kernel_urls"
