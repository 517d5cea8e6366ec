from django.apps import AppConfig
from django.apps import apps as as_installed
from django.db.models.signals import post_migrate

from cohorts import taxonomies


def add_lists(*, apps=None, **told) -> None:
    """After every migration, add the rows of the shipped lists that are missing: no release needs one of its own."""
    apps = apps or as_installed  # after a flush there is no history of models, only those of now
    try:
        apps.get_model("cohorts", "Term")
    except LookupError:  # migrated back to before the lists
        return
    taxonomies.load(apps)


class CohortsConfig(AppConfig):
    name = "cohorts"

    def ready(self) -> None:
        post_migrate.connect(add_lists, sender=self, dispatch_uid="cohorts.lists")
