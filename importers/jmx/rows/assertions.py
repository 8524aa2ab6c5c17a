"""Element rows: assertions."""

from __future__ import annotations

from silhouette_plan.importers.jmx.columns.basic import Column
from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import NumberColumn as Number
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.columns.lists import ItemsColumn, ItemType
from silhouette_plan.importers.jmx.columns.lists import ListColumn as Listing
from silhouette_plan.importers.jmx.rows.row import Row
from silhouette_plan.importers.jmx.rows.scripts import bean_row, prefixed_row, script_row

from silhouette_plan.plan import assertions as a
from silhouette_plan.plan.records import record

_SCOPE = Text("scope", "Assertion.scope", absent="", omit=True)
_SCOPES: tuple[Column, ...] = (_SCOPE, Text("scope_variable", "Scope.variable", absent="", omit=True))


def _json_row(kind: type[a.JsonAssertion | a.JmesPathAssertion], tag: str, path: str, *plugins: str) -> Row:
    columns: tuple[Column, ...] = (
        Text("path", path, absent=""),
        Text("expected", "EXPECTED_VALUE", absent=""),
        Flag("validate", "JSONVALIDATION", absent=False),
        Flag("expect_null", "EXPECT_NULL", absent=False),
        Flag("invert", "INVERT", absent=False),
        Flag("is_regex", "ISREGEX", absent=True),
    )
    return Row(kind, tag, f"{tag}Gui", columns, lookalikes=plugins)


@record
class _Substitution:
    """A piece of text that the Compare Assertion leaves out, and what it puts there."""

    regex: str = ""
    substitute: str = ""


_SUBSTITUTION = ItemType(
    lambda regex="", substitute="": (regex, substitute),
    "SubstitutionElement",
    (Text("regex", "regex", absent=""), Text("substitute", "substitute", absent="")),
    show=lambda pair: _Substitution(*pair),
)

ROWS: tuple[Row, ...] = (
    Row(
        a.ResponseAssertion,
        "ResponseAssertion",
        "AssertionGui",
        (
            Listing("patterns", "Asserion.test_strings"),
            Text("message", "Assertion.custom_message", absent=""),
            Text("field", "Assertion.test_field", absent=""),
            Flag("assume_success", "Assertion.assume_success", absent=False),
            Number("test_type", "Assertion.test_type", absent=0),
            *_SCOPES,
        ),
        tags=("Assertion",),
        lookalikes=("ResponseAssertionGui",),
        renames={"Assertion.test_strings": "Asserion.test_strings"},
    ),
    Row(
        a.DurationAssertion,
        "DurationAssertion",
        "DurationAssertionGui",
        (Text("duration", "DurationAssertion.duration", absent=""), _SCOPE),
    ),
    Row(
        a.SizeAssertion,
        "SizeAssertion",
        "SizeAssertionGui",
        (
            Text("field", "Assertion.test_field", absent="SizeAssertion.response_network_size"),
            Text("size", "SizeAssertion.size", absent=""),
            Number("operator", "SizeAssertion.operator", absent=0),
            *_SCOPES,
        ),
    ),
    _json_row(
        a.JsonAssertion,
        "JSONPathAssertion",
        "JSON_PATH",
        "com.atlantbh.jmeter.plugins.jsonutils.jsonpathassertion.JSONPathAssertion",
    ),
    _json_row(a.JmesPathAssertion, "JMESPathAssertion", "JMES_PATH"),
    Row(
        a.XPathAssertion,
        "XPathAssertion",
        "XPathAssertionGui",
        (
            Flag("negate", "XPath.negate", absent=False),
            Text("query", "XPath.xpath", absent="/"),
            Flag("validate", "XPath.validate", absent=False),
            Flag("whitespace", "XPath.whitespace", absent=False),
            Flag("tolerant", "XPath.tolerant", absent=False),
            Flag("namespace", "XPath.namespace", absent=False),
            Flag("quiet", "XPath.quiet", absent=True, omit=True),
            Flag("report_errors", "XPath.report_errors", absent=False, omit=True),
            Flag("show_warnings", "XPath.show_warnings", absent=False, omit=True),
            Flag("download_dtds", "XPath.download_dtds", absent=False, omit=True),
            *_SCOPES,
        ),
    ),
    Row(
        a.XPath2Assertion,
        "XPath2Assertion",
        "XPath2AssertionGui",
        (
            Flag("negate", "XPath.negate", absent=False),
            Text("query", "XPath.xpath", absent="/"),
            Text("namespaces", "XPath.namespaces", absent=""),
            *_SCOPES,
        ),
    ),
    Row(a.XmlAssertion, "XMLAssertion", "XMLAssertionGui"),
    Row(
        a.XmlSchemaAssertion,
        "XMLSchemaAssertion",
        "XMLSchemaAssertionGUI",
        (Text("file", "xmlschema_assertion_filename", absent=""),),
    ),
    Row(
        a.Md5HexAssertion,
        "MD5HexAssertion",
        "MD5HexAssertionGUI",
        (Text("digest", "MD5HexAssertion.size", absent=""),),
    ),
    Row(
        a.HtmlAssertion,
        "HTMLAssertion",
        "HTMLAssertionGui",
        old_guis=("HTMLAssertionGUI",),
        columns=(
            Text("error_threshold", "html_assertion_error_threshold", kind="long", absent="0"),
            Text("warning_threshold", "html_assertion_warning_threshold", kind="long", absent="0"),
            Text("doctype", "html_assertion_doctype", absent=""),
            Flag("errors_only", "html_assertion_errorsonly", absent=False),
            Text("format", "html_assertion_format", kind="long", absent="0"),
            Text("report_file", "html_assertion_filename", absent=""),
        ),
    ),
    Row(
        a.CompareAssertion,
        "CompareAssertion",
        "TestBeanGUI",
        (
            Flag("compare_content", "compareContent"),
            Text("compare_time", "compareTime", kind="long"),
            ItemsColumn("skip", "stringsToSkip", _SUBSTITUTION),
        ),
    ),
    script_row(a.ScriptAssertion, "JSR223Assertion"),
    prefixed_row(a.ScriptAssertion, "BeanShellAssertion"),
    bean_row(a.ScriptAssertion, "BSFAssertion"),
)
