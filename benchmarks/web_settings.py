"""The product's settings, with one more page: the bare one."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.web_urls"
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]  # noqa: F405
