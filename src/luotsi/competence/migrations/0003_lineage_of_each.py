import uuid

from django.db import migrations


def give_each_its_lineage(apps, schema_editor):
    """A default is computed once for all rows that are there; each competence is a line of its own."""
    competences = apps.get_model("competence", "Competence")
    for pk in competences.objects.values_list("pk", flat=True):
        competences.objects.filter(pk=pk).update(lineage=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("competence", "0002_what_is_known_and_needed")]
    operations = [migrations.RunPython(give_each_its_lineage, migrations.RunPython.noop, elidable=True)]
