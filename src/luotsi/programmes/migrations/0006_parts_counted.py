"""Rounds that were there before their ledger: who has a part in them is counted into it."""

from django.db import migrations


def count_parts(apps, schema_editor):
    parts = apps.get_model("programmes", "Participation").objects.exclude(state="left")
    for each in apps.get_model("programmes", "Round").objects.all():
        mine = parts.filter(application__round=each)
        each.mentors_taken = mine.filter(role="mentor").count()
        each.mentees_taken = mine.filter(role="mentee").count()
        each.save(update_fields=["mentors_taken", "mentees_taken"])


class Migration(migrations.Migration):
    dependencies = [("programmes", "0005_many_at_once")]

    operations = [migrations.RunPython(count_parts, migrations.RunPython.noop)]
