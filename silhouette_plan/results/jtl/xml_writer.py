"""Samples as elements of an XML JTL (``SampleResultConverter``, ``HTTPResultConverter``).

The file is a valid prefix of a document until the run's end closes it. Characters that no XML may hold are written as
U+FFFD, where JMeter writes a reference that its own reader refuses.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Sequence

from silhouette_plan.results.jtl.fields import SaveConfig
from silhouette_plan.results.jtl.rowfile import RowFile
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.results.secrets import Mask, nothing_secret

FOOTER = "\n</testResults>\n"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#xd;"})
_IN_ATTRIBUTE = _IN_TEXT | {ord("\n"): "&#xa;", ord("\t"): "&#x9;"}
_HTTP_DATA = re.compile(
    r"(?P<method>\S+)[^\n]*\n(?:\n\S+ data:\n(?P<query>.*?)\n)?\n(?:Cookie Data:\n(?P<cookies>.*?)|\[no cookies\])\n",
    re.S,
)
_STARTS = (
    ":A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_NO_NAME = re.compile(f"^[^{_STARTS}]|(?<!^)[^-.0-9\u00b7\u0300-\u036f\u203f\u2040{_STARTS}]", re.S)
_CODES = {"_": "__", "$": "_-"}
_LOCATION = re.compile(r"^location:[ \t]*(.*?)[ \t]*\r?$", re.I | re.M)


def head_lines(config: SaveConfig) -> tuple[str, ...]:
    """The lines before the first sample."""
    pi = (config.xml_pi,) if config.xml_pi else ()
    return ('<?xml version="1.0" encoding="UTF-8"?>', *pi, '<testResults version="1.2">')


class XmlWriter(Observer):
    """Writes each sample to ``file`` as an element, its sub-results inside it."""

    def __init__(self, file: RowFile, config: SaveConfig, mask: Mask = nothing_secret) -> None:
        self.file = file
        self._config = config
        self._mask = mask

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """Adds the samples' elements."""
        for sample in samples:
            self.file.add("\n".join(sample_lines(sample, self._config, self._mask)))


def sample_lines(sample: Sample, config: SaveConfig, mask: Mask = nothing_secret, indent: str = "") -> Iterator[str]:
    """The lines of one sample's element."""
    tag = "sample" if sample.url is None else "httpSample"
    attributes = "".join(f' {name}="{_attribute(mask(text))}"' for name, text in _attributes(sample, config))
    inner = list(_content(sample, config, mask, indent + "  "))
    if inner:
        yield f"{indent}<{tag}{attributes}>"
        yield from inner
        yield f"{indent}</{tag}>"
    else:
        yield f"{indent}<{tag}{attributes}/>"


def _attributes(sample: Sample, config: SaveConfig) -> Iterator[tuple[str, str]]:
    rows = (
        (config.time, "t", sample.elapsed),
        (config.idle_time, "it", sample.idle),
        (config.latency, "lt", sample.latency),
        (config.connect_time, "ct", sample.connect),
        (config.timestamp, "ts", sample.start),
        (config.success, "s", _flag(sample.success)),
        (config.label, "lb", sample.label),
        (config.code, "rc", sample.code),
        (config.message, "rm", sample.message),
        (config.thread_name, "tn", sample.thread_name),
        (config.data_type, "dt", sample.data_type),
        (config.encoding, "de", sample.encoding),
        (config.bytes, "by", sample.received),
        (config.sent_bytes, "sby", sample.sent),
        (config.sample_count, "sc", 1),
        (config.sample_count, "ec", int(not sample.success)),
        (config.thread_counts, "ng", sample.group_threads),
        (config.thread_counts, "na", sample.all_threads),
        (config.hostname, "hn", socket.gethostname() if config.hostname else ""),
    )
    yield from ((name, str(value)) for wanted, name, value in rows if wanted)
    values = sample.variables or (None,) * len(config.variables)
    for name, text in zip(config.variables, values, strict=False):
        yield _coded(name), text or ""


def _content(sample: Sample, config: SaveConfig, mask: Mask, indent: str) -> Iterator[str]:
    on_error = config.response_data_on_error and not sample.success
    if config.assertions:
        yield from _assertions(sample, mask, indent)
    if config.subresults:
        for sub in sample.subresults:
            yield from sample_lines(sub, config, mask, indent)
    for tag, text in _texts(sample, config, on_error):
        yield f'{indent}<{tag} class="java.lang.String">{_text(mask(text))}</{tag}>'
    if config.url and sample.url is not None:
        yield f"{indent}<java.net.URL>{_text(mask(sample.url))}</java.net.URL>"


def _texts(sample: Sample, config: SaveConfig, on_error: bool) -> Iterator[tuple[str, str]]:
    """The elements of one text each, in JMeter's order."""
    if config.response_headers:
        yield "responseHeader", sample.response_headers
    if config.request_headers:
        yield "requestHeader", sample.request_headers
    if config.response_data or on_error:
        recordable = sample.data_type == "text"
        yield (
            "responseData",
            sample.text if recordable else f"Non-TEXT response data, cannot record: ({sample.data_type})",
        )
    if config.file_name:
        yield "responseFile", ""
    if config.sampler_data or on_error:
        yield from _sampler_data(sample)


def _redirects(code: str, method: str) -> bool:
    """``HTTPSampleResult.isRedirect``."""
    return code in ("301", "302", "303", "308") or (code == "307" and method in ("GET", "HEAD"))


def _sampler_data(sample: Sample) -> Iterator[tuple[str, str]]:
    http = _HTTP_DATA.match(sample.sampler_data) if sample.url is not None else None
    if http is None:
        if sample.sampler_data:
            yield "samplerData", sample.sampler_data
        return
    yield "cookies", http["cookies"] or ""
    yield "method", http["method"]
    yield "queryString", http["query"] or ""
    # A request that was redirected shows where it was sent first.
    redirect = sample.subresults[0] if sample.subresults else sample
    locations = _LOCATION.findall(redirect.response_headers) if _redirects(redirect.code, http["method"]) else []
    if locations:
        yield "redirectLocation", locations[-1]


def _assertions(sample: Sample, mask: Mask, indent: str) -> Iterator[str]:
    """Failed assertions, and those that held, in the order in which they were judged."""
    for result, failed in _in_order(sample):
        yield f"{indent}<assertionResult>"
        yield f"{indent}  <name>{_text(mask(result.name))}</name>"
        yield f"{indent}  <failure>{_flag(failed and not result.error)}</failure>"
        yield f"{indent}  <error>{_flag(result.error)}</error>"
        if failed:
            yield f"{indent}  <failureMessage>{_text(mask(result.message))}</failureMessage>"
        yield f"{indent}</assertionResult>"


def _in_order(sample: Sample) -> Iterator[tuple[AssertionResult, bool]]:
    written = 0
    held = [AssertionResult(name, "") for name in sample.passed_assertions]
    for result in sample.assertions:
        yield from ((one, False) for one in held[written : result.held_before])
        written = max(written, result.held_before)
        yield result, True
    yield from ((one, False) for one in held[written:])


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _text(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(_IN_TEXT)


def _coded(name: str) -> str:
    """A variable's name as the name of an attribute (XStream's ``XmlFriendlyNameCoder``)."""
    return _NO_NAME.sub(_code, name)


def _code(found: re.Match[str]) -> str:
    return _CODES.get(found[0]) or f"_.{ord(found[0]):04x}"


def _attribute(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(_IN_ATTRIBUTE)
