"""Element rows: samplers."""

from __future__ import annotations

from silhouette_plan.importers.jmx.columns.basic import Column, LeftOut
from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import NumberColumn as Number
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.columns.http import ADDRESS, CLIENT, HTTP_FILES, KNOWN, HttpContent
from silhouette_plan.importers.jmx.columns.lists import ItemsColumn, ItemType
from silhouette_plan.importers.jmx.columns.sql import SqlBindings
from silhouette_plan.importers.jmx.rows.plan import ARGUMENT, arguments
from silhouette_plan.importers.jmx.rows.row import Row
from silhouette_plan.importers.jmx.rows.scripts import bean_row, prefixed_row, script_row

from silhouette_plan.plan import samplers as s
from silhouette_plan.plan.testplan import Argument

_COMMAND_ARGUMENT = ItemType(
    lambda name, value="", description="": value,
    "Argument",
    ARGUMENT.columns,
    title="name",
    show=lambda value: Argument("", value),
)

SQL: tuple[Column, ...] = (
    Text("database", "dataSource", absent=""),
    Text("kind", "queryType", absent=""),
    Text("query", "query", absent=""),
    Text("store", "variableNames", absent=""),
    Text("result", "resultVariable", absent=""),
    Text("timeout", "queryTimeout", absent=""),
)
"""What JDBC requests and processors share."""

_TCP_USER: tuple[Column, ...] = (
    Text("user", "ConfigTestElement.username", absent=""),
    Text("password", "ConfigTestElement.password", absent=""),
)

ROWS: tuple[Row, ...] = (
    Row(
        s.HttpRequest,
        "HTTPSamplerProxy",
        "HttpTestSampleGui",
        (
            HttpContent(),
            HTTP_FILES,
            *ADDRESS,
            Text("method", "HTTPSampler.method", absent="GET"),
            Flag("follow_redirects", "HTTPSampler.follow_redirects", absent=False),
            Flag("auto_redirects", "HTTPSampler.auto_redirects", absent=False),
            Flag("keep_alive", "HTTPSampler.use_keepalive", absent=False),
            Flag("multipart", "HTTPSampler.DO_MULTIPART_POST", absent=False),
            Flag("browser_compatible", "HTTPSampler.BROWSER_COMPATIBLE_MULTIPART", absent=False, omit=True),
            *CLIENT,
            LeftOut(("HTTPSampler.header_manager",), noted=True),
        ),
        tags=("HTTPSampler", "HTTPSampler2", "HTTPSamplerFull", "HTTPSampler_", "HTTPSampler2_"),
        old_guis=("HttpTestSampleGui2",),
        other_guis=("GraphQLHTTPSamplerGui",),
        known=(
            *KNOWN,
            "GraphQLHTTPSampler.operationName",
            "GraphQLHTTPSampler.query",
            "GraphQLHTTPSampler.variables",
            "HTTPSampler.FILE_NAME",
            "HTTPSampler.FILE_FIELD",
            "HTTPSampler.mimetype",
        ),
    ),
    Row(
        s.JavaRequest,
        "JavaSampler",
        "JavaTestSamplerGui",
        (arguments("arguments", "arguments"), Text("class_name", "classname", absent="")),
    ),
    Row(
        s.DebugSampler,
        "DebugSampler",
        "TestBeanGUI",
        (
            Flag("show_properties", "displayJMeterProperties"),
            Flag("show_variables", "displayJMeterVariables"),
            Flag("show_system", "displaySystemProperties"),
        ),
    ),
    Row(
        s.DummySampler,
        "kg.apc.jmeter.samplers.DummySampler",
        "kg.apc.jmeter.samplers.DummySamplerGui",
        (
            Flag("waiting", "WAITING", absent=False),
            Flag("successful", "SUCCESFULL", absent=False),
            Text("response_code", "RESPONSE_CODE", absent=""),
            Text("response_message", "RESPONSE_MESSAGE", absent=""),
            Text("request_data", "REQUEST_DATA", absent=""),
            Text("response_data", "RESPONSE_DATA", absent=""),
            Text("response_time", "RESPONSE_TIME", absent="0"),
            Text("latency", "LATENCY", absent="0"),
            Text("connect", "CONNECT", absent="0"),
            Text("url", "URL", absent=""),
            Text("result_class", "RESULT_CLASS"),
        ),
    ),
    Row(
        s.FlowControl,
        "TestAction",
        "TestActionGui",
        (
            Number("action", "ActionProcessor.action", absent=0),
            Number("target", "ActionProcessor.target", absent=0),
            Text("duration", "ActionProcessor.duration", absent=""),
        ),
    ),
    script_row(s.ScriptSampler, "JSR223Sampler"),
    prefixed_row(s.ScriptSampler, "BeanShellSampler"),
    bean_row(
        s.ScriptSampler,
        "BSFSampler",
        renames={
            "BSFSampler.filename": "filename",
            "BSFSampler.language": "scriptLanguage",
            "BSFSampler.parameters": "parameters",
            "BSFSampler.query": "script",
        },
        old_guis=("BSFSamplerGui",),
    ),
    Row(
        s.SqlRequest,
        "JDBCSampler",
        "TestBeanGUI",
        (
            *SQL,
            SqlBindings(),
            Text("limit", "resultSetMaxRows", absent="", omit=True),
            Text("result_handler", "resultSetHandler"),
        ),
        old_guis=("JdbcTestSampleGui",),
        renames={"JDBCSampler.query": "query", "JDBCSampler.dataSource": "dataSource"},
        known=(
            "JDBCSampler.url",
            "JDBCSampler.driver",
            "JDBCSampler.maxuse",
            "JDBCSampler.connections",
            "JDBCSampler.connPoolClass",
            "ConfigTestElement.username",
            "ConfigTestElement.password",
        ),
    ),
    Row(
        s.TcpRequest,
        "TCPSampler",
        "TCPSamplerGui",
        (
            Text("class_name", "TCPSampler.classname", absent=""),
            Text("server", "TCPSampler.server", absent=""),
            Flag("reuse_connection", "TCPSampler.reUseConnection", absent=True),
            Text("port", "TCPSampler.port", absent=""),
            Flag("no_delay", "TCPSampler.nodelay", absent=False),
            Text("response_timeout", "TCPSampler.timeout", absent=""),
            Text("connect_timeout", "TCPSampler.ctimeout", absent=""),
            Text("request", "TCPSampler.request", absent=""),
            Flag("close_connection", "TCPSampler.closeConnection", absent=False),
            Text("so_linger", "TCPSampler.soLinger", absent="", omit=True),
            Text("eol_byte", "TCPSampler.EolByte", absent="", omit=True),
            *_TCP_USER,
        ),
        known=("TCPSampler.filename",),
    ),
    Row(
        s.ExecRequest,
        "SystemSampler",
        "SystemSamplerGui",
        (
            Flag("check_return_code", "SystemSampler.checkReturnCode", absent=False),
            Text("expected_return_code", "SystemSampler.expectedReturnCode", absent="0"),
            Text("command", "SystemSampler.command", absent=""),
            ItemsColumn(
                "arguments",
                "Arguments.arguments",
                _COMMAND_ARGUMENT,
                ("SystemSampler.arguments", "Arguments", "ArgumentsPanel"),
                "User Defined Variables",
            ),
            arguments("environment", "SystemSampler.environment"),
            Text("directory", "SystemSampler.directory", absent=""),
            Text("stdin", "SystemSampler.stdin", absent=""),
            Text("stdout", "SystemSampler.stdout", absent=""),
            Text("stderr", "SystemSampler.stderr", absent=""),
            Text("timeout", "SystemSampler.timeout", absent="", kind="long"),
        ),
    ),
)
