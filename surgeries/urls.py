"""Addresses of this room, in the order of use."""

from django.urls import path

from surgeries.views import booking, leading, running

COHORT, SURGERY = "cohorts/<uuid:cohort_id>/surgeries", "surgeries/<uuid:surgery_id>"
PLACE = "surgery-places/<uuid:booking_id>"

urlpatterns = [
    path("participants/<uuid:participant_id>/surgeries/", booking.surgery_coming, name="surgery_coming"),
    path(f"{COHORT}/", leading.surgery_list, name="surgery_list"),
    path(f"{COHORT}/new/", leading.surgery_publish, name="surgery_publish"),
    path(f"{COHORT}/open-bookings/", leading.allowance_edit, name="allowance_edit"),
    path(f"{SURGERY}/", leading.surgery_detail, name="surgery_detail"),
    path(f"{SURGERY}/book/", booking.surgery_book, name="surgery_book"),
    path(f"{SURGERY}/change/", leading.surgery_change, name="surgery_change"),
    path(f"{SURGERY}/move/", leading.surgery_move, name="surgery_move"),
    path(f"{SURGERY}/call-off/", leading.surgery_call_off, name="surgery_call_off"),
    path(f"{SURGERY}/questions/", running.surgery_questions, name="surgery_questions"),
    path(f"{SURGERY}/register/", running.surgery_register, name="surgery_register"),
    path(f"{SURGERY}/walk-in/", running.surgery_walk_in, name="surgery_walk_in"),
    path(f"{PLACE}/", booking.place_detail, name="place_detail"),
    path(f"{PLACE}/question/", booking.place_question, name="place_question"),
    path(f"{PLACE}/take/", booking.place_take, name="place_take"),
    path(f"{PLACE}/let-go/", booking.place_let_go, name="place_let_go"),
    path(f"{PLACE}/cancel/", booking.place_cancel, name="place_cancel"),
    path(f"{PLACE}/another/", booking.place_swap, name="place_swap"),
    path(f"{PLACE}/note/", running.place_note, name="place_note"),
    path(f"{PLACE}/pass-over/", running.place_pass_over, name="place_pass_over"),
]
