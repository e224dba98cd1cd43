"""Pages of the site."""

from typing import NoReturn

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notes.content import NOTES


class DeliberateError(Exception):
    """Raised on purpose, to see an error arrive in Sentry."""


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    context = {"notes": NOTES, "environment": settings.ENVIRONMENT, "release": settings.RELEASE}
    return render(request, "notes/front_page.html", context)


def raise_error(request: HttpRequest) -> NoReturn:
    raise DeliberateError("A visitor asked for an error. It should now be in Sentry.")
