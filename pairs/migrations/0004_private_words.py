import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What participants say in private has rows of its own; until now no page could write any, so none are moved."""

    dependencies = [
        ("cohorts", "0004_lists_in_order"),
        ("pairs", "0003_reasons_and_their_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrivateWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=200)),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.participant"
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("participant", "words"), name="private_word_once"),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="exclusion", name="exclusion_once"),
        migrations.RemoveField(model_name="exclusion", name="by_participant"),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.UniqueConstraint(fields=("one", "other"), name="exclusion_once"),
        ),
    ]
