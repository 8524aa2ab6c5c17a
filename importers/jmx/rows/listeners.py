"""Element rows: listeners."""

from __future__ import annotations

from typing import Any

from silhouette_plan.importers.jmx.columns.basic import Bag, Unheld
from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.rows.plan import arguments
from silhouette_plan.importers.jmx.rows.row import Row
from silhouette_plan.importers.jmx.rows.scripts import bean_row, script_row

from silhouette_plan.plan import listeners as el
from silhouette_plan.plan.base import Property
from silhouette_plan.plan.records import record


@record
class SaveConfiguration:
    """The switches of ``SampleSaveConfiguration``, an ``objProp`` of its own shape, in the order of the file."""

    properties: tuple[str, ...] = ("saveConfig",)
    fields: tuple[str, ...] = ("save",)

    def read(self, bag: Bag) -> dict[str, Any]:
        """The switches.

        Raises:
            Unheld: there is more than switches.
        """
        prop = bag.take("saveConfig")
        if prop is None:
            return {}
        if any(item.items for item in prop.items):
            raise Unheld("“saveConfig” holds more than switches", prop.line)
        return {"save": tuple((item.name, item.value) for item in prop.items)}

    def write(self, holder: object) -> list[Property]:
        """The object, or nothing where there are no switches."""
        save: tuple[tuple[str, str], ...] = getattr(holder, "save")  # noqa: B009
        if not save:
            return []
        switches = tuple(Property("field", name, value) for name, value in save)
        return [Property("obj", "saveConfig", items=switches, attributes=(("class", "SampleSaveConfiguration"),))]


ROWS: tuple[Row, ...] = (
    Row(
        el.ResultCollector,
        "ResultCollector",
        "SimpleDataWriter",
        (
            Flag("errors_only", "ResultCollector.error_logging", absent=False),
            SaveConfiguration(),
            Flag("successes_only", "ResultCollector.success_only_logging", absent=False, omit=True),
            Text("file", "filename", absent=""),
        ),
        tags=("kg.apc.jmeter.vizualizers.CorrectedResultCollector",),
        tag_field="test_class",
        gui_field="gui",
        open_ended=True,
    ),
    Row(el.Summariser, "Summariser", "SummariserGui"),
    Row(
        el.BackendListener,
        "BackendListener",
        "BackendListenerGui",
        (
            arguments("arguments", "arguments"),
            Text("class_name", "classname", absent=""),
            Text("queue_size", "QUEUE_SIZE", absent="5000", omit=True),
        ),
    ),
    Row(
        el.ResultSaver,
        "ResultSaver",
        "ResultSaverGui",
        (
            Text("file", "FileSaver.filename", absent=""),
            Text("variable", "FileSaver.variablename", absent="", omit=True),
            Flag("errors_only", "FileSaver.errorsonly", absent=False),
            Flag("successes_only", "FileSaver.successonly", absent=False),
            Flag("skip_auto_number", "FileSaver.skipautonumber", absent=False),
            Flag("skip_suffix", "FileSaver.skipsuffix", absent=False),
            Flag("add_timestamp", "FileSaver.addTimstamp", absent=False, omit=True),
            Text("pad", "FileSaver.numberPadLen", absent="", omit=True),
            Flag("ignore_transactions", "FileSaver.ignoreTC", absent=True, omit=True),
        ),
    ),
    script_row(el.ScriptListener, "JSR223Listener"),
    bean_row(el.ScriptListener, "BeanShellListener"),
    bean_row(el.ScriptListener, "BSFListener"),
)
