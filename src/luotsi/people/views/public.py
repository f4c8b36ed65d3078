"""Pages before anybody is signed in: the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from luotsi.core.actors import LinkBearer
from luotsi.core.errors import NotThereError
from luotsi.people import queries
from luotsi.people.forms import LinkForm, NamesForm, SignInForm
from luotsi.people.services import accounts, memberships
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _onward(request: HttpRequest) -> str:
    """Where the person was going, if that is an address of ours; else the home page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else settings.LOGIN_REDIRECT_URL


@form_page
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_onward(request))
    form = SignInForm(request.POST or None)
    if form.is_valid() and carried_out(form, lambda: accounts.sign_in_with_password(request, **form.cleaned_data)):
        return redirect(_onward(request))
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return render(request, "people/sign_in.html", {"form": form, "next": wanted})


@form_page
@never_cache
def ask_link(request: HttpRequest) -> HttpResponse:
    form = LinkForm(request.POST or None)
    if form.is_valid():
        accounts.send_sign_in_link(form.cleaned_data["email"], by=LinkBearer(actor_ref=None))
        return redirect("people:link_sent")
    return render(request, "people/ask_link.html", {"form": form})


@require_http_methods(["GET", "HEAD"])
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "people/link_sent.html", {})


@form_page
@never_cache
def use_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A mail scanner that follows the link uses nothing up: only the button signs in."""
    if request.method != "POST":
        return render(request, "people/use_link.html", {"secret": secret})
    try:
        person = accounts.use_sign_in_link(secret)
    except NotThereError:
        return render(request, "people/link_over.html", status=404)
    accounts.sign_in(request, person)
    return redirect(settings.LOGIN_REDIRECT_URL)


@form_page
@never_cache
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Whom we know by the address needs to say no name."""
    try:
        invitation = queries.invitation_with(secret)
    except NotThereError:
        return render(request, "people/invitation_over.html", status=404)
    known = queries.person_with_address(invitation.email)
    form = NamesForm(request.POST or None)
    if request.method == "POST" and (known is not None or form.is_valid()):
        names = {} if known is not None else form.cleaned_data
        accounts.sign_in(request, memberships.accept_invitation(invitation, **names))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "people/join.html", {"invitation": invitation, "form": form, "is_known": known is not None})
