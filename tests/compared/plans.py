"""Plans of many small cases: a sample of a body with elements in its scope, then a sample whose name shows the variables.

A case file is a list of groups. A group has what its cases share (``kind`` of element, ``properties``, ``body`` and other
settings of the ``sample``, ``variables`` of the plan, what is ``shown``) and ``cases``: ``[properties, given]``; without a
kind, ``[shown, given]``. ``given`` is what JMeter gave: ``[shown, success, failure message]``, null where there was no row.

``§`` in a property or in what is shown is a name of the case's own, so that no case sees another's variables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Given = list[Any]
UNSET = re.compile(r"\$\{v\d+\w*\}")
"""A variable of a case that has no value; kept as ``~``."""

GUIS = {
    "BoundaryExtractor": ("BoundaryExtractorGui", "BoundaryExtractor"),
    "CompareAssertion": ("TestBeanGUI", ""),
    "DurationAssertion": ("DurationAssertionGui", "DurationAssertion"),
    "HTMLAssertion": ("HTMLAssertionGui", ""),
    "HtmlExtractor": ("HtmlExtractorGui", "HtmlExtractor"),
    "JMESPathAssertion": ("JMESPathAssertionGui", ""),
    "JMESPathExtractor": ("JMESPathExtractorGui", "JMESExtractor"),
    "JSONPathAssertion": ("JSONPathAssertionGui", ""),
    "JSONPostProcessor": ("JSONPostProcessorGui", "JSONPostProcessor"),
    "MD5HexAssertion": ("MD5HexAssertionGUI", "MD5HexAssertion"),
    "RegexExtractor": ("RegexExtractorGui", "RegexExtractor"),
    "ResponseAssertion": ("AssertionGui", "Assertion"),
    "ResultAction": ("ResultActionGui", "OnError"),
    "SizeAssertion": ("SizeAssertionGui", ""),
    "XMLAssertion": ("XMLAssertionGui", ""),
    "XMLSchemaAssertion": ("XMLSchemaAssertionGUI", ""),
    "XPath2Assertion": ("XPath2AssertionGui", "XPath"),
    "XPath2Extractor": ("XPath2ExtractorGui", "XPathExtractor2"),
    "XPathAssertion": ("XPathAssertionGui", "XPath"),
    "XPathExtractor": ("XPathExtractorGui", "XPathExtractor"),
}
"""Element: the class of its editor and the prefix that its properties have by default."""


@dataclass(frozen=True)
class Case:
    name: str
    group: dict[str, Any]
    properties: Any
    given: Given | None


def cases_of(groups: list[dict[str, Any]]) -> list[Case]:
    return [
        Case(f"{place}.{number}", group, properties, given)
        for place, group in enumerate(groups)
        for number, (properties, given) in enumerate(group["cases"])
    ]


def prop(name: str, value: Any) -> str:
    if isinstance(value, list):
        rows = "".join(prop(str(place), one) for place, one in enumerate(value))
        return f"<collectionProp name={quoteattr(name)}>{rows}</collectionProp>"
    kind = "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "string"
    text = str(value).lower() if isinstance(value, bool) else text_of(str(value))
    return f"<{kind}Prop name={quoteattr(name)}>{text}</{kind}Prop>"


def text_of(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def element(kind: str, properties: dict[str, Any], name: str = "E") -> str:
    gui, prefix = GUIS[kind]
    full = {key if "." in key or not prefix else f"{prefix}.{key}": value for key, value in properties.items()}
    inner = "".join(prop(key, value) for key, value in full.items())
    return f'<{kind} guiclass="{gui}" testclass="{kind}" testname={quoteattr(name)} enabled="true">{inner}</{kind}><hashTree/>'


def arguments(values: dict[str, str]) -> str:
    rows = "".join(
        f'<elementProp name={quoteattr(name)} elementType="Argument">{prop("Argument.name", name)}'
        f"{prop('Argument.value', value)}{prop('Argument.metadata', '=')}</elementProp>"
        for name, value in values.items()
    )
    return f'<collectionProp name="Arguments.arguments">{rows}</collectionProp>'


def java(name: str, settings: dict[str, str], inner: str = "") -> str:
    whole = {
        "Sleep_Time": "0",
        "Sleep_Mask": "0x0",
        "Label": "",
        "ResponseCode": "200",
        "ResponseMessage": "OK",
        "Status": "OK",
        "SamplerData": "",
        "ResultData": "",
        **settings,
    }
    return (
        f'<JavaSampler guiclass="JavaTestSamplerGui" testclass="JavaSampler" testname={quoteattr(name)} enabled="true">'
        f'<elementProp name="arguments" elementType="Arguments">{arguments(whole)}</elementProp>'
        f"{prop('classname', 'org.apache.jmeter.protocol.java.test.JavaTest')}</JavaSampler><hashTree>{inner}</hashTree>"
    )


def http(name: str, settings: dict[str, str], inner: str) -> str:
    whole = {"domain": "127.0.0.1", "port": "${__P(port)}", "protocol": "http", "method": "GET", **settings}
    properties = "".join(prop(f"HTTPSampler.{key}", value) for key, value in whole.items())
    return (
        f'<HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname={quoteattr(name)} '
        f'enabled="true"><elementProp name="HTTPsampler.Arguments" elementType="Arguments">{arguments({})}</elementProp>'
        f"{prop('HTTPSampler.follow_redirects', True)}{properties}</HTTPSamplerProxy><hashTree>{inner}</hashTree>"
    )


def body_name(case: Case) -> str:
    """The variable that holds the body of the case's group."""
    return f"body{case.name.partition('.')[0]}"


def steps(case: Case, number: int) -> Iterator[str]:
    """The samplers of a case: ``NAME``, then one whose label is ``NAME=SHOWN``.

    The label is an argument, since a function that fails in a sampler's name ends JMeter's user.
    """

    def own(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("§", f"v{number}")
        if isinstance(value, list):
            return [own(one) for one in value]
        return {key: own(one) for key, one in value.items()} if isinstance(value, dict) else value

    group = case.group
    shown = group.get("shown", "")
    if "kind" in group:
        properties = {**group.get("properties", {}), **case.properties}
        sample = {**group.get("sample", {}), **properties.pop("sample", {})}
        if "body" in group:
            sample = {"ResultData": f"${{{body_name(case)}}}", **sample}
        inner = element(group["kind"], own(properties), case.name)
        yield http(case.name, sample, inner) if "path" in sample else java(case.name, sample, inner)
    else:
        shown = case.properties
    yield java("shown", {"Label": f"{case.name}={own(shown)}"})


def document(groups: list[dict[str, Any]]) -> str:
    """The plan of all cases."""
    body = "".join("".join(steps(case, number)) for number, case in enumerate(cases_of(groups)))
    defined = {key: value for group in groups for key, value in group.get("variables", {}).items()}
    defined |= {f"body{place}": group["body"] for place, group in enumerate(groups) if "body" in group}
    loop = '<elementProp name="ThreadGroup.main_controller" elementType="LoopController">' + (
        f"{prop('LoopController.continue_forever', False)}{prop('LoopController.loops', '1')}</elementProp>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.5"><hashTree>'
        '<TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="P" enabled="true">'
        f'<elementProp name="TestPlan.user_defined_variables" elementType="Arguments">{arguments(defined)}</elementProp>'
        "</TestPlan><hashTree>"
        '<ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="G" enabled="true">'
        f"{prop('ThreadGroup.on_sample_error', 'continue')}{loop}{prop('ThreadGroup.num_threads', '1')}"
        f"{prop('ThreadGroup.ramp_time', '0')}</ThreadGroup><hashTree>{body}</hashTree>"
        "</hashTree></hashTree></jmeterTestPlan>\n"
    )


def given_by(rows: list[dict[str, str]], groups: list[dict[str, Any]], port: int) -> list[Given]:
    """What the rows of a results file say of each case; the server's port is told by name."""

    def steady(text: str) -> str:
        return UNSET.sub("~", text.replace(f":{port}", ":PORT"))

    own: dict[str, dict[str, str]] = {}
    shown: dict[str, str] = {}
    for row in rows:
        name, mark, text = row["label"].partition("=")
        if mark:
            shown[name] = steady(text)
        else:
            own[name] = row
    return [[shown.get(case.name), *_judged(own.get(case.name), steady)] for case in cases_of(groups)]


def _judged(row: dict[str, str] | None, steady: Callable[[str], str]) -> list[Any]:
    return [None, None] if row is None else [row["success"] == "true", steady(row["failureMessage"] or "")]
