"""Addresses of this room, in the order of use."""

from django.urls import path

from shadowing.views import overview, visits

PAIR, VISIT = "pairs/<uuid:pair_id>", "visits/<uuid:visit_id>"

visit_patterns = [
    path("participants/<uuid:participant_id>/settings/", overview.setting_list, name="setting_list"),
    path(f"{PAIR}/visits/", visits.visit_list, name="visit_list"),
    path(f"{PAIR}/visits/new/", visits.visit_create, name="visit_create"),
    path(f"{VISIT}/", visits.visit_detail, name="visit_detail"),
    path(f"{VISIT}/accept/", visits.visit_accept, name="visit_accept"),
    path(f"{VISIT}/change/", visits.visit_edit, name="visit_edit"),
    path(f"{VISIT}/prepare/", visits.visit_prepare, name="visit_prepare"),
    path(f"{VISIT}/sheet/", visits.visit_sheet, name="visit_sheet"),
    path(f"{VISIT}/call-off/", visits.visit_call_off, name="visit_call_off"),
    path(f"{VISIT}/put-off/", visits.visit_put_off, name="visit_put_off"),
    path(f"{VISIT}/confirm/", visits.visit_confirm, name="visit_confirm"),
    path(f"{VISIT}/debrief/", visits.visit_debrief, name="visit_debrief"),
    path(f"{VISIT}/close/", visits.visit_close, name="visit_close"),
    path("cohorts/<uuid:cohort_id>/visits/", overview.reciprocity_list, name="reciprocity_list"),
]
urlpatterns = [*visit_patterns]
