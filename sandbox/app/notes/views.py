"""Pages of the site."""

from typing import NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from notes.content import NOTES
from notes.forms import NoteForm
from notes.models import Note


class DeliberateError(Exception):
    """Raised on purpose, to see an error arrive in Sentry."""


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    return show_notes(request, NoteForm() if settings.KEEPS_NOTES else None)


@require_POST
def add_note(request: HttpRequest) -> HttpResponse:
    if not settings.KEEPS_NOTES:
        raise Http404("There is no database to keep a note in.")
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_notes(request, form, status=400)
    form.save()
    return redirect("notes:front-page")


def show_notes(request: HttpRequest, form: NoteForm | None, status: int = 200) -> HttpResponse:
    """The page with all notes: those of the database, or without one those of the release, which nobody adds to."""
    context = {
        "notes": NOTES if form is None else Note.objects.all(),
        "form": form,
        "environment": settings.ENVIRONMENT,
        "release": settings.RELEASE,
    }
    return render(request, "notes/front_page.html", context, status=status)


def raise_error(request: HttpRequest) -> NoReturn:
    raise DeliberateError("A visitor asked for an error. It should now be in Sentry.")
