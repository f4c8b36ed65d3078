"""A form in a YAML file. JSON is YAML too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from luotsi.core.questions.faults import FormError, FormFault, FormFaultCode, shown
from luotsi.core.questions.reading import check_form
from luotsi.core.questions.writing import write_form

if TYPE_CHECKING:
    from luotsi.core.questions.values import Form

LARGEST: Final = 1_000_000
_DEEPEST: Final = 60
_WIDTH: Final = 120
_LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")
_WORDS: Final = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")
_BASE: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(content: bytes | str) -> Form:
    """The form in a file. Raises FormError, with every fault at once.

    Only true and false are taken for such: a bare yes, no, on or off is the word itself, and may be a text or a key.
    Aliases and keys that come twice are refused.
    """
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(encoded) > LARGEST:
        raise FormError([FormFault("", FormFaultCode.TOO_LARGE, {"largest": LARGEST})])
    try:
        repeated = _scan(encoded)
        plain = yaml.load(encoded, Loader=_Loader)  # noqa: S506 -- a safe loader, with fewer words
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FormError([FormFault("", FormFaultCode.NOT_YAML, {"line": mark.line + 1 if mark else 1})]) from error
    except (yaml.YAMLError, ValueError) as error:  # also: numbers of thousands of digits
        if isinstance(error, FormError):
            raise
        raise FormError([FormFault("", FormFaultCode.NOT_YAML, {"line": 1})]) from error
    form, faults = check_form(plain)
    if form is None or repeated:
        raise FormError([*repeated, *faults])
    return form


def write_yaml(form: Form) -> str:
    """The form as a file, which `read_yaml` reads back to the very same form."""
    return yaml.dump(write_form(form), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


class _Loader(_BASE):  # type: ignore[misc]  # which one it is depends on how PyYAML was built
    pass


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _WORDS]
    for first, resolvers in _BASE.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


class _Dumper(yaml.SafeDumper):
    pass


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """YAML's other line ends would be read as plain ones, unless they are escaped."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _LINE_ENDS.search(text) else None)


_Dumper.add_representer(str, _quoted)


def _scan(content: bytes) -> list[FormFault]:
    """The keys that come twice. Raises FormError for aliases and for what is nested too deep to be built."""
    repeated: list[FormFault] = []
    open_ones: list[_Open] = []
    for event in yaml.parse(content, Loader=_BASE):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise FormError([FormFault("", FormFaultCode.ALIAS, {"line": line})])
        if isinstance(event, yaml.CollectionEndEvent):
            open_ones.pop()
            continue
        if open_ones and isinstance(event, yaml.NodeEvent) and open_ones[-1].has_already(event):
            found = shown(getattr(event, "value", ""))
            repeated.append(FormFault(f"line {line}", FormFaultCode.REPEATED, {"found": found}))
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append(_Open(is_mapping=isinstance(event, yaml.MappingStartEvent)))
        if len(open_ones) > _DEEPEST:
            raise FormError([FormFault("", FormFaultCode.TOO_DEEP, {"deepest": _DEEPEST})])
    return repeated


class _Open:
    """A list or mapping whose end has not come yet."""

    __slots__ = ("_is_key_next", "_is_mapping", "_keys")

    def __init__(self, *, is_mapping: bool) -> None:
        self._is_mapping = is_mapping
        self._is_key_next = True
        self._keys: set[str] = set()

    def has_already(self, event: yaml.NodeEvent) -> bool:
        """Takes what comes next in it, and tells whether that is a key which it has."""
        is_key, self._is_key_next = self._is_mapping and self._is_key_next, not self._is_key_next
        if not is_key or not isinstance(event, yaml.ScalarEvent):
            return False
        is_known = event.value in self._keys
        self._keys |= {event.value}
        return is_known
