from django.http import HttpResponse

from entries.models import Entry


def index(request):
    return HttpResponse("\n".join(Entry.objects.values_list("title", flat=True)))


def health(request):
    return HttpResponse("ok")
