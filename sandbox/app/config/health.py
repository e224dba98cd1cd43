"""The health check's route."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

PATH = "/healthz/"


def answer_health_checks(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers PATH whatever host name the request carries."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == PATH:
            return JsonResponse({"status": "ok", "release": settings.RELEASE})
        return get_response(request)

    return middleware
