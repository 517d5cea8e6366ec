"""Addresses of the house: each room's own, and the home page."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from pairedlearning import health, home

admin.site.login = secure_admin_login(admin.site.login)  # the support pages have no entrance of their own

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("admin/", admin.site.urls),
    *(path("", include(f"{app}.urls")) for app in [*settings.ELEMENTS, *settings.FLOORS] if find_spec(f"{app}.urls")),
]

handler400 = "accounts.views.bad_request"
handler403 = "accounts.views.forbidden"
handler404 = "accounts.views.not_found"
handler500 = "accounts.views.server_error"
