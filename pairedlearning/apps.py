from django.apps import AppConfig


class PairedLearningConfig(AppConfig):
    name = "pairedlearning"
