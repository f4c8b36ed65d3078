from django.apps import AppConfig


class CommsConfig(AppConfig):
    name = "luotsi.comms"
