"""The reference of every page: a plain Django view with session and sign-in that renders people as a table.

Fifty of them, or as many as `rows` in its address says: a short list is also compared with a table as short. Beside it
a view that books a place and asks no rule.

Middleware and urlconf are those of a new Django project; the one line more sends the request to this urlconf.
"""

from functools import cache

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from accounts import audit
from bookings.actions import news
from bookings.models import Attendee, Booking, Seat, Session
from cohorts.models import Participant
from reminders import outbox
from surgeries.models import Topic

TABLE = """{% load static %}<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>People</title>
<link rel="stylesheet" href="{% static "css/house.css" %}"></head><body>
{% for message in messages %}<p>{{ message }}</p>{% endfor %}
<h1>People</h1>
<table>
  <thead><tr><th>Name</th><th>Side</th><th>Grade or band</th><th>Directorate</th><th>Sites</th><th>Leaves on</th>
  <th>State</th></tr></thead>
  <tbody>{% for person in page %}
    <tr>
      <td><a href="{% url "bare_person" person.pk %}">{{ person.name }}</a><br>{{ person.user.email }}</td>
      <td>{{ person.get_side_display }}</td>
      <td>{{ person.grade.label }}</td>
      <td>{{ person.directorates|join:", " }}</td>
      <td>{{ person.sites|join:", " }}</td>
      <td>{{ person.leaves_on|date:"l j F Y" }}</td>
      <td>{{ person.get_state_display }}</td>
    </tr>{% endfor %}
  </tbody>
</table>
<p>Page {{ page.number }} of {{ page.paginator.num_pages }}</p>
</body></html>"""
MIDDLEWARE = [
    "tests.benchmarks.bare.to_these_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def to_these_addresses(get_response):
    """Middleware: use the urlconf of this module for a request."""

    def answer(request):
        request.urlconf = __name__
        return get_response(request)

    return answer


@cache
def _table():
    return engines["django"].from_string(TABLE)


@login_required
def bare_list(request, cohort_id):
    """The first people of a cohort."""
    people = Participant.objects.filter(cohort=cohort_id).select_related("user", "grade").order_by("name", "pk")
    page = Paginator(people, int(request.GET.get("rows", 50))).get_page(request.GET.get("page"))
    return HttpResponse(_table().render({"page": page}, request))


def bare_booking(session_id, person: Participant, now) -> Booking:
    """The same rows as a booking writes, one after the other under the lock, and no rule asked."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session_id)
        number, of_it = session.taken + 1, {"session": session, "cohort_id": session.cohort_id}
        booking = Booking.objects.create(
            by=person.user, state="booked", line=number, needs=1, asked_at=now, booked_at=now, **of_it
        )
        Attendee.objects.create(booking=booking, participant=person, **of_it)
        Seat.objects.create(session=session, booking=booking, number=number)
        Session.objects.filter(pk=session.pk).update(taken=number, lines=number)
        audit.record(by=person.user, did="booked a place", on=booking, scope=session.cohort_id)
        ref = {"session": session.pk, "booking": booking.pk, "sequence": 0}
        letter = outbox.Letter(to=person.user, key=f"bare:{booking.pk}", ref=ref)
        outbox.post_all(kind=news.BOOKED, letters=[letter], scope=session.cohort_id, are_new=True)
        return booking


@login_required
def bare_book(request, session_id):
    """Book a place for whoever asks, with a question."""
    person = Participant.objects.select_related("user").get(user=request.user)
    with transaction.atomic():
        booking = bare_booking(session_id, person, timezone.now())
        Topic.objects.create(booking=booking, cohort_id=booking.cohort_id, words=request.POST["words"])
    return redirect("bare_person", booking.pk)


urlpatterns = [
    path("book/<uuid:session_id>/", bare_book, name="bare_book"),
    path("people/<uuid:cohort_id>/", bare_list, name="bare_list"),
    path("person/<uuid:person_id>/", bare_list, name="bare_person"),
]


def bare_client(user) -> Client:
    """Somebody signed in who sees this urlconf through a new project's middleware."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client.handler.load_middleware()
    return client
