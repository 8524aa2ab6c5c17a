"""Result files back to samples: CSV and XML, JMeter's and ours.

1. What cannot be read is left out and told to ``skip``, never guessed: a row with too few columns, a number that is none.
   A last row without its line end was cut off when its writer was killed.
2. A CSV file is flat: rows named ``parent-0``, ``parent-1`` … that follow their parent in the same thread are put back
   below it, so that a redirect counts once.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from lxml import etree

from silhouette_plan.diagnostics import Diagnostic, PlanError
from silhouette_plan.results.jtl.fields import COLUMNS, SaveConfig, columns_of
from silhouette_plan.results.jtl.stamps import StampFormat
from silhouette_plan.results.sample import AssertionResult, Sample

Skip = Callable[[int, str], None]
"""Told of a row that is left out: its line (of an XML file, of its element) and why."""

TRANSACTION_MESSAGE = "Number of samples in transaction"
"""How the message of a transaction's sample begins (``TransactionController``)."""

_FORMS = tuple(
    StampFormat(pattern)
    for pattern in (
        "yyyy/MM/dd HH:mm:ss.SSS",
        "yyyy/MM/dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.SSS",
        "yyyy-MM-dd HH:mm:ss",
        "MM/dd/yy HH:mm:ss",
    )
)

_DEFAULT = tuple(column.name for column in columns_of(SaveConfig()))
_KNOWN = frozenset(column.name for column in COLUMNS)
_HEADER = re.compile(r"\w+(\W)")

_TEXTS = {
    "label": "label",
    "responseCode": "code",
    "responseMessage": "message",
    "threadName": "thread_name",
    "dataType": "data_type",
    "failureMessage": "failure_message",
    "URL": "url",
    "Encoding": "encoding",
}
_NUMBERS = {
    "elapsed": "elapsed",
    "bytes": "received",
    "sentBytes": "sent",
    "grpThreads": "group_threads",
    "allThreads": "all_threads",
    "Latency": "latency",
    "IdleTime": "idle",
    "Connect": "connect",
}
_XML_TEXTS = {"lb": "label", "rc": "code", "rm": "message", "tn": "thread_name", "dt": "data_type", "de": "encoding"}
_XML_NUMBERS = {
    "ts": "start",
    "t": "elapsed",
    "it": "idle",
    "lt": "latency",
    "ct": "connect",
    "by": "received",
    "sby": "sent",
    "ng": "group_threads",
    "na": "all_threads",
}
_XML_CHILDREN = {
    "responseHeader": "response_headers",
    "requestHeader": "request_headers",
    "responseData": "text",
    "samplerData": "sampler_data",
    "java.net.URL": "url",
}
_SAMPLE_TAGS = ("sample", "httpSample")


def skip_silently(line: int, reason: str) -> None:
    """Leaves out rows without a word."""


def read_jtl(path: Path, skip: Skip = skip_silently) -> Iterator[Sample]:
    """The samples of a results file, in its order; raises ``PlanError`` (RS002, RS005)."""
    try:
        with path.open("rb") as file:
            if file.read(5) == b"<?xml":
                file.seek(0)
                yield from _read_xml(path, file, skip)
            else:
                file.seek(0)
                yield from _nest(_read_csv(path, file, skip))
    except OSError as fault:
        raise _refusal("RS002", f"the results file {path} cannot be opened: {fault.strerror}") from None


def _read_csv(path: Path, file: IO[bytes], skip: Skip) -> Iterator[Sample]:
    complete = _ends_with_line(file)
    text = io.TextIOWrapper(file, "utf-8", "replace", newline="")
    first = text.readline()
    if not first.strip():
        return
    delimiter, columns = _header(path, first)
    if columns == _DEFAULT and not first.startswith(columns[0]):
        text.seek(0)
    rows = csv.reader(_without_nul(text), delimiter=delimiter)
    pending: tuple[int, list[str]] | None = None
    for fields in rows:
        if pending:
            yield from _sample_of_row(columns, *pending, skip)
        pending = (rows.line_num + 1, fields) if fields else None
    if pending and complete:
        yield from _sample_of_row(columns, *pending, skip)
    elif pending:
        skip(pending[0], "the row has no line end: it was cut off")


def _ends_with_line(file: IO[bytes]) -> bool:
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 1))
    complete = file.read(1) in (b"\n", b"")
    file.seek(0)
    return complete


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    """A crash of the machine, unlike one of the process, may leave zero bytes; the csv module refuses them."""
    return (line.replace("\0", "") for line in lines)


def _header(path: Path, line: str) -> tuple[str, tuple[str, ...]]:
    """Delimiter and columns, by the first line: a header, or a row of JMeter's default columns."""
    found = _HEADER.match(line)
    delimiter = found[1] if found and found[1] not in "\r\n" else ","
    names = tuple(line.rstrip("\r\n").split(delimiter))
    if all(name in _KNOWN or (name.startswith('"') and name.endswith('"')) for name in names):
        return delimiter, names
    if len(next(csv.reader([line], delimiter=delimiter))) == len(_DEFAULT) and line[:1].isdigit():
        return delimiter, _DEFAULT
    raise _refusal("RS005", f"{path} is no results file: its first line names no columns that JMeter writes")


def _sample_of_row(columns: tuple[str, ...], line: int, fields: list[str], skip: Skip) -> Iterator[Sample]:
    if len(fields) < len(columns):
        skip(line, f"{len(fields)} columns where {len(columns)} are named")
        return
    row = dict(zip(columns, fields, strict=False))
    try:
        sample = Sample("", _stamp(row.get("timeStamp", "0")))
        for name, attribute in _NUMBERS.items():
            if name in row:
                setattr(sample, attribute, int(row[name]))
    except ValueError as fault:
        skip(line, str(fault))
        return
    for name, attribute in _TEXTS.items():
        if name in row:
            setattr(sample, attribute, row[name])
    sample.url = None if sample.url == "null" else sample.url
    sample.success = row.get("success", "true") == "true"
    sample.from_transaction = sample.message.startswith(TRANSACTION_MESSAGE)
    sample.variables = tuple(row[name] for name in columns if name.startswith('"'))
    yield sample


def _stamp(text: str) -> int:
    if text.isdigit():
        return int(text)
    for form in _FORMS:
        try:
            return form.read(text)
        except ValueError:
            continue
    raise ValueError(f"“{text}” is no time stamp")


def _nest(rows: Iterator[Sample]) -> Iterator[Sample]:
    """Puts ``parent-n`` rows below the row before them."""
    parent: Sample | None = None
    below: list[Sample] = []
    for sample in rows:
        if parent is not None and _continues(parent, below, sample):
            below.append(sample)
            continue
        if parent is not None:
            yield parent
        parent, below = sample, []
        sample.subresults = below
    if parent is not None:
        yield parent


def _continues(parent: Sample, below: list[Sample], sample: Sample) -> bool:
    return sample.label == f"{parent.label}-{len(below)}" and sample.thread_name == parent.thread_name


def _read_xml(path: Path, file: IO[bytes], skip: Skip) -> Iterator[Sample]:
    depth = 0
    events = etree.iterparse(
        file,
        events=("start", "end"),
        tag=_SAMPLE_TAGS,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
    )
    line = 0
    try:
        for event, element in events:
            line = element.sourceline or line
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                yield from _sample_of_top_element(element, line, skip)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as fault:
        if line == 0 and b"<testResults" not in _beginning(path):
            raise _refusal("RS005", f"{path} is no results file: {fault.msg}") from None
        skip(line, "the file ends within an element: it was cut off")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _sample_of_top_element(element: etree._Element, line: int, skip: Skip) -> Iterator[Sample]:
    try:
        yield _sample_of_element(element)
    except ValueError as fault:
        skip(line, str(fault))


def _sample_of_element(element: etree._Element) -> Sample:
    sample = Sample("", 0)
    for name, attribute in _XML_TEXTS.items():
        setattr(sample, attribute, element.get(name, ""))
    for name, attribute in _XML_NUMBERS.items():
        setattr(sample, attribute, int(element.get(name, "0")))
    sample.success = element.get("s", "true") == "true"
    sample.from_transaction = sample.message.startswith(TRANSACTION_MESSAGE)
    sample.subresults = [_sample_of_element(child) for child in element.iterchildren(*_SAMPLE_TAGS)]
    for tag, attribute in _XML_CHILDREN.items():
        text = element.findtext(tag)
        if text is not None:
            setattr(sample, attribute, text)
    if element.find("method") is not None:
        sample.sampler_data = _http_sampler_data(element)
    _judgements(element, sample)
    return sample


def _http_sampler_data(element: etree._Element) -> str:
    """The request as ``HTTPSampleResult.getSamplerData`` shows it, from the parts that the file keeps."""
    method, query, cookies = (element.findtext(tag) or "" for tag in ("method", "queryString", "cookies"))
    data = f"\n{method} data:\n{query}\n" if query else ""
    sent = f"Cookie Data:\n{cookies}" if cookies else "[no cookies]"
    return f"{method} {element.findtext('java.net.URL') or ''}\n{data}\n{sent}\n"


def _judgements(element: etree._Element, sample: Sample) -> None:
    failed: list[AssertionResult] = []
    held: list[str] = []
    for result in element.iterchildren("assertionResult"):
        name, message = result.findtext("name") or "", result.findtext("failureMessage") or ""
        error = result.findtext("error") == "true"
        if error or result.findtext("failure") == "true":
            failed.append(AssertionResult(name, message, error, len(held)))
        else:
            held.append(name)
    sample.assertions, sample.passed_assertions = failed, held
    sample.failure_message = failed[0].message if failed else ""


def _refusal(code: str, message: str) -> PlanError:
    return PlanError([Diagnostic(code, message)])
