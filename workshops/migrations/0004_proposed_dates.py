import cohorts.constraints
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0011_words_of_a_cohort'),
        ('workshops', '0003_side_of_a_need'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposedDate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('falls_on', models.DateField()),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.cohort')),
                ('like', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.meeting')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposed', to='workshops.workshop')),
            ],
            options={
                'ordering': ['workshop__place', 'falls_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('workshop', 'like'), name='proposed_once'), cohorts.constraints.SameCohort(field='workshop', name='proposed_workshop_of_cohort')],
            },
        ),
    ]
