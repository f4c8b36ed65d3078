from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_sealed_urns_and_reminders")]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="moment",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "no set moment"),
                    ("start", "at the start"),
                    ("end", "at the end"),
                    ("then", "at the end, looking back at the start"),
                ],
                default="",
                max_length=5,
            ),
        ),
    ]
