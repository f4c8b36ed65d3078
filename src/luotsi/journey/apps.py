from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "luotsi.journey"

    def ready(self) -> None:
        """Let the handlers register themselves."""
        from luotsi.journey import handlers  # noqa: F401, PLC0415 -- app ready
