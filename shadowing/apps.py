from django.apps import AppConfig


class ShadowingConfig(AppConfig):
    name = "shadowing"
