from django.contrib import admin
from django.urls import path

from pages import views

urlpatterns = [
    path('', views.front_page),
    path('admin/', admin.site.urls),
]
