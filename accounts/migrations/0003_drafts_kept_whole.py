from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_first_person_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='is_whole',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='draft',
            name='sent_to',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
