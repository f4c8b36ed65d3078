"""Pages for anybody: is this mark genuine? And the issuers' public keys, for everybody's verifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.passport import messages, queries
from luotsi.passport.credentials.keys import did_document as document_of
from luotsi.passport.forms import VerifyForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.POST or None, request.FILES or None)
    told = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read() if file else form.cleaned_data["pasted"].encode()
        told = messages.told(queries.verdict_on(content))
    return render(request, "passport/verify.html", {"form": form, "told": told})


@require_safe
def did_document(request: HttpRequest, ref: UUID) -> HttpResponse:  # noqa: ARG001 -- the same for everybody
    document = document_of(queries.did_of(ref), queries.keys_of_issuer(ref))
    return JsonResponse(document, content_type="application/did+json", headers={"Access-Control-Allow-Origin": "*"})
