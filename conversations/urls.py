"""Addresses of conversations, in the order of use."""

from django.urls import path

from conversations.views import asking, planning, prompting, talking

PAIR, ONE = "pairs/<uuid:pair_id>/conversations", "conversations/<uuid:conversation_id>"
COHORT = "cohorts/<uuid:cohort_id>/prompts"

urlpatterns = [
    path(f"{PAIR}/", talking.conversation_list, name="conversation_list"),
    path(f"{PAIR}/plan/", planning.conversation_plan, name="conversation_plan"),
    path(f"{PAIR}/log/", talking.conversation_log, name="conversation_log"),
    path(f"{ONE}/", talking.conversation_detail, name="conversation_detail"),
    path(f"{ONE}/move/", planning.conversation_move, name="conversation_move"),
    path(f"{ONE}/call-off/", planning.conversation_call_off, name="conversation_call_off"),
    path(f"{ONE}/edit/", talking.conversation_edit, name="conversation_edit"),
    path(f"{ONE}/remove/", talking.conversation_remove, name="conversation_remove"),
    path(f"{ONE}/note/", talking.note_edit, name="note_edit"),
    path("met/<uuid:question_id>/<str:token>/", asking.we_met, name="we_met"),
    path(f"{COHORT}/", prompting.prompt_list, name="prompt_list"),
    path(f"{COHORT}/add/", prompting.prompt_create, name="prompt_create"),
    path(f"{COHORT}/standard/", prompting.prompt_reset, name="prompt_reset"),
    path(f"{COHORT}/<slug:code>/edit/", prompting.prompt_edit, name="prompt_edit"),
    path(f"{COHORT}/<slug:code>/switch/", prompting.prompt_switch, name="prompt_switch"),
    path(f"{COHORT}/<slug:code>/move/", prompting.prompt_move, name="prompt_move"),
]
