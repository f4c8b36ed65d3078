"""Pages for everybody: which programmes there are, who runs them, news of coming ones, and asking for an own one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.core.actors import LinkBearer
from luotsi.core.texts import TranslatedText
from luotsi.programmes.forms.directory import DirectoryForm, EnquiryForm, NewsForm, here
from luotsi.programmes.queries import descriptions
from luotsi.programmes.queries import directory as queries
from luotsi.programmes.services import directory as services
from luotsi.programmes.services import enquiries as enquiry_services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from luotsi.programmes.models.programmes import Programme

STRANGER = LinkBearer(actor_ref=None)
MOST_IN_FEED = 50


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    form = DirectoryForm(request.GET)
    page = page_of(queries.listed(form.wanted()), request, by=("starts_on", "pk"))
    cards = [(call, descriptions.card_of(call.programme)) for call in queries.calls_of(page.rows)]
    shown = {
        "cards": cards,
        "page": page,
        "form": form,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "programmes/calls.html", shown)


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    page = page_of(queries.organisations_that_run(), request, by=("sort_key", "pk"))
    return render(request, "programmes/organisations.html", {"page": page})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The open programmes as Atom, in the language of the reader, narrowed as the list is."""
    address = request.build_absolute_uri("/calls/")
    atom = Atom1Feed(
        title=_("Mentoring programmes"),
        link=address,
        description=None,
        language=here(),
        feed_url=request.build_absolute_uri(),
        feed_guid=f"{address}#{here()}",
    )
    for programme in queries.listed(DirectoryForm(request.GET).wanted()).order_by("-changed_at")[:MOST_IN_FEED]:
        _add_to(atom, programme, request)
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add_to(atom: Atom1Feed, programme: Programme, request: HttpRequest) -> None:
    card = descriptions.card_of(programme)
    atom.add_item(
        title=str(programme.name),
        link=request.build_absolute_uri(f"/calls/{programme.ref}/"),
        description=str(programme.for_whom or TranslatedText(card.summary)),
        unique_id=f"urn:uuid:{programme.ref}",
        author_name=programme.network.name,
        pubdate=programme.created_at,
        updateddate=programme.changed_at,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def news(request: HttpRequest) -> HttpResponse:
    """Whether the address is in already is not told here: the mail tells it to whoever reads it."""
    form = NewsForm(request.POST or None)

    def subscribe() -> None:
        if not form.cleaned_data["website"]:
            asked = {"language": here(), "region": form.cleaned_data["region"]}
            services.subscribe(form.cleaned_data["email"], by=STRANGER, **asked)

    if request.method == "POST" and carried_out(form, subscribe):
        return render(request, "programmes/news_asked.html", {"email": form.cleaned_data["email"]})
    return render(request, "programmes/news.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_news(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, so that a program that looks into links changes nothing; POST confirms, or stops."""
    subscription = queries.subscription_with(token)
    bearer = LinkBearer(actor_ref=subscription.ref)
    if request.method == "POST" and "stop" in request.POST:
        services.leave_news(subscription, by=bearer)
        return render(request, "programmes/news_stopped.html", {})
    if request.method == "POST":
        services.confirm_news(subscription, by=bearer)
    return render(request, "programmes/my_news.html", {"subscription": subscription, "token": token})


@require_http_methods(["GET", "HEAD", "POST"])
def new_enquiry(request: HttpRequest) -> HttpResponse:
    networks = list(queries.networks_to_ask())
    form = EnquiryForm(request.POST or None, networks=networks, models=descriptions.shipped_models())

    def ask() -> None:
        if not form.cleaned_data["website"]:
            enquiry_services.ask_for_programme(form.chosen_network(), form.asking(), by=STRANGER)

    if request.method == "POST" and carried_out(form, ask):
        messages.success(request, _("Thank you. We have got your enquiry and answer you by e-mail."))
        return redirect("programmes:calls")
    return render(request, "programmes/new_enquiry.html", {"form": form, "networks": networks})
