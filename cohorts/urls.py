"""Addresses of the ground floor, in the order of use."""

from django.urls import path

from cohorts.views import imports, post

urlpatterns = [
    path("cohorts/<uuid:cohort_id>/import/", imports.import_upload, name="import_upload"),
    path("cohorts/<uuid:cohort_id>/import/template/", imports.import_template, name="import_template"),
    path("imports/<uuid:sheet_import_id>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<uuid:sheet_import_id>/", imports.import_preview, name="import_preview"),
    path("imports/<uuid:sheet_import_id>/warnings/", imports.import_warnings, name="import_warnings"),
    path("imports/<uuid:sheet_import_id>/words/<str:part>/", imports.import_words, name="import_words"),
    path("imports/<uuid:sheet_import_id>/report/", imports.import_report, name="import_report"),
    path("imports/<uuid:sheet_import_id>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<uuid:sheet_import_id>/drop/", imports.import_drop, name="import_drop"),
    path("cohorts/<uuid:cohort_id>/post/", post.post_list, name="post_list"),
    path("cohorts/<uuid:cohort_id>/post/<uuid:letter_id>/hold/", post.post_hold, name="post_hold"),
    path("cohorts/<uuid:cohort_id>/post/<uuid:letter_id>/release/", post.post_release, name="post_release"),
    path("cohorts/<uuid:cohort_id>/post/<uuid:letter_id>/cancel/", post.post_cancel, name="post_cancel"),
    path("cohorts/<uuid:cohort_id>/post/<uuid:letter_id>/again/", post.post_send_again, name="post_send_again"),
]
