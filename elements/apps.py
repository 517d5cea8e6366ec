from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from elements.sentences import speak_plainly


class ElementsConfig(AppConfig):
    """Last in INSTALLED_APPS: when it is ready, every model and every `rules.py` can be imported."""

    name = "elements"

    def ready(self) -> None:
        speak_plainly()
        autodiscover_modules("rules", "element")
