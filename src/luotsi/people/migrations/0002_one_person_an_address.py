"""Nobody shares an e-mail address with somebody else, verified or not. The table is allauth's, the rule is ours."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX people_one_person_an_address ON account_emailaddress (email)",
            "DROP INDEX people_one_person_an_address",
        ),
    ]
