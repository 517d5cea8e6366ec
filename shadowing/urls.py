"""Addresses of this room, in the order of use."""

from django.urls import path

from shadowing.views import overview, reflections, visits

PAIR, VISIT = "pairs/<uuid:pair_id>", "visits/<uuid:visit_id>"
MINE, REFLECTION = "people/<uuid:participant_id>/reflections", "reflections/<uuid:reflection_id>"

visit_patterns = [
    path("participants/<uuid:participant_id>/settings/", overview.setting_list, name="setting_list"),
    path(f"{PAIR}/visits/", visits.visit_list, name="visit_list"),
    path(f"{PAIR}/visits/new/", visits.visit_create, name="visit_create"),
    path(f"{PAIR}/visits/log/", visits.visit_log, name="visit_log"),
    path(f"{VISIT}/", visits.visit_detail, name="visit_detail"),
    path(f"{VISIT}/accept/", visits.visit_accept, name="visit_accept"),
    path(f"{VISIT}/change/", visits.visit_edit, name="visit_edit"),
    path(f"{VISIT}/prepare/", visits.visit_prepare, name="visit_prepare"),
    path(f"{VISIT}/sheet/", visits.visit_sheet, name="visit_sheet"),
    path(f"{VISIT}/sheet.pdf", visits.visit_sheet_pdf, name="visit_sheet_pdf"),
    path(f"{VISIT}/call-off/", visits.visit_call_off, name="visit_call_off"),
    path(f"{VISIT}/put-off/", visits.visit_put_off, name="visit_put_off"),
    path(f"{VISIT}/confirm/", visits.visit_confirm, name="visit_confirm"),
    path(f"{VISIT}/missed/", visits.visit_missed, name="visit_missed"),
    path(f"{VISIT}/minutes/", visits.visit_minutes, name="visit_minutes"),
    path(f"{VISIT}/remove/", visits.visit_remove, name="visit_remove"),
    path(f"{VISIT}/debrief/", visits.visit_debrief, name="visit_debrief"),
    path(f"{VISIT}/close/", visits.visit_close, name="visit_close"),
    path("cohorts/<uuid:cohort_id>/visits/", overview.reciprocity_list, name="reciprocity_list"),
]
reflection_patterns = [
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
urlpatterns = [*visit_patterns, *reflection_patterns]
