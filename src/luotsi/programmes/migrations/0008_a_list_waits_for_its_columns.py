from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0007_drafts_handed_in"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("reading", "being read"),
                    ("columns", "waits to hear what its columns mean"),
                    ("ready", "ready to be taken"),
                    ("applying", "being taken"),
                    ("applied", "taken"),
                    ("refused", "could not be read"),
                ],
                default="reading",
                max_length=10,
            ),
        ),
    ]
