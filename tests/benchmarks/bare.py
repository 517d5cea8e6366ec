"""The reference of every page: a plain Django view with session and sign-in that renders people as a table.

Fifty of them, or as many as `rows` in its address says: a short list is also compared with a table as short.

Middleware and urlconf are those of a new Django project; the one line more sends the request to this urlconf.
"""

from functools import cache

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

from cohorts.models import Participant

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


urlpatterns = [
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
