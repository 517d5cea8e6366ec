"""Addresses of this room, in the order of use."""

from django.urls import path

from shadowing.views import reflections

MINE, REFLECTION = "people/<uuid:participant_id>/reflections", "reflections/<uuid:reflection_id>"

urlpatterns = [
    path(f"{MINE}/", reflections.reflection_list, name="reflection_list"),
    path(f"{MINE}/new/", reflections.reflection_create, name="reflection_create"),
    path(f"{MINE}/new/<uuid:visit_id>/", reflections.reflection_create, name="reflection_create"),
    path(f"{REFLECTION}/", reflections.reflection_detail, name="reflection_detail"),
    path(f"{REFLECTION}/edit/", reflections.reflection_edit, name="reflection_edit"),
    path(f"{REFLECTION}/share/", reflections.reflection_share, name="reflection_share"),
    path(f"{REFLECTION}/share/stop/", reflections.reflection_unshare, name="reflection_unshare"),
    path(f"{REFLECTION}/offer/", reflections.reflection_offer, name="reflection_offer"),
    path(f"{REFLECTION}/offer/take-back/", reflections.reflection_take_back, name="reflection_take_back"),
    path(f"{REFLECTION}/redact/", reflections.reflection_redact, name="reflection_redact"),
    path(f"{REFLECTION}/delete/", reflections.reflection_delete, name="reflection_delete"),
    path(f"{REFLECTION}/reflection.txt", reflections.reflection_export, name="reflection_export"),
    path("offered/<uuid:reflection_id>/redact/", reflections.offered_redact, name="offered_redact"),
]
