from django.http import HttpResponse
from django.urls import path


async def health(request):
    return HttpResponse("ok")


urlpatterns = [path("healthz/", health)]
