from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("competence", "0004_when_a_plan_was_reminded")]
    operations = [
        migrations.AddField(
            model_name="skillneed",
            name="is_on_behalf",
            field=models.BooleanField(default=False),
        ),
    ]
