from django.urls import path

from accounts import views

urlpatterns = [
    path("start/<str:token>/", views.first_person_create, name="first_person_create"),
    path("drafts/", views.draft_keep, name="draft_keep"),
    path("drafts/drop/", views.draft_drop, name="draft_drop"),
]
