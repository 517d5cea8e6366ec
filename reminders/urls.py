"""Addresses of one's own choices and calendar, and of the mailbox, which exists in local mode only."""

from django.urls import path

from reminders import views

urlpatterns = [
    path("messages/", views.preferences, name="preferences"),
    path("messages/calendar/renew/", views.feed_renew, name="feed_renew"),
    path("messages/calendar/drop/", views.feed_drop, name="feed_drop"),
    path("calendar/<uuid:person_id>/<slug:token>.ics", views.feed, name="feed"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<uuid:letter_id>/", views.mailbox_letter, name="mailbox_letter"),
    path("mailbox/<uuid:letter_id>/invite.ics", views.mailbox_calendar, name="mailbox_calendar"),
]
