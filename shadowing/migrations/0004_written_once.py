from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shadowing', '0003_known_by_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='reflection',
            name='once',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='reflection',
            constraint=models.UniqueConstraint(fields=('author', 'once'), name='reflection_once'),
        ),
    ]
