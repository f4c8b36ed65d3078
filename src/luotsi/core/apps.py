from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "luotsi.core"

    def ready(self) -> None:
        """Let every module's tasks register themselves, so that jobs are found by name."""
        autodiscover_modules("tasks")
