"""Addresses of this room, in the order of use."""

from django.urls import path

from workshops.views import certificates, feedback, materials, meetings, needs, register, series, time_in_kind

COHORT, WORKSHOP = "cohorts/<uuid:cohort_id>/workshops", "workshops/<uuid:workshop_id>"
MEETING, MATERIAL = "workshops/dates/<uuid:meeting_id>", "workshops/materials/<uuid:material_id>"

urlpatterns = [
    path(f"{COHORT}/", series.workshop_list, name="workshop_list"),
    path(f"{COHORT}/set-up/", series.workshop_set_up, name="workshop_set_up"),
    path(f"{COHORT}/new/", series.workshop_create, name="workshop_create"),
    path(f"{COHORT}/dates/", meetings.workshop_dates, name="workshop_dates"),
    path(f"{COHORT}/dates/proposed/", meetings.proposed_list, name="proposed_list"),
    path(f"{COHORT}/feedback/", feedback.feedback_list, name="feedback_list"),
    path(f"{COHORT}/hours/", time_in_kind.time_given_list, name="time_given_list"),
    path("workshops/hours/<uuid:time_given_id>/remove/", time_in_kind.time_given_remove, name="time_given_remove"),
    path("workshops/", meetings.hosted_list, name="hosted_list"),
    path(f"{WORKSHOP}/", series.workshop_detail, name="workshop_detail"),
    path(f"{WORKSHOP}/edit/", series.workshop_edit, name="workshop_edit"),
    path(f"{WORKSHOP}/remove/", series.workshop_remove, name="workshop_remove"),
    path(f"{WORKSHOP}/move/", series.workshop_move, name="workshop_move"),
    path(f"{WORKSHOP}/materials/new/", materials.material_create, name="material_create"),
    path(f"{WORKSHOP}/wanted/", needs.need_say, name="need_say"),
    path(f"{WORKSHOP}/wanted/answers/", needs.need_list, name="need_list"),
    path(f"{WORKSHOP}/dates/new/", meetings.meeting_create, name="meeting_create"),
    path(f"{WORKSHOP}/feedback/", feedback.feedback_detail, name="feedback_detail"),
    path(f"{WORKSHOP}/caught-up/", register.workshop_catch_up, name="workshop_catch_up"),
    path(f"{MATERIAL}/", materials.material_download, name="material_download"),
    path(f"{MATERIAL}/remove/", materials.material_remove, name="material_remove"),
    path(f"{MEETING}/", meetings.meeting_detail, name="meeting_detail"),
    path(f"{MEETING}/move/", meetings.meeting_move, name="meeting_move"),
    path(f"{MEETING}/edit/", meetings.meeting_change, name="meeting_change"),
    path(f"{MEETING}/call-off/", meetings.meeting_call_it_off, name="meeting_call_it_off"),
    path(f"{MEETING}/book/", meetings.meeting_book, name="meeting_book"),
    path(f"{MEETING}/take/", meetings.meeting_take, name="meeting_take"),
    path(f"{MEETING}/let-go/", meetings.meeting_let_go, name="meeting_let_go"),
    path(f"{MEETING}/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}/register/", register.meeting_register, name="meeting_register"),
    path(f"{MEETING}/register/all/", register.meeting_all_present, name="meeting_all_present"),
    path(f"{MEETING}/register/walk-in/", register.meeting_walk_in, name="meeting_walk_in"),
    path("workshops/register/<int:attendee_id>/", register.register_mark, name="register_mark"),
    path("workshops/register/<int:attendee_id>/give-back/", register.register_give_back, name="register_give_back"),
    path(f"{MEETING}/code/", register.meeting_code, name="meeting_code"),
    path(f"{MEETING}/check-in/", register.meeting_check_in, name="meeting_check_in"),
    path(f"{MEETING}/feedback/", feedback.feedback_give, name="feedback_give"),
    path(
        "participants/<uuid:participant_id>/workshops.pdf",
        certificates.workshop_certificate,
        name="workshop_certificate",
    ),
]
