from django.urls import path

from notes import views

app_name = "notes"

urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("notes/", views.add_note, name="add-note"),
    path("raise-error/", views.raise_error, name="raise-error"),
]
