"""Columns of structured properties: lists of text, tables, and small elements in a list or by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

from silhouette_plan.importers.jmx.columns.basic import Bag, Column, Report, SingleColumn, Unheld, scalar
from silhouette_plan.importers.jmx.raw import RawProperty, find, simple_name

from silhouette_plan.plan.base import Property
from silhouette_plan.plan.records import record


def java_hash(text: str) -> str:
    """``String.hashCode()``, by which JMeter names the items of a list."""
    units = text.encode("utf-16-be", "surrogatepass")
    total = 0
    for high, low in zip(units[::2], units[1::2], strict=True):
        total = (31 * total + (high << 8 | low)) & 0xFFFFFFFF
    return str(total - (1 << 32) if total >> 31 else total)


def listed(prop: RawProperty | None) -> tuple[RawProperty, ...]:
    """The items of a list; absent, it is empty.

    Raises:
        Unheld: it is a text.
    """
    if prop is None:
        return ()
    if prop.scalar and prop.value.strip():
        raise Unheld(f"“{prop.name}” holds the text “{prop.value.strip()}” where a list is expected", prop.line)
    return prop.items


def strings(values: Iterable[str]) -> tuple[Property, ...]:
    """A list of texts, each named by its hash as JMeter does."""
    return tuple(Property("string", java_hash(value), value) for value in values)


@record
class ListColumn(SingleColumn):
    """A list of texts (``collectionProp`` of ``stringProp``)."""

    omit: bool = False

    def read(self, bag: Bag) -> dict[str, Any]:
        """The texts of the list; absent, it is empty."""
        return {self.field: tuple(scalar(item) for item in listed(bag.take(self.name)))}

    def write(self, holder: object) -> list[Property]:
        """The list, or nothing where ``omit`` allows."""
        values = getattr(holder, self.field)
        if self.omit and not values:
            return []
        return [Property("collection", self.name, items=strings(values))]


@record
class GridColumn(SingleColumn):
    """Rows of texts (a list of lists). ``make`` builds a row of the plan graph, ``parts`` takes it apart.

    ``width`` is the number of cells a row must have; 0: any.
    """

    make: Callable[..., Any] = lambda *cells: cells
    parts: Callable[[Any], Iterable[str]] = lambda row: row
    width: int = 0

    def read(self, bag: Bag) -> dict[str, Any]:
        """The rows; absent, there are none."""
        return {self.field: tuple(self._row(item) for item in listed(bag.take(self.name)))}

    def _row(self, item: RawProperty) -> Any:
        cells = tuple(scalar(cell) for cell in item.items)
        if self.width and len(cells) != self.width:
            raise Unheld(f"a row of “{self.name}” has {len(cells)} cells and not {self.width}", item.line)
        return self.make(*cells)

    def write(self, holder: object) -> list[Property]:
        """The rows as a list of lists."""
        rows = [tuple(self.parts(row)) for row in getattr(holder, self.field)]
        items = (Property("collection", java_hash("".join(cells)), items=strings(cells)) for cells in rows)
        return [Property("collection", self.name, items=tuple(items))]


@record
class ItemType:
    """A small element that stands in a list: a header, an argument, a cookie.

    ``title`` is the field that names the ``elementProp`` (also read from there when its property is absent); where it is
    ``titled``, JMeter itself has the name nowhere but in ``testname``. ``known`` are properties that say nothing more,
    ``implied`` field values that another ``elementType`` stands for. ``show`` gives the object that the columns write,
    where the value itself is plainer.
    """

    make: Callable[..., Any]
    element_type: str
    columns: tuple[Column, ...]
    title: str = ""
    titled: bool = False
    known: frozenset[str] = frozenset({"TestElement.name"})
    implied: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    show: Callable[[Any], Any] = lambda value: value

    def read(self, prop: RawProperty, report: Report) -> Any:
        """The value in ``prop``."""
        if prop.kind != "element":
            raise Unheld(f"“{prop.name}” stands in a list of {self.element_type}", prop.line)
        if not prop.attribute("elementType"):
            report("JX308", f"elementProp “{prop.name}” is read as {self.element_type}", prop.line)
        bag = Bag(prop.items, report)
        values: dict[str, Any] = {self.title: self._name(prop)} if self.title else {}
        values.update(self.implied.get(simple_name(prop.attribute("elementType")), {}))
        for column in self.columns:
            values.update(column.read(bag))
        for name, one in bag.left.items():
            if name not in self.known and (one.items or one.value):
                report("JX312", f"“{name}” of {self.element_type} “{prop.name}” is not read", one.line)
        return self.make(**values)

    def _name(self, prop: RawProperty) -> str:
        return (prop.attribute("testname") if self.titled else "") or prop.name

    def write(self, value: object) -> Property:
        """``value`` as an ``elementProp``."""
        shown = self.show(value)
        items = tuple(one for column in self.columns for one in column.write(shown))
        name = getattr(shown, self.title) if self.title else ""
        attributes = (("elementType", self.element_type), *((("testname", name),) if self.titled else ()))
        return Property("element", name, items=items, attributes=attributes)


@record
class ItemsColumn(SingleColumn):
    """A list of small elements. ``holder`` is the ``elementProp`` around the list where there is one: (name, type, gui)."""

    item: ItemType
    holder: tuple[str, str, str] | None = None
    title: str = ""
    omit: bool = False

    @property
    def properties(self) -> tuple[str, ...]:
        """The names of its properties."""
        return (self.holder[0] if self.holder else self.name,)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        return (self.field,)

    def read(self, bag: Bag) -> dict[str, Any]:
        """The values in the list; absent, it is empty."""
        prop = bag.take(self.properties[0])
        return {self.field: tuple(self.item.read(one, bag.report) for one in self.items(prop, bag.report))}

    def items(self, prop: RawProperty | None, report: Report) -> tuple[RawProperty, ...]:
        """The list's items, wherever they stand in ``prop``."""
        if prop is None or not self.holder:
            return listed(prop)
        if not prop.attribute("elementType"):
            report("JX308", f"elementProp “{prop.name}” is read as {self.holder[1]}", prop.line)
        inner = find(prop.items, self.name)
        if inner:
            return inner.items
        loose = tuple(one for one in prop.items if self._belongs_to_item(one))
        if not loose:
            return ()
        report("JX303", f"“{prop.name}” holds one entry without its list; it is read as that list", prop.line)
        return (
            RawProperty(
                "element", "", items=loose, attributes=(("elementType", self.item.element_type),), line=prop.line
            ),
        )

    def _belongs_to_item(self, prop: RawProperty) -> bool:
        return prop.name in self.item.known or any(prop.name in column.properties for column in self.item.columns)

    def write(self, holder: object) -> list[Property]:
        """The list in its holder, or nothing where ``omit`` allows."""
        values = getattr(holder, self.field)
        if self.omit and not values:
            return []
        return [self.wrap(tuple(self.item.write(value) for value in values))]

    def wrap(self, items: tuple[Property, ...]) -> Property:
        """``items`` in their list, and that in its holder."""
        inner = Property("collection", self.name, items=items)
        if not self.holder:
            return inner
        name, element_type, gui = self.holder
        return Property("element", name, items=(inner,), attributes=nested_attributes(element_type, gui, self.title))


def nested_attributes(element_type: str, gui: str, title: str) -> tuple[tuple[str, str], ...]:
    """The attributes of an ``elementProp`` that could stand as an element of its own."""
    if not gui:
        return (("elementType", element_type),)
    return (
        ("elementType", element_type),
        ("guiclass", gui),
        ("testclass", element_type),
        *((("testname", title),) if title else ()),
        ("enabled", "true"),
    )


@record
class NestedColumn:
    """An ``elementProp`` whose properties are fields of the element itself. ``name_field`` holds its ``testname``."""

    name: str
    element_type: str
    gui: str
    columns: tuple[Column, ...] = ()
    name_field: str = ""
    title: str = ""

    @property
    def properties(self) -> tuple[str, ...]:
        """The names of its properties."""
        return (self.name,)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        own = (self.name_field,) if self.name_field else ()
        return (*own, *(name for column in self.columns for name in column.fields))

    def read(self, bag: Bag) -> dict[str, Any]:
        """The fields of the ``elementProp``; those of an absent one read as if it were empty."""
        prop = bag.take(self.name)
        inner = Bag(prop.items if prop else (), bag.report)
        values: dict[str, Any] = {}
        for column in self.columns:
            values.update(column.read(inner))
        if prop is not None:
            self._check_gui(prop, bag.report)
        if self.name_field and prop is not None:
            values[self.name_field] = prop.attribute("testname")
        for name, one in inner.left.items():
            if one.items or one.value:
                bag.report("JX312", f"“{name}” in “{self.name}” is not read", one.line)
        return values

    def _check_gui(self, prop: RawProperty, report: Report) -> None:
        gui = simple_name(prop.attribute("guiclass"))
        if gui and self.gui and gui != self.gui:
            report("JX302", f"guiclass “{gui}” does not belong to {self.element_type}; {self.gui} is meant", prop.line)

    def write(self, holder: object) -> list[Property]:
        """The ``elementProp``."""
        title = getattr(holder, self.name_field) if self.name_field else self.title
        items = tuple(one for column in self.columns for one in column.write(holder))
        attributes = nested_attributes(self.element_type, self.gui, title)
        return [Property("element", self.name, items=items, attributes=attributes)]
