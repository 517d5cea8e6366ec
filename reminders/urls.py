"""Addresses of the mailbox, which exists in local mode only."""

from django.urls import path

from reminders import views

urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<uuid:letter_id>/", views.mailbox_letter, name="mailbox_letter"),
]
