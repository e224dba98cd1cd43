from books import views
from django.urls import path

urlpatterns = [
    path("healthz/", views.health),
    path("books/", views.books),
]
