"""Questions that were kept as items become forms: one section, and a scale of five points where one is asked for."""

from django.db import migrations

LANGUAGES = ("fi", "sv", "en")
LEAST = {"fi": "1, vähiten", "sv": "1, minst", "en": "1, the least"}
MOST = {"fi": "5, eniten", "sv": "5, mest", "en": "5, the most"}


def form_of(instrument):
    scales = {}
    items = [item_of(item, scales) for item in instrument.items]
    form = {
        "key": instrument.key,
        "version": instrument.version,
        "name": dict(instrument.name),
        "purpose": "feedback",
        "answering": "named",
        "sections": [{"key": "questions", "items": items}],
    }
    return form | ({"scales": {key: {"points": points} for key, points in scales.items()}} if scales else {})


def item_of(item, scales):
    told = {"key": item["key"], "type": item["type"], "text": item["text"]}
    if item.get("required"):
        told["required"] = True
    if item["type"] == "choice":
        told["choices"] = item["choices"]
    if item["type"] == "scale":
        told["scale"] = scale_of(item.get("low") or LEAST, item.get("high") or MOST, scales)
    return told


def scale_of(low, high, scales):
    between = [{"value": value, "text": {language: str(value) for language in LANGUAGES}} for value in (2, 3, 4)]
    points = [{"value": 1, "text": dict(low)}, *between, {"value": 5, "text": dict(high)}]
    for key, known in scales.items():
        if known == points:
            return key
    key = "one_to_five" if not scales else f"one_to_five_{len(scales) + 1}"
    scales[key] = points
    return key


def fill(apps, _schema_editor):
    for instrument in apps.get_model("surveys", "Instrument").objects.filter(form={}).exclude(items=[]).iterator():
        instrument.form = form_of(instrument)
        instrument.purpose = "feedback"
        instrument.save(update_fields=["form", "purpose"])


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_anonymous_answers_and_workshops")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
