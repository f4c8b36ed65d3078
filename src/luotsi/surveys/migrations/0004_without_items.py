from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_items_become_forms")]

    operations = [
        migrations.RemoveField(model_name="instrument", name="items"),
        migrations.AlterField(model_name="instrument", name="form", field=models.JSONField()),
        migrations.AlterField(
            model_name="instrument", name="digest", field=models.CharField(blank=True, max_length=64)
        ),
    ]
