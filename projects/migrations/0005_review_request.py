import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def carry_over(apps, schema_editor):
    """Whoever was critical friend before the day of asking was asked; of that day itself nobody knows any more."""
    requests = apps.get_model("projects", "ReviewRequest")
    involved = apps.get_model("projects", "Involvement").objects.filter(part="friend")
    asked = apps.get_model("projects", "Milestone").objects.filter(review_asked_at__isnull=False)
    for pk, project, moment in asked.values_list("pk", "project_id", "review_asked_at").iterator():
        day = timezone.localtime(moment).date()
        friends = involved.filter(project_id=project, since__lt=day).exclude(until__lt=day).values_list("pk", flat=True)
        requests.objects.bulk_create(
            [requests(milestone_id=pk, friend_id=friend, asked_at=moment) for friend in friends]
        )


def carry_back(apps, schema_editor):
    """The latest asking of each milestone."""
    for each in apps.get_model("projects", "ReviewRequest").objects.order_by("asked_at"):
        milestones = apps.get_model("projects", "Milestone").objects
        milestones.filter(pk=each.milestone_id).update(review_asked_at=each.asked_at)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_baseline_long_enough"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                (
                    "friend",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_requests",
                        to="projects.involvement",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_requests",
                        to="projects.milestone",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("milestone", "friend"), name="review_asked_once_of_a_friend")
                ],
            },
        ),
        migrations.RunPython(carry_over, carry_back),
        migrations.RemoveField(model_name="milestone", name="review_asked_at"),
    ]
