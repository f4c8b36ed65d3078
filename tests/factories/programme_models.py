"""Own models of networks, as the service would have left them."""

from typing import Any

from luotsi.core.texts import TranslatedText
from luotsi.people.models import Network
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.models.programmes import ProgrammeModel
from tests.factories.library import ToolFactory
from tests.factories.model_files import model_file
from tests.factories.surveys import InstrumentFactory


def own_model_of(network: Network, key: str = "care-mentoring", **parts: Any) -> ProgrammeModel:
    """A version of an own model, with these parts in place of those of the tests' model."""
    text = model_file(key=key, **parts)
    model = read_model(text)
    return ProgrammeModel.objects.create(
        network=network,
        key=key,
        version=model.version,
        name=TranslatedText(model.name),
        parent_key=model.origin.key if model.origin else "",
        parent_version=model.origin.version if model.origin else None,
        description=text,
        digest=f"{key}-{model.version}",
    )


def tools_of(*texts: str) -> None:
    """The tools and questionnaires that models name, each once."""
    models = [read_model(text) for text in texts]
    activities = [activity for model in models for phase in model.phases for activity in phase.activities]
    agendas = [key for model in models for key in model.sessions.agenda]
    for key in sorted({*agendas, *(key for activity in activities for key in activity.materials)}):
        ToolFactory.create(key=key)
    for key in sorted({activity.instrument for activity in activities} - {""}):
        InstrumentFactory.create(key=key)
