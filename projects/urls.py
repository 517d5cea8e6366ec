"""Addresses of agreed actions."""

from django.urls import path

from projects import views

ACTION = "actions/<uuid:action_id>"

urlpatterns = [
    path("pairs/<uuid:pair_id>/actions/", views.action_list, name="action_list"),
    path(f"{ACTION}/done/", views.action_finish, name="action_finish"),
    path(f"{ACTION}/open/", views.action_reopen, name="action_reopen"),
    path(f"{ACTION}/drop/", views.action_drop, name="action_drop"),
]
