"""A verdict in words."""

import pytest
from django.utils import translation

from luotsi.passport.credentials.verdicts import Check, Code, Outcome, State, Verdict
from luotsi.passport.credentials.verifying import ORDER
from luotsi.passport.messages import ANSWERS, NAMES, WORDS, told


def test_everything_that_can_be_said_has_words() -> None:
    assert set(WORDS) == set(Code) - {Code.NOT_REACHED}
    assert set(ANSWERS) == set(Outcome)
    assert set(NAMES) == {*ORDER, "endorsements", "declared_schema"}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_is_translated(language: str) -> None:
    texts = [*WORDS.values(), *ANSWERS.values(), *NAMES.values()]
    with translation.override("en"):
        english = [str(text) for text in texts]
    with translation.override(language):
        translated = [str(text) for text in texts]

    assert [text for text, source in zip(translated, english, strict=True) if text == source] == []


def test_what_was_not_reached_is_not_told() -> None:
    checks = (
        Check(name="document", state=State.FAILED, code=Code.NOT_JSON),
        Check(name="proof", state=State.UNCHECKED, code=Code.NOT_REACHED),
    )

    shown = told(Verdict(outcome=Outcome.NO, checks=checks, facts=None))

    assert [(str(check.title), check.state) for check in shown.checks] == [("The file can be read", "no")]
    assert (str(shown.answer), shown.is_yes) == ("This is not a valid mark", False)
