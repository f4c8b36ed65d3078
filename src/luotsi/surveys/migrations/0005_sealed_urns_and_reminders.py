from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_without_items")]

    operations = [
        migrations.RemoveField(model_name="urn", name="content"),
        migrations.AddField(model_name="urn", name="sealed", field=models.BinaryField(default=b"")),
        migrations.AddField(model_name="wave", name="reminders", field=models.PositiveSmallIntegerField(default=0)),
    ]
