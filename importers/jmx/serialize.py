"""Properties and elements as the XML that JMeter 5.5 writes (``SaveService``, XStream)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.importers.jmx.raw import PROPERTY_TAGS

from silhouette_plan.plan.base import Property

_TAGS = {kind: tag for tag, kind in PROPERTY_TAGS.items() if tag != "floatProp"}
_TEXT = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_QUOTED = re.compile('[&<>"\t\n\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_TAG_NAME = re.compile(r"[A-Za-z_][\w.$-]*")


class NotXml(ValueError):
    """A tag or attribute name that XML does not allow."""


def escaped(text: str) -> str:
    """``text`` as the content of an element."""
    return _TEXT.sub(_reference, text)


def quoted(text: str) -> str:
    """``text`` as the value of an attribute, with its quotes."""
    return f'"{_QUOTED.sub(_reference, text)}"'


def _reference(match: re.Match[str]) -> str:
    character = match[0]
    return _NAMED.get(character) or f"&#x{ord(character):x};"


def start_tag(tag: str, attributes: tuple[tuple[str, str], ...]) -> str:
    """``<tag name="value"`` without its end.

    Raises:
        NotXml: a name is none.
    """
    for name in (tag, *(name for name, _ in attributes)):
        if not _TAG_NAME.fullmatch(name):
            raise NotXml(name)
    return f"<{tag}" + "".join(f" {name}={quoted(value)}" for name, value in attributes)


def lines(prop: Property, indent: str) -> Iterator[str]:
    """The lines of a property.

    Raises:
        NotXml: a tag or attribute in it has no name that XML allows.
    """
    match prop.kind:
        case "float" | "double":
            yield from _number(prop, indent)
        case "obj":
            inner = Property("field", "value", prop.value, prop.items, prop.attributes)
            yield f"{indent}<objProp>"
            yield f"{indent}  <name>{escaped(prop.name)}</name>"
            yield from lines(inner, indent + "  ")
            yield f"{indent}</objProp>"
        case "field":
            yield from _holding(prop, start_tag(prop.name, prop.attributes), prop.name, indent)
        case _:
            tag = _TAGS.get(prop.kind, prop.kind)
            yield from _holding(prop, start_tag(tag, (("name", prop.name), *prop.attributes)), tag, indent)


def _holding(prop: Property, start: str, tag: str, indent: str) -> Iterator[str]:
    if prop.items:
        yield f"{indent}{start}>"
        for item in prop.items:
            yield from lines(item, indent + "  ")
        yield f"{indent}</{tag}>"
    elif prop.kind in {"element", "collection", "map"}:
        yield f"{indent}{start}/>"
    else:
        yield f"{indent}{start}>{escaped(prop.value)}</{tag}>"


def _number(prop: Property, indent: str) -> Iterator[str]:
    tag = _TAGS[prop.kind]
    yield f"{indent}<{tag}>"
    yield f"{indent}  <name>{escaped(prop.name)}</name>"
    yield f"{indent}  <value>{escaped(prop.value)}</value>"
    yield f"{indent}  <savedValue>0.0</savedValue>"
    yield f"{indent}</{tag}>"
