"""A ``.jmx`` as read, before it has a meaning: elements with their properties and lines."""

from __future__ import annotations

from collections.abc import Iterable

from silhouette_plan.plan.base import Property
from silhouette_plan.plan.records import record

SCALAR_TAGS = {"stringProp": "string", "boolProp": "bool", "intProp": "int", "longProp": "long"}
"""Property tags whose content is text and never markup."""

NUMBER_TAGS = {"FloatProperty": "float", "floatProp": "float", "doubleProp": "double"}
"""Property tags whose name and value stand in children (``FloatProperty`` is how JMeter spells it)."""

NESTED_TAGS = {"elementProp": "element", "collectionProp": "collection", "mapProp": "map", "objProp": "obj"}
"""Property tags that hold other properties."""

PROPERTY_TAGS = SCALAR_TAGS | NUMBER_TAGS | NESTED_TAGS
"""Kind of a property by its tag."""


@record
class RawProperty:
    """A property with the line it stands on; fields as in ``silhouette_plan.plan.base.Property``."""

    kind: str
    name: str
    value: str = ""
    items: tuple[RawProperty, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    line: int = 0

    @property
    def scalar(self) -> bool:
        """Whether it is one piece of text."""
        return self.kind in {"string", "bool", "int", "long", "float", "double"}

    def kept(self) -> Property:
        """The property as the plan graph keeps it."""
        return Property(self.kind, self.name, self.value, tuple(item.kept() for item in self.items), self.attributes)

    def attribute(self, name: str) -> str:
        """The XML attribute ``name``, empty where it is absent."""
        return dict(self.attributes).get(name, "")


@record
class RawElement:
    """An element of the tree. ``parent`` is the index of its parent in the forest, −1 at the top.

    ``enabled`` is the attribute's text (None where it is absent); ``remarks`` the XML comments just before it.
    """

    tag: str
    parent: int
    line: int
    testclass: str = ""
    guiclass: str = ""
    name: str = ""
    enabled: str | None = None
    properties: tuple[RawProperty, ...] = ()
    remarks: str = ""


Forest = tuple[RawElement, ...]
"""Elements in document order, so that a parent stands before its children. Flat, for plans nest deeply."""


def simple_name(java_class: str) -> str:
    """``IfController`` of ``org.apache.jmeter.control.IfController``."""
    return java_class.rpartition(".")[2]


def find(properties: Iterable[RawProperty], name: str) -> RawProperty | None:
    """The last property called ``name``: a later one replaces an earlier one, as in JMeter."""
    found = None
    for candidate in properties:
        if candidate.name == name:
            found = candidate
    return found
