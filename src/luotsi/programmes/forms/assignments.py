"""Forms of interim assignments: the answer, a comment, a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.web.forms import PlainForm


class AnswerForm(PlainForm):
    readers = {"text": _("you while you write; the trainers of the programme once you hand it in")}

    text = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **options)
        self.fields["text"].required = not self.is_bound  # drawn as asked for; a file alone is an answer, too


class CommentForm(PlainForm):
    prefix = "comment"
    readers = {"text": _("the one who answers, and the trainers of the programme")}

    text = forms.CharField(label=_("Comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(PlainForm):
    ACCEPT, RETURN = "accept", "return"
    readers = {"words": _("the one who answers, and the trainers of the programme")}

    words = forms.CharField(
        label=_("Words to the one who answers"),
        help_text=_("When you return an answer, write what is still to be done."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
