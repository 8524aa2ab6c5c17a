"""Rows of script elements: JSR 223, and the older BeanShell and BSF ones that the same kinds stand for."""

from __future__ import annotations

from collections.abc import Mapping

from silhouette_plan.importers.jmx.columns.basic import Column
from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.rows.row import Row

from silhouette_plan.plan.base import Element

_LANGUAGE = Text("language", "scriptLanguage", absent="groovy")
_PARAMETERS = Text("parameters", "parameters", absent="")
_FILE = Text("file", "filename", absent="")
_SCRIPT = Text("script", "script", absent="")


def script_row(kind: type[Element], tag: str) -> Row:
    """A JSR 223 element."""
    columns = (_LANGUAGE, _PARAMETERS, _FILE, Text("cache_key", "cacheKey", absent="true"), _SCRIPT)
    return Row(kind, tag, "TestBeanGUI", columns, constants={"legacy": ""})


def bean_row(
    kind: type[Element], tag: str, renames: Mapping[str, str] | None = None, old_guis: tuple[str, ...] = ()
) -> Row:
    """A BeanShell or BSF element with the property names of a test bean; only BSF says its language."""
    bsf = tag.startswith("BSF")
    own: tuple[Column, ...] = (_LANGUAGE,) if bsf else (Flag("reset_interpreter", "resetInterpreter", absent=False),)
    return Row(
        kind,
        tag,
        "TestBeanGUI",
        (*own, _PARAMETERS, _FILE, _SCRIPT),
        old_guis=old_guis,
        constants={"legacy": tag},
        implied={} if bsf else {"language": "beanshell"},
        renames=renames or {},
    )


def prefixed_row(kind: type[Element], tag: str) -> Row:
    """A BeanShell element whose property names begin with its class."""
    columns = (
        Text("script", f"{tag}.query", absent=""),
        Text("file", f"{tag}.filename", absent=""),
        Text("parameters", f"{tag}.parameters", absent=""),
        Flag("reset_interpreter", f"{tag}.resetInterpreter", absent=False),
    )
    return Row(kind, tag, f"{tag}Gui", columns, constants={"legacy": tag}, implied={"language": "beanshell"})
