from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0008_confidential_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='confidentialword',
            name='once',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='confidentialword',
            constraint=models.UniqueConstraint(fields=('author', 'once'), name='confidential_word_once'),
        ),
    ]
