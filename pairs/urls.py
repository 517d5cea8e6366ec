"""Addresses of the hall, in the order of use."""

from django.urls import path

from pairs.views import agreements, meetings, naming, pairs, preparing, publishing, pulses, revising, runs

COHORT, RUN, PAIR = "cohorts/<uuid:cohort_id>", "runs/<uuid:run_id>", "pairs/<uuid:pair_id>"
PERSON = f"{RUN}/people/<uuid:participant_id>"

urlpatterns = [
    path("participants/<uuid:participant_id>/apart/", naming.private_word_list, name="private_word_list"),
    path("apart/<int:word_id>/take-back/", naming.private_word_take_back, name="private_word_take_back"),
    path(f"{COHORT}/pairing/", preparing.pairing, name="pairing"),
    path(f"{COHORT}/pairing/weights/", preparing.weights_edit, name="weights_edit"),
    path(f"{COHORT}/pairing/apart/", preparing.exclusion_list, name="exclusion_list"),
    path("exclusions/<int:exclusion_id>/lift/", preparing.exclusion_lift, name="exclusion_lift"),
    path(f"{COHORT}/pairing/questions/", preparing.question_list, name="question_list"),
    path(f"{COHORT}/pairing/locks/", preparing.lock_list, name="lock_list"),
    path("locks/<int:lock_id>/lift/", preparing.lock_lift, name="lock_lift"),
    path(f"{COHORT}/pairing/find/", preparing.pairs_find, name="pairs_find"),
    path(f"{COHORT}/runs/", runs.run_list, name="run_list"),
    path(f"{RUN}/", runs.run_detail, name="run_detail"),
    path(f"{RUN}/left-over/", runs.run_left_over, name="run_left_over"),
    path(f"{RUN}/aims/", runs.run_aims, name="run_aims"),
    path(f"{PERSON}/", runs.run_person, name="run_person"),
    path(f"{PERSON}/reserve/", revising.run_reserve, name="run_reserve"),
    path(f"{RUN}/swap/", revising.run_swap, name="run_swap"),
    path(f"{RUN}/trio/", revising.run_trio, name="run_trio"),
    path(f"{RUN}/trio/dissolve/", revising.run_dissolve, name="run_dissolve"),
    path(f"{RUN}/compare/", runs.run_compare, name="run_compare"),
    path(f"{RUN}/review/", revising.run_review, name="run_review"),
    path(f"{RUN}/reopen/", revising.run_reopen, name="run_reopen"),
    path(f"{RUN}/discard/", revising.run_discard, name="run_discard"),
    path(f"{RUN}/publish/", publishing.run_publish, name="run_publish"),
    path(f"{RUN}/published/", publishing.run_published, name="run_published"),
    path(f"{RUN}/undo/", publishing.run_undo, name="run_undo"),
    path(f"{COHORT}/pairs/", pairs.pair_list, name="pair_list"),
    path(f"{COHORT}/pairs/new/", pairs.pair_create, name="pair_create"),
    path(f"{COHORT}/pairs/quiet/", pairs.quiet_list, name="quiet_list"),
    path(f"{PAIR}/", pairs.pair_detail, name="pair_detail"),
    path(f"{PAIR}/first-meeting/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{PAIR}/first-meeting/call-off/", meetings.meeting_call_off, name="meeting_call_off"),
    path(f"{PAIR}/agreement/", agreements.agreement_detail, name="agreement_detail"),
    path(f"{PAIR}/agreement/edit/", agreements.agreement_edit, name="agreement_edit"),
    path(f"{PAIR}/agreement/sign/", agreements.agreement_sign, name="agreement_sign"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement_version, name="agreement_version"),
    path(f"{PAIR}/goals/", agreements.goals_review, name="goals_review"),
    path(f"{PAIR}/pulse/", pulses.pulse_edit, name="pulse_edit"),
    path(f"{COHORT}/pulse/", pulses.pulse_list, name="pulse_list"),
    path("pulse/<uuid:pulse_id>/", pulses.pulse_detail, name="pulse_detail"),
    path("pulse/<uuid:pulse_id>/heard/", pulses.pulse_hear, name="pulse_hear"),
    path(f"{PAIR}/pause/", pairs.pair_pause, name="pair_pause"),
    path(f"{PAIR}/resume/", pairs.pair_resume, name="pair_resume"),
    path(f"{PAIR}/end/", pairs.pair_end, name="pair_end"),
]
