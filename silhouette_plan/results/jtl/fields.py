"""What a result file holds: the switches (``SampleSaveConfiguration``) and the columns they turn on, in JMeter's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from silhouette_plan.diagnostics import Diagnostic, PlanError, Severity
from silhouette_plan.plan.records import record
from silhouette_plan.results.jtl.stamps import StampFormat

PROPERTY_PREFIX = "jmeter.save.saveservice."
VARIABLES_PROPERTY = "sample_variables"


@record
class SaveConfig:
    """The switches of one result file, with JMeter's defaults.

    The first block is shared by CSV and XML, the second is read for XML only. ``delimiter`` is one character,
    ``stamp_format`` None for ms since 1970. ``variables`` name the extra columns (``sample_variables``); ``xml_pi`` is
    a processing instruction for the head of an XML file.
    """

    timestamp: bool = True
    time: bool = True
    label: bool = True
    code: bool = True
    message: bool = True
    thread_name: bool = True
    data_type: bool = True
    success: bool = True
    failure_message: bool = True
    bytes: bool = True
    sent_bytes: bool = True
    thread_counts: bool = True
    url: bool = True
    file_name: bool = False
    latency: bool = True
    encoding: bool = False
    sample_count: bool = False
    hostname: bool = False
    idle_time: bool = True
    connect_time: bool = True
    field_names: bool = True
    subresults: bool = True

    xml: bool = False
    assertions: bool = True
    response_data: bool = False
    response_data_on_error: bool = False
    sampler_data: bool = False
    response_headers: bool = False
    request_headers: bool = False

    delimiter: str = ","
    stamp_format: StampFormat | None = None
    variables: tuple[str, ...] = ()
    xml_pi: str = ""


@record
class Column:
    """A CSV column: its name, the switch that shows it, and its text as an expression.

    The expression sees ``s`` (the sample) and ``q`` (text by value, quoted where it must be).
    """

    name: str
    switch: str
    expression: str


COLUMNS = (
    Column("timeStamp", "timestamp", "str(s.start)"),
    Column("elapsed", "time", "q[s.elapsed]"),
    Column("label", "label", "q[s.label]"),
    Column("responseCode", "code", "q[s.code]"),
    Column("responseMessage", "message", "q[s.message]"),
    Column("threadName", "thread_name", "q[s.thread_name]"),
    Column("dataType", "data_type", "q[s.data_type]"),
    Column("success", "success", "'true' if s.success else 'false'"),
    Column("failureMessage", "failure_message", "q[s.failure_message]"),
    Column("bytes", "bytes", "q[s.received]"),
    Column("sentBytes", "sent_bytes", "q[s.sent]"),
    Column("grpThreads", "thread_counts", "q[s.group_threads]"),
    Column("allThreads", "thread_counts", "q[s.all_threads]"),
    Column("URL", "url", "q[s.url]"),
    Column("Filename", "file_name", "''"),
    Column("Latency", "latency", "q[s.latency]"),
    Column("Encoding", "encoding", "q[s.encoding or 'ISO-8859-1']"),
    Column("SampleCount", "sample_count", "'1'"),
    Column("ErrorCount", "sample_count", "'0' if s.success else '1'"),
    Column("Hostname", "hostname", "q[host]"),
    Column("IdleTime", "idle_time", "q[s.idle]"),
    Column("Connect", "connect_time", "q[s.connect]"),
)
"""All CSV columns in the order of ``CSVSaveService``."""

_BY_PROPERTY = {
    "time": "time",
    "label": "label",
    "response_code": "code",
    "response_message": "message",
    "thread_name": "thread_name",
    "data_type": "data_type",
    "successful": "success",
    "assertion_results_failure_message": "failure_message",
    "bytes": "bytes",
    "sent_bytes": "sent_bytes",
    "thread_counts": "thread_counts",
    "url": "url",
    "filename": "file_name",
    "latency": "latency",
    "encoding": "encoding",
    "sample_count": "sample_count",
    "hostname": "hostname",
    "idle_time": "idle_time",
    "connect_time": "connect_time",
    "print_field_names": "field_names",
    "subresults": "subresults",
    "assertions": "assertions",
    "response_data": "response_data",
    "response_data.on_error": "response_data_on_error",
    "samplerData": "sampler_data",
    "responseHeaders": "response_headers",
    "requestHeaders": "request_headers",
}

_BY_PLAN = {
    "time": "time",
    "latency": "latency",
    "timestamp": "timestamp",
    "success": "success",
    "label": "label",
    "code": "code",
    "message": "message",
    "threadName": "thread_name",
    "dataType": "data_type",
    "encoding": "encoding",
    "assertions": "assertions",
    "subresults": "subresults",
    "responseData": "response_data",
    "samplerData": "sampler_data",
    "xml": "xml",
    "fieldNames": "field_names",
    "responseHeaders": "response_headers",
    "requestHeaders": "request_headers",
    "responseDataOnError": "response_data_on_error",
    "saveAssertionResultsFailureMessage": "failure_message",
    "bytes": "bytes",
    "sentBytes": "sent_bytes",
    "url": "url",
    "fileName": "file_name",
    "hostname": "hostname",
    "threadCounts": "thread_counts",
    "sampleCount": "sample_count",
    "idleTime": "idle_time",
    "connectTime": "connect_time",
}

_SWITCHES = tuple(field.name for field in fields(SaveConfig) if field.type == "bool")


def config_from_properties(properties: Mapping[str, str]) -> SaveConfig:
    """The switches that ``jmeter.save.saveservice.*`` and ``sample_variables`` set; raises ``PlanError`` (RS004)."""
    given = {
        switch: properties[PROPERTY_PREFIX + name].strip().lower() == "true"
        for name, switch in _BY_PROPERTY.items()
        if PROPERTY_PREFIX + name in properties
    }
    stamp = properties.get(f"{PROPERTY_PREFIX}timestamp_format", "ms")
    return SaveConfig(
        **given,
        xml=properties.get(f"{PROPERTY_PREFIX}output_format", "csv") == "xml",
        timestamp=stamp.lower() != "none",
        stamp_format=None if stamp.lower() in ("ms", "none") else _stamp_format(stamp),
        delimiter=_delimiter(properties.get(f"{PROPERTY_PREFIX}default_delimiter", ",")),
        variables=tuple(name for name in properties.get(VARIABLES_PROPERTY, "").split(",") if name),
        xml_pi=properties.get(f"{PROPERTY_PREFIX}xml_pi", ""),
    )


def config_from_plan(save: Iterable[tuple[str, str]], base: SaveConfig) -> SaveConfig:
    """The switches of a listener's ``saveConfig``; what it does not name is off, as when JMeter reads one.

    ``base`` (the properties) gives the delimiter, the form of the time stamp and the variables, and all of it where
    ``save`` is empty. Names that JMeter does not know are passed over: they switch nothing on.
    """
    pairs = dict(save)
    if not pairs:
        return base
    switches: dict[str, Any] = dict.fromkeys(_SWITCHES, False)
    for name, text in pairs.items():
        if name in _BY_PLAN:
            switches[_BY_PLAN[name]] = text.strip() == "true"
    return replace(base, **switches)


def columns_of(config: SaveConfig) -> tuple[Column, ...]:
    """The columns that ``config`` shows, without those of variables."""
    return tuple(column for column in COLUMNS if getattr(config, column.switch))


def header_line(config: SaveConfig) -> str:
    """The line of names that heads a CSV file; variables stand in quotes, as JMeter marks them."""
    names = [column.name for column in columns_of(config)]
    return config.delimiter.join([*names, *(f'"{name}"' for name in config.variables)])


def _delimiter(text: str) -> str:
    delimiter = "\t" if text == "\\t" else text
    if len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n' or not delimiter.isascii():
        raise _bad_property("default_delimiter", text, "give one character that is no letter, digit or quote, or \\t")
    return delimiter


def _stamp_format(pattern: str) -> StampFormat:
    try:
        return StampFormat(pattern)
    except ValueError as fault:
        raise _bad_property("timestamp_format", pattern, str(fault)) from None


def _bad_property(name: str, value: str, hint: str) -> PlanError:
    message = f"property {PROPERTY_PREFIX}{name} has the value “{value}”, which cannot be used"
    return PlanError([Diagnostic("RS004", message, severity=Severity.ERROR, hint=hint)])
