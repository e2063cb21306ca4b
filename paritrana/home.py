"""The first page, search and help. Wiring; may look into every floor."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/public.html")


def search(request: HttpRequest) -> HttpResponse:
    return render(request, "home/search.html")


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")
