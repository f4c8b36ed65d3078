import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("programmes", "0006_parts_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="applicationdraft",
            name="letters",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="applicationdraft",
            name="terms",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.textversion",
            ),
        ),
        migrations.AddField(
            model_name="applicationdraft",
            name="handed_in_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
