"""Pages of each person about him- or herself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.people import queries
from luotsi.people.forms import PasswordForm, ProfileForm
from luotsi.people.services import accounts
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@form_page
def profile(request: PersonRequest) -> HttpResponse:
    person = request.user
    typed = {name: getattr(person, name) for name in ("given_name", "family_name", "language")}
    form = ProfileForm(request.POST or None, initial=typed)
    if form.is_valid() and carried_out(form, lambda: accounts.change_profile(person, by=person, **form.cleaned_data)):
        messages.success(request, _("Your profile is saved."))
        return redirect("people:profile")
    memberships = queries.memberships_of(person)
    page = {"form": form, "memberships": memberships, "address": queries.address_of(person)}
    return render(request, "people/profile.html", page)


@login_required
@form_page
@sensitive_post_parameters("password")
def password(request: PersonRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: accounts.set_password(request.user, form.cleaned_data["password"], by=request.user)
    ):
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed."))
        return redirect("people:profile")
    return render(request, "people/password.html", {"form": form})


@login_required
@require_POST
def sign_out(request: PersonRequest) -> HttpResponse:
    accounts.sign_out(request)
    return redirect("people:sign_in")
