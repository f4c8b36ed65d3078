"""The two ways to say no. Anything else that is raised is a bug and may crash."""

from django.utils.functional import Promise


class RefusedError(Exception):
    """A rule of the domain forbids this. The text is shown to the person."""

    def __init__(self, text: str | Promise) -> None:
        super().__init__(text)
        self.text = text


class NotThereError(Exception):
    """There is no such thing for the one who asks: it does not exist, or it is not theirs. Shown as 'not found'."""
