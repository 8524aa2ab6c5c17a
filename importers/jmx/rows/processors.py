"""Element rows: pre- and post-processors."""

from __future__ import annotations

from silhouette_plan.importers.jmx.columns.basic import Column
from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import NumberColumn as Number
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.rows.row import Row
from silhouette_plan.importers.jmx.rows.samplers import SQL
from silhouette_plan.importers.jmx.rows.scripts import bean_row, script_row

from silhouette_plan.plan import processors as p

_SCOPE: tuple[Column, ...] = (
    Text("scope", "Sample.scope", absent="", omit=True),
    Text("scope_variable", "Scope.variable", absent="", omit=True),
)
_SQL_PROCESSOR: tuple[Column, ...] = (
    *SQL,
    Text("arguments", "queryArguments", absent=""),
    Text("argument_types", "queryArgumentsTypes", absent=""),
)
_SQL_KNOWN = ("resultSetHandler", "resultSetMaxRows")


def _extractor(prefix: str, kind: type[p.RegexExtractor | p.BoundaryExtractor], *own: Column) -> Row:
    columns: tuple[Column, ...] = (
        Text("source", f"{prefix}.useHeaders", absent="false"),
        Text("variable", f"{prefix}.refname", absent=""),
        *own,
        Text("default", f"{prefix}.default", absent=""),
        Flag("empty_default", f"{prefix}.default_empty_value", absent=False, omit=True),
        Text("match", f"{prefix}.match_number", absent=""),
        *_SCOPE,
    )
    return Row(kind, prefix, f"{prefix}Gui", columns)


ROWS: tuple[Row, ...] = (
    script_row(p.ScriptPreProcessor, "JSR223PreProcessor"),
    bean_row(p.ScriptPreProcessor, "BeanShellPreProcessor"),
    bean_row(p.ScriptPreProcessor, "BSFPreProcessor"),
    script_row(p.ScriptPostProcessor, "JSR223PostProcessor"),
    bean_row(p.ScriptPostProcessor, "BeanShellPostProcessor"),
    bean_row(p.ScriptPostProcessor, "BSFPostProcessor"),
    Row(p.SqlPreProcessor, "JDBCPreProcessor", "TestBeanGUI", _SQL_PROCESSOR, known=_SQL_KNOWN),
    Row(p.SqlPostProcessor, "JDBCPostProcessor", "TestBeanGUI", _SQL_PROCESSOR, known=_SQL_KNOWN),
    Row(
        p.SampleTimeout,
        "SampleTimeout",
        "SampleTimeoutGui",
        (Text("timeout", "InterruptTimer.timeout", absent=""),),
    ),
    Row(
        p.JsonExtractor,
        "JSONPostProcessor",
        "JSONPostProcessorGui",
        (
            Text("names", "JSONPostProcessor.referenceNames", absent=""),
            Text("paths", "JSONPostProcessor.jsonPathExprs", absent=""),
            Text("match", "JSONPostProcessor.match_numbers", absent=""),
            Text("defaults", "JSONPostProcessor.defaultValues", absent=""),
            Flag("concat", "JSONPostProcessor.compute_concat", absent=False, omit=True),
            *_SCOPE,
        ),
        lookalikes=("JSONExtractor",),
        renames={
            "JSONExtractor.jsonPathExpressions": "JSONPostProcessor.jsonPathExprs",
            "JSONPostProcessor.jsonPathExpressions": "JSONPostProcessor.jsonPathExprs",
        },
    ),
    Row(
        p.JmesPathExtractor,
        "JMESPathExtractor",
        "JMESPathExtractorGui",
        (
            Text("variable", "JMESExtractor.referenceName", absent=""),
            Text("path", "JMESExtractor.jmesPathExpr", absent=""),
            Text("match", "JMESExtractor.matchNumber", absent=""),
            Text("default", "JMESExtractor.defaultValue", absent=""),
            *_SCOPE,
        ),
    ),
    _extractor(
        "RegexExtractor",
        p.RegexExtractor,
        Text("regex", "RegexExtractor.regex", absent=""),
        Text("template", "RegexExtractor.template", absent=""),
    ),
    _extractor(
        "BoundaryExtractor",
        p.BoundaryExtractor,
        Text("left", "BoundaryExtractor.lboundary", absent=""),
        Text("right", "BoundaryExtractor.rboundary", absent=""),
    ),
    Row(
        p.XPathExtractor,
        "XPathExtractor",
        "XPathExtractorGui",
        (
            Text("default", "XPathExtractor.default", absent=""),
            Text("variable", "XPathExtractor.refname", absent=""),
            Text("match", "XPathExtractor.matchNumber", absent=None),
            Text("query", "XPathExtractor.xpathQuery", absent=""),
            Flag("validate", "XPathExtractor.validate", absent=False),
            Flag("tolerant", "XPathExtractor.tolerant", absent=False),
            Flag("namespace", "XPathExtractor.namespace", absent=False),
            Flag("fragment", "XPathExtractor.fragment", absent=False, omit=True),
            Flag("whitespace", "XPathExtractor.whitespace", absent=False, omit=True),
            Flag("quiet", "XPathExtractor.quiet", absent=False, omit=True),
            Flag("report_errors", "XPathExtractor.report_errors", absent=False, omit=True),
            Flag("show_warnings", "XPathExtractor.show_warnings", absent=False, omit=True),
            Flag("download_dtds", "XPathExtractor.download_dtds", absent=False, omit=True),
            *_SCOPE,
        ),
    ),
    Row(
        p.XPath2Extractor,
        "XPath2Extractor",
        "XPath2ExtractorGui",
        (
            Text("default", "XPathExtractor2.default", absent=""),
            Text("variable", "XPathExtractor2.refname", absent=""),
            Text("match", "XPathExtractor2.matchNumber", absent=""),
            Text("query", "XPathExtractor2.xpathQuery", absent=""),
            Flag("fragment", "XPathExtractor2.fragment", absent=False, omit=True),
            Text("namespaces", "XPathExtractor2.namespaces", absent=""),
            *_SCOPE,
        ),
    ),
    Row(
        p.CssExtractor,
        "HtmlExtractor",
        "HtmlExtractorGui",
        (
            Text("variable", "HtmlExtractor.refname", absent=""),
            Text("selector", "HtmlExtractor.expr", absent=""),
            Text("attribute", "HtmlExtractor.attribute", absent=""),
            Text("default", "HtmlExtractor.default", absent=""),
            Flag("empty_default", "HtmlExtractor.default_empty_value", absent=False, omit=True),
            Text("match", "HtmlExtractor.match_number", absent=""),
            Text("implementation", "HtmlExtractor.extractor_impl", absent=""),
            *_SCOPE,
        ),
    ),
    Row(
        p.DebugPostProcessor,
        "DebugPostProcessor",
        "TestBeanGUI",
        (
            Flag("show_properties", "displayJMeterProperties"),
            Flag("show_variables", "displayJMeterVariables"),
            Flag("show_sampler", "displaySamplerProperties"),
            Flag("show_system", "displaySystemProperties"),
        ),
    ),
    Row(p.ResultAction, "ResultAction", "ResultActionGui", (Number("action", "OnError.action", absent=0),)),
)
