from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ElementsConfig(AppConfig):
    """Last in INSTALLED_APPS: when it is ready, every model and every `rules.py` can be imported."""

    name = "elements"

    def ready(self) -> None:
        autodiscover_modules("rules", "element")
