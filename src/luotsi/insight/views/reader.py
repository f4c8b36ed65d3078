"""Pages of a network's figures, for its readers and coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.core.errors import NotThereError
from luotsi.core.tables.csv_writing import write_csv
from luotsi.insight import queries, services
from luotsi.insight.enums import DEFINITIONS, Indicator
from luotsi.insight.forms import AnswerForm, DayForm, QuestionForm
from luotsi.insight.rules import may_answer
from luotsi.web.charts import LineChart, Point, Series
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from luotsi.people.requests import PersonRequest

form_page = require_http_methods(["GET", "HEAD", "POST"])


def chart_of(months: list[tuple[date, int]]) -> LineChart:
    """Meetings by month, with what they say in one sentence."""
    total = sum(number for _month, number in months)
    said = ngettext("%(num)s meeting has been held.", "%(num)s meetings have been held.", total) % {"num": total}
    points = tuple(Point(on=month, value=number) for month, number in months)
    return LineChart(conclusion=said, series=(Series(label=_("Meetings"), points=points),), floor=0, decimals=0)


@login_required
@require_safe
def figures(request: PersonRequest, ref: UUID) -> HttpResponse:
    network = queries.network_for(request.user, ref)
    page = {
        "network": network,
        "figures": queries.figures_of(network, timezone.localdate()),
        "chart": chart_of(queries.sessions_by_month(network)),
        "snapshots": list(queries.snapshots_of(network)[:10]),
        "questions": list(queries.questions_of(network)[:20]),
        "may_answer": may_answer(request.user, network),
        "labels": dict(Indicator.choices),
        "today": timezone.localdate(),
    }
    return render(request, "insight/figures.html", page)


@login_required
@form_page
def take(request: PersonRequest, ref: UUID) -> HttpResponse:
    network = queries.network_for(request.user, ref)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and carried_out(
        form, lambda: services.take_figures(network, by=request.user, on=form.cleaned_data["on"])
    ):
        messages.success(request, _("The figures are kept as they are."))
        return redirect("insight:figures", ref)
    return render(request, "insight/take.html", {"network": network, "form": form})


@login_required
@require_safe
def snapshot(request: PersonRequest, ref: UUID, snapshot: UUID) -> HttpResponse:
    network = queries.network_for(request.user, ref)
    taken = queries.snapshot_of(network, snapshot)
    rows = [(key.label, taken.figures.get(key.value), DEFINITIONS[key]) for key in Indicator]
    return render(request, "insight/snapshot.html", {"network": network, "snapshot": taken, "rows": rows})


@login_required
@require_safe
def download(request: PersonRequest, ref: UUID, snapshot: UUID) -> HttpResponse:
    taken = queries.snapshot_of(queries.network_for(request.user, ref), snapshot)
    head = [_("Indicator"), _("Value"), _("What it counts")]
    rows = [[str(key.label), taken.figures.get(key.value), str(DEFINITIONS[key])] for key in Indicator]
    named = {"Content-Disposition": f'attachment; filename="luotsi-{taken.on.isoformat()}.csv"'}
    body = write_csv([head, *rows], language=get_language() or "fi")
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=named)


@login_required
@form_page
def ask(request: PersonRequest, ref: UUID) -> HttpResponse:
    network = queries.network_for(request.user, ref)
    form = QuestionForm(request.POST or None, initial={"indicator": request.GET.get("indicator", "")})
    if form.is_valid() and carried_out(
        form,
        lambda: services.ask_about_figure(
            network, Indicator(form.cleaned_data["indicator"]), form.cleaned_data["text"], by=request.user
        ),
    ):
        messages.success(request, _("Your question is with the coordinators."))
        return redirect("insight:figures", ref)
    return render(request, "insight/ask.html", {"network": network, "form": form})


@login_required
@form_page
def answer(request: PersonRequest, ref: UUID, question: UUID) -> HttpResponse:
    network = queries.network_for(request.user, ref)
    asked = queries.question_of(network, question)
    if not may_answer(request.user, network):
        raise NotThereError
    form = AnswerForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: services.answer_question(asked, form.cleaned_data["text"], by=request.user)
    ):
        messages.success(request, _("Your answer is sent."))
        return redirect("insight:figures", ref)
    page = {"network": network, "question": asked, "form": form, "label": Indicator(asked.indicator).label}
    return render(request, "insight/answer.html", page)
