"""Addresses of agreed actions and projects, in the order of use."""

from django.urls import path

from projects.views import (
    agreed,
    cycles,
    drivers,
    kept,
    measures,
    milestones,
    points,
    portfolio,
    progress,
    projects,
    reviews,
    showcase,
    support,
)

ACTION, PROJECT = "actions/<uuid:action_id>", "projects/<uuid:project_id>"
MILESTONE = "milestones/<uuid:milestone_id>"

agreed_actions = [
    path("pairs/<uuid:pair_id>/actions/", agreed.action_list, name="action_list"),
    path(f"{ACTION}/done/", agreed.action_finish, name="action_finish"),
    path(f"{ACTION}/open/", agreed.action_reopen, name="action_reopen"),
    path(f"{ACTION}/drop/", agreed.action_drop, name="action_drop"),
]
the_project = [
    path("people/<uuid:participant_id>/projects/", kept.own_project_list, name="own_project_list"),
    path("pairs/<uuid:pair_id>/projects/", projects.project_list, name="project_list"),
    path("pairs/<uuid:pair_id>/projects/new/", projects.project_create, name="project_create"),
    path(f"{PROJECT}/", projects.project_detail, name="project_detail"),
    path(f"{PROJECT}/edit/", projects.project_edit, name="project_edit"),
    path(f"{PROJECT}/aim/", projects.project_aim, name="project_aim"),
]
plans = [
    path(f"{PROJECT}/milestones/new/", milestones.milestone_create, name="milestone_create"),
    path(f"{PROJECT}/milestones/usual/", milestones.milestone_usual, name="milestone_usual"),
    path(f"{MILESTONE}/", milestones.milestone_detail, name="milestone_detail"),
    path(f"{MILESTONE}/edit/", milestones.milestone_edit, name="milestone_edit"),
    path(f"{MILESTONE}/remove/", milestones.milestone_remove, name="milestone_remove"),
    path(f"{PROJECT}/next-steps/new/", milestones.next_step_create, name="next_step_create"),
    path("next-steps/<uuid:action_id>/edit/", milestones.next_step_edit, name="next_step_edit"),
    path(f"{PROJECT}/close/", milestones.project_close, name="project_close"),
    path(f"{PROJECT}/reopen/", milestones.project_reopen, name="project_reopen"),
]
MEASURE = "measures/<uuid:measure_id>"
of_measures = [
    path(f"{PROJECT}/measures/", measures.measure_list, name="measure_list"),
    path(f"{PROJECT}/measures/new/", measures.measure_create, name="measure_create"),
    path(f"{MEASURE}/", measures.measure_detail, name="measure_detail"),
    path(f"{MEASURE}/edit/", measures.measure_edit, name="measure_edit"),
    path(f"{MEASURE}/remove/", measures.measure_remove, name="measure_remove"),
    path(f"{MEASURE}/chart/", measures.measure_svg, name="measure_svg"),
    path(f"{MEASURE}/picture/", measures.measure_png, name="measure_png"),
    path(f"{MEASURE}/figures/", measures.measure_csv, name="measure_csv"),
    path(f"{MEASURE}/points/", points.point_list, name="point_list"),
    path(f"{MEASURE}/points/new/", points.point_create, name="point_create"),
    path(f"{MEASURE}/points/paste/", points.point_paste, name="point_paste"),
    path(f"{MEASURE}/points/import/", points.point_import, name="point_import"),
    path(f"{MEASURE}/points/clear/", points.point_clear, name="point_clear"),
    path(f"{MEASURE}/recalculate/", points.recalculation_create, name="recalculation_create"),
    path(f"{MEASURE}/annotate/", points.annotation_create, name="annotation_create"),
    path("points/<int:point_id>/edit/", points.point_edit, name="point_edit"),
    path("points/<int:point_id>/remove/", points.point_remove, name="point_remove"),
    path("recalculations/<int:recalculation_id>/remove/", points.recalculation_remove, name="recalculation_remove"),
    path("annotations/<int:annotation_id>/remove/", points.annotation_remove, name="annotation_remove"),
]
CYCLE = "cycles/<uuid:cycle_id>"
the_cycles = [
    path(f"{PROJECT}/cycles/", cycles.cycle_list, name="cycle_list"),
    path(f"{PROJECT}/cycles/new/", cycles.cycle_create, name="cycle_create"),
    path(f"{CYCLE}/", cycles.cycle_detail, name="cycle_detail"),
    path(f"{CYCLE}/edit/", cycles.cycle_edit, name="cycle_edit"),
    path(f"{CYCLE}/do/", cycles.cycle_do, name="cycle_do"),
    path(f"{CYCLE}/study/", cycles.cycle_study, name="cycle_study"),
    path(f"{CYCLE}/act/", cycles.cycle_act, name="cycle_act"),
]
the_reviews = [
    path(f"{PROJECT}/reviews/", reviews.review_list, name="review_list"),
    path(f"{MILESTONE}/ask/", reviews.review_ask, name="review_ask"),
    path(f"{MILESTONE}/review/", reviews.review_create, name="review_create"),
    path("reviews/<uuid:review_id>/", reviews.review_detail, name="review_detail"),
    path("reviews/<uuid:review_id>/edit/", reviews.review_edit, name="review_edit"),
]
SUPPORT = "support/<uuid:support_id>"
the_support = [
    path(f"{PROJECT}/support/", support.support_list, name="support_list"),
    path(f"{PROJECT}/support/new/", support.support_create, name="support_create"),
    path("cohorts/<uuid:cohort_id>/support/", support.support_queue, name="support_queue"),
    path(f"{SUPPORT}/", support.support_detail, name="support_detail"),
    path(f"{SUPPORT}/answer/", support.support_answer, name="support_answer"),
    path(f"{SUPPORT}/close/", support.support_close, name="support_close"),
]
driver_tree = [
    path(f"{PROJECT}/drivers/", drivers.driver_list, name="driver_list"),
    path(f"{PROJECT}/drivers/new/", drivers.driver_create, name="driver_create"),
    path("drivers/<uuid:driver_id>/edit/", drivers.driver_edit, name="driver_edit"),
    path("drivers/<uuid:driver_id>/remove/", drivers.driver_remove, name="driver_remove"),
]
the_progress = [
    path(f"{PROJECT}/score/", progress.project_score, name="project_score"),
    path(f"{PROJECT}/score/chart/", progress.score_svg, name="score_svg"),
    path(f"{PROJECT}/checks/<int:months>/", progress.project_check, name="project_check"),
    path(f"{PROJECT}/involve/", progress.project_involve, name="project_involve"),
]

COHORT, LINK = "cohorts/<uuid:cohort_id>", "method-links/<uuid:method_link_id>"

for_leads = [
    path(f"{COHORT}/projects/", portfolio.portfolio_list, name="portfolio_list"),
    path(f"{COHORT}/method-links/", portfolio.method_link_list, name="method_link_list"),
    path(f"{COHORT}/method-links/new/", portfolio.method_link_create, name="method_link_create"),
    path(f"{LINK}/edit/", portfolio.method_link_edit, name="method_link_edit"),
    path(f"{LINK}/remove/", portfolio.method_link_remove, name="method_link_remove"),
]
the_showcase = [
    path(f"{COHORT}/showcase/", showcase.showcase_list, name="showcase_list"),
    path(f"{COHORT}/showcase/order/", showcase.running_order, name="running_order"),
    path(f"{COHORT}/showcase/pages/", showcase.showcase_pdf, name="showcase_pdf"),
    path(f"{PROJECT}/showcase/move/", showcase.showcase_move, name="showcase_move"),
    path(f"{PROJECT}/showcase/take-out/", showcase.showcase_take_out, name="showcase_take_out"),
    path(f"{PROJECT}/showcase/", showcase.project_showcase, name="project_showcase"),
    path(f"{PROJECT}/showcase/edit/", showcase.project_showcase_edit, name="project_showcase_edit"),
    path(f"{PROJECT}/deck/", showcase.deck_upload, name="deck_upload"),
    path(f"{PROJECT}/deck/remove/", showcase.deck_remove, name="deck_remove"),
    path(f"{PROJECT}/deck/download/", showcase.deck_download, name="deck_download"),
    path(f"{PROJECT}/sheet/", showcase.project_sheet, name="project_sheet"),
]

urlpatterns = [
    *agreed_actions,
    *the_project,
    *driver_tree,
    *plans,
    *of_measures,
    *the_cycles,
    *the_reviews,
    *the_support,
    *the_progress,
    *for_leads,
    *the_showcase,
]
