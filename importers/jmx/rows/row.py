"""A row of the element tables: one way in which one kind of element stands in a ``.jmx``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from silhouette_plan.importers.jmx.columns.basic import Column

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.records import record


@record
class Row:
    """How ``kind`` is written: its tag, its ``guiclass`` and its columns.

    ``tags`` and ``old_guis`` are other names of both that JMeter takes for the same, ``other_guis`` those that it tells
    apart (kept). ``lookalikes`` are tags and guis that JMeter does not know and that mean this element. ``only_gui``: the
    tag alone does not say the kind (``ConfigTestElement``). ``constants`` are field values that this way of writing implies,
    and that tell which row of a kind writes an element. ``known`` are properties that JMeter writes and no field holds; they
    are kept. ``renames`` are other spellings of property names. ``tag_field`` and ``gui_field`` name fields that hold the
    class and the gui.
    ``open_ended``: its guis, plugins' among them, keep their own settings in the element; any property may stand there.
    """

    kind: type[Element]
    tag: str
    gui: str
    columns: tuple[Column, ...] = ()
    tags: tuple[str, ...] = ()
    old_guis: tuple[str, ...] = ()
    other_guis: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()
    only_gui: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)
    implied: Mapping[str, str] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)
    tag_field: str = ""
    gui_field: str = ""
    open_ended: bool = False

    @property
    def properties(self) -> frozenset[str]:
        """The names of all properties that an element of this row may have."""
        return frozenset(self.known).union(*(column.properties for column in self.columns))

    def writes(self, element: Element) -> bool:
        """Whether ``element`` is written by this row."""
        return type(element) is self.kind and all(
            getattr(element, name) == value for name, value in self.constants.items()
        )
