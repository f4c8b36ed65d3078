"""Tools for stories."""

import factory

from luotsi.library.enums import Phase
from luotsi.library.models import Tool


class ToolFactory(factory.django.DjangoModelFactory[Tool]):
    class Meta:
        model = Tool

    key = factory.Sequence("tool-{}".format)
    version = 1
    phase = Phase.WORKING
    place = 1
    minutes = 60
    roles = ["mentor", "mentee"]
    name = factory.LazyAttribute(lambda row: {code: f"{row.key} {code}" for code in ("fi", "sv", "en")})
    aim = {"fi": "Tavoite", "sv": "Mål", "en": "Aim"}
    before = {"fi": "Ennen", "sv": "Före", "en": "Before"}
    steps = [{"minutes": 60, "title": {"fi": "Puhutaan"}, "text": {"fi": "Puhukaa."}}]
    write_down = [{"fi": "Muista"}]
    digest = factory.Sequence("{:064d}".format)
