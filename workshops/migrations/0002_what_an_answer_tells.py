from django.db import migrations, models

RATINGS = ("met_aims", "relevant", "facilitated", "confident")
TEXTS = ("keep", "change", "action")
LEAST = 5


def told_so_far(apps, schema_editor):
    """What a page shows of each workshop stays on it: as one lot, of which more is not known."""
    Feedback = apps.get_model("workshops", "Feedback")
    shown = Feedback.objects.filter(is_shown=True)
    for workshop in shown.order_by().values_list("workshop", flat=True).distinct():
        rows = shown.filter(workshop=workshop)
        for name in RATINGS:
            if len(set(rows.values_list(name, flat=True))) > 1:
                rows.update(**{f"tells_{name}": True})
        for name in TEXTS:
            written = [pk for pk, words in rows.values_list("pk", name) if words.strip()]
            if len(written) >= LEAST:
                rows.filter(pk__in=written).update(**{f"tells_{name}": True})


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0001_series'),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name='feedback',
                name=f'tells_{name}',
                field=models.BooleanField(default=False),
            )
            for name in (*RATINGS, *TEXTS)
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('is_shown', True), models.Q(('tells_action', False), ('tells_change', False), ('tells_confident', False), ('tells_facilitated', False), ('tells_keep', False), ('tells_met_aims', False), ('tells_relevant', False)), _connector='OR'), name='feedback_tells_once_shown'),
        ),
        migrations.RunPython(told_so_far, migrations.RunPython.noop, elidable=True),
    ]
