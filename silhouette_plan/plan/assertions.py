"""Assertions. ``scope`` and ``scope_variable`` as in ``processors``."""

from __future__ import annotations

from silhouette_plan.plan.base import Assertion, Flag, Text
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record


@record(kw_only=True)
class ResponseAssertion(Assertion):
    """Response Assertion. ``field`` is JMeter's ``Assertion.test_field``; ``test_type`` a sum of bits: 1 matches,
    2 contains, 4 not, 8 equals, 16 substring, 32 or."""

    patterns: tuple[Text, ...] = ()
    field: str = "Assertion.response_data"
    test_type: int = 2
    assume_success: Flag = False
    message: Text = ""
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class DurationAssertion(Assertion):
    """Fails a sample that took longer than ``duration`` ms."""

    duration: Text = ""
    scope: str = ""


@record(kw_only=True)
class SizeAssertion(Assertion):
    """Size Assertion. ``operator``: 1 =, 2 ≠, 3 >, 4 <, 5 ≥, 6 ≤; ``size`` in bytes; ``field`` JMeter's ``Assertion.test_field``."""

    size: Text = ""
    operator: int = 1
    field: str = "SizeAssertion.response_network_size"
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class JsonAssertion(Assertion):
    """JSON Assertion (``JSONPathAssertion``)."""

    path: Text = ""
    expected: Text = ""
    validate: Flag = False
    expect_null: Flag = False
    invert: Flag = False
    is_regex: Flag = True


@record(kw_only=True)
class JmesPathAssertion(Assertion):
    """JSON JMESPath Assertion."""

    path: Text = ""
    expected: Text = ""
    validate: Flag = False
    expect_null: Flag = False
    invert: Flag = False
    is_regex: Flag = True


@record(kw_only=True)
class XPathAssertion(Assertion):
    """XPath Assertion."""

    query: Text = "/"
    negate: Flag = False
    tolerant: Flag = False
    namespace: Flag = False
    validate: Flag = False
    whitespace: Flag = False
    quiet: Flag = True
    report_errors: Flag = False
    show_warnings: Flag = False
    download_dtds: Flag = False
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class XPath2Assertion(Assertion):
    """XPath2 Assertion."""

    query: Text = "/"
    negate: Flag = False
    namespaces: Text = ""
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class XmlAssertion(Assertion):
    """XML Assertion: the body is well-formed."""


@record(kw_only=True)
class XmlSchemaAssertion(Assertion):
    """XML Schema Assertion."""

    file: Text = ""


@record(kw_only=True)
class Md5HexAssertion(Assertion):
    """MD5Hex Assertion: the body's digest."""

    digest: Text = ""


@record(kw_only=True)
class HtmlAssertion(Assertion):
    """HTML Assertion (Tidy). ``format``: 0 HTML, 1 XHTML, 2 XML."""

    doctype: str = "omit"
    errors_only: Flag = False
    error_threshold: Text = "0"
    warning_threshold: Text = "0"
    format: Text = "0"
    report_file: Text = ""


@record(kw_only=True)
class CompareAssertion(Assertion):
    """Compare Assertion."""

    compare_content: Flag = True
    compare_time: Text = "-1"
    skip: tuple[tuple[Text, Text], ...] = ()


@record(kw_only=True)
class ScriptAssertion(Assertion):
    """``JSR223Assertion``; ``legacy`` names ``BeanShellAssertion`` or ``BSFAssertion``."""

    language: str = "groovy"
    script: Text = ""
    file: Text = ""
    parameters: Text = ""
    cache_key: Text = "true"
    legacy: str = ""
    reset_interpreter: Flag = False


@record(kw_only=True)
class JsonSchemaAssertion(Assertion):
    """``assert json-schema "file"``: the body is JSON that the schema allows."""

    file: Text = ""
    message: Text = ""


@record(kw_only=True)
class ExpressionAssertion(Assertion):
    """``assert EXPR`` in a form no JMeter assertion has."""

    condition: Expression
    message: Text = ""
    assume_success: bool = False
    when: Expression | None = None
    scope: str = ""
