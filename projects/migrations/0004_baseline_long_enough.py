from django.db import migrations, models


def forget_short_ones(apps, schema_editor):
    """The chart never took a baseline of fewer than five points: all of them made it, as they do without one."""
    apps.get_model("projects", "Measure").objects.filter(baseline__lt=5).update(baseline=None)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_review_asked_at"),
    ]

    operations = [
        migrations.RunPython(forget_short_ones, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("baseline", None), ("baseline__gte", 5), _connector="OR"),
                name="measure_baseline_long_enough",
            ),
        ),
    ]
