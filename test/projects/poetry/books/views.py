from django.http import HttpResponse, JsonResponse


def health(request):
    return HttpResponse("ok")


def books(request):
    return JsonResponse({"books": ["Middlemarch"]})
