import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

import cohorts.constraints


def take_over_the_authors(apps, schema_editor):
    author = apps.get_model("cohorts", "Participant").objects.filter(pk=OuterRef("author"))
    apps.get_model("cohorts", "ConfidentialWord").objects.update(cohort=Subquery(author.values("cohort")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0010_launch_moves_one_day")]

    operations = [
        migrations.AddField(
            model_name="confidentialword",
            name="cohort",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.cohort",
            ),
        ),
        migrations.RunPython(take_over_the_authors, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="confidentialword",
            name="cohort",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.cohort",
            ),
        ),
        migrations.AddConstraint(
            model_name="confidentialword",
            constraint=cohorts.constraints.SameCohort(field="author", name="confidential_word_of_cohort"),
        ),
        migrations.AddIndex(
            model_name="confidentialword",
            index=models.Index(
                F("cohort"),
                models.OrderBy(
                    models.ExpressionWrapper(Q(answered_at=None), output_field=models.BooleanField()),
                    descending=True,
                ),
                models.OrderBy(F("said_at"), descending=True),
                F("id"),
                F("author"),
                name="confidential_word_waiting",
            ),
        ),
    ]
