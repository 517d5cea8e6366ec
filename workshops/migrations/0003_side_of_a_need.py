import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def sides_of_today(apps, schema_editor):
    """Which side somebody was on when she said it, nobody has noted so far: the one of today stands for it."""
    Need, Participant = apps.get_model("workshops", "Need"), apps.get_model("cohorts", "Participant")
    hers = Participant.objects.filter(pk=OuterRef("participant")).order_by()
    Need.objects.update(side=Subquery(hers.values("side")))


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0011_words_of_a_cohort'),
        ('workshops', '0002_what_an_answer_tells'),
    ]

    operations = [
        migrations.AddField(
            model_name='need',
            name='side',
            field=models.CharField(choices=[('a', 'first side'), ('b', 'second side')], default='', max_length=1),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='need',
            name='participant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.participant'),
        ),
        migrations.RunPython(sides_of_today, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['a', 'b'])), name='need_of_a_side'),
        ),
    ]
