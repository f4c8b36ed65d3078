"""Reading pages as a strict reader would."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CONTROLS = {"input", "select", "textarea", "progress"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    words: str = ""
    is_in_label: bool = False


@dataclass
class Markup(HTMLParser):
    """All elements of a page in order, and what is wrong with how they nest."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    open_elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_in_label = any(outer.tag == "label" for outer in self.open_elements)
        element = Element(tag, {name: value or "" for name, value in attrs}, is_in_label=is_in_label)
        doubled = [name for name, count in Counter(name for name, _value in attrs).items() if count > 1]
        self.faults += [f"{tag}: twice {name}" for name in doubled]
        self.elements.append(element)
        if tag not in VOID:
            self.open_elements.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open_elements.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open_elements or self.open_elements[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self.open_elements[-1:]}")
            return
        self.open_elements.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open_elements:
            element.words += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def with_id(self, name: str) -> Element:
        [found] = [element for element in self.elements if element.attributes.get("id") == name]
        return found


def read(text: str) -> Markup:
    markup = Markup()
    markup.feed(text)
    markup.close()
    return markup


def faults_of(text: str) -> list[str]:
    """What a strict reader objects to: nesting, doubled ids, dangling references, unnamed controls, inline style or script."""
    markup = read(text)
    ids = [element.attributes["id"] for element in markup.elements if "id" in element.attributes]
    faults = [*markup.faults, *(f"twice: #{name}" for name, count in Counter(ids).items() if count > 1)]
    faults += [f"not closed: {element.tag}" for element in markup.open_elements]
    for element in markup.elements:
        faults += faults_of_element(element, set(ids))
    return faults + unnamed_controls(markup)


def faults_of_element(element: Element, ids: set[str]) -> list[str]:
    attributes = element.attributes
    faults = [f"{element.tag}: {name}" for name in attributes if name == "style" or name.startswith("on")]
    if element.tag == "style" or (element.tag == "script" and "src" not in attributes):
        faults.append(f"inline {element.tag}")
    for name in ("for", "aria-labelledby", "aria-describedby", "popovertarget"):
        faults += [f"{element.tag}: {name} → #{id_}" for id_ in attributes.get(name, "").split() if id_ not in ids]
    return faults


def unnamed_controls(markup: Markup) -> list[str]:
    """Controls that neither have a label for them nor stand in one."""
    named = {label.attributes["for"] for label in markup.all("label") if "for" in label.attributes}
    return [
        f"no label: {element.attributes.get('name')}"
        for element in markup.elements
        if element.tag in CONTROLS
        and element.attributes.get("type") != "hidden"
        and element.attributes.get("id") not in named
        and not element.is_in_label
    ]
