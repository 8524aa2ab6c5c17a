"""Samplers: the steps that send, and those that act in a sampler's place."""

from __future__ import annotations

from silhouette_plan.plan.base import Flag, Sampler, Text
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Argument


@record
class HttpArgument:
    """A query or form argument (``HTTPArgument``). With ``encode`` its text is percent-encoded by the engine."""

    name: Text
    value: Text = ""
    encode: Flag = False
    use_equals: Flag = True
    content_type: Text = ""


@record
class HttpFile:
    """A file of a multipart body, or the body itself where ``parameter`` is empty (``HTTPFileArg``)."""

    path: Text
    parameter: Text = ""
    mime_type: Text = ""


@record(kw_only=True)
class HttpRequest(Sampler):
    """HTTP Request (``HTTPSamplerProxy``). Timeouts in ms; empty means none.

    ``body`` not None is a raw body (``postBodyRaw``), sent as it is; else ``arguments`` go to the query or a form.
    ``follow_redirects`` makes a sub-sample a hop, ``auto_redirects`` only the last answer.
    ``path`` may be a whole URL, which then overrules the other fields. ``json_body`` says that the body was written
    as JSON and asks for its Content-Type where no header in scope sets one.
    """

    protocol: Text = ""
    domain: Text = ""
    port: Text = ""
    path: Text = ""
    method: Text = "GET"
    encoding: Text = ""
    arguments: tuple[HttpArgument, ...] = ()
    body: Text | None = None
    body_file: Text = ""
    json_body: bool = False
    files: tuple[HttpFile, ...] = ()
    follow_redirects: Flag = True
    auto_redirects: Flag = False
    keep_alive: Flag = True
    multipart: Flag = False
    browser_compatible: Flag = False
    connect_timeout: Text = ""
    response_timeout: Text = ""
    embedded: Flag = False
    embedded_matching: Text = ""
    embedded_parallel: Text = ""
    concurrent_embedded: Flag = False
    proxy_scheme: Text = ""
    proxy_host: Text = ""
    proxy_port: Text = ""
    proxy_user: Text = ""
    proxy_password: Text = ""
    implementation: str = ""
    source_address: Text = ""
    save_as_md5: Flag = False


@record(kw_only=True)
class JavaRequest(Sampler):
    """Java Request (``JavaSampler``): ``class_name`` is JavaTest or SleepTest, the two that run here."""

    class_name: str = ""
    arguments: tuple[Argument, ...] = ()


@record(kw_only=True)
class DebugSampler(Sampler):
    """Debug Sampler: its response lists variables and properties."""

    show_properties: Flag = False
    show_variables: Flag = True
    show_system: Flag = False


@record(kw_only=True)
class DummySampler(Sampler):
    """``kg.apc.jmeter.samplers.DummySampler``: a sample made up from its fields. Times in ms."""

    waiting: Flag = True
    successful: Flag = True
    response_code: Text = "200"
    response_message: Text = "OK"
    request_data: Text = ""
    response_data: Text = ""
    response_time: Text = "0"
    latency: Text = "0"
    connect: Text = "0"
    url: Text = ""
    result_class: str = "org.apache.jmeter.samplers.SampleResult"


@record(kw_only=True)
class FlowControl(Sampler):
    """Flow Control Action (``TestAction``): makes no sample.

    ``action``: 0 stop, 1 pause, 2 stop now, 3 next iteration of the thread, 4 next iteration of the current loop,
    5 break the current loop. ``target``: 0 this user, 2 all. ``duration`` in ms, for a pause.
    """

    action: int = 1
    target: int = 0
    duration: Text = "0"


@record(kw_only=True)
class ScriptSampler(Sampler):
    """A script as a sample (``JSR223Sampler``; ``BeanShellSampler`` where ``legacy``; ``BSFSampler`` where ``legacy`` too)."""

    language: str = "groovy"
    script: Text = ""
    file: Text = ""
    parameters: Text = ""
    cache_key: Text = "true"
    legacy: str = ""
    reset_interpreter: Flag = False


@record
class SqlBinding:
    """A value bound to a ``?``; ``type`` is JDBC's name in lower case."""

    value: Text
    type: Text = "varchar"


@record(kw_only=True)
class SqlRequest(Sampler):
    """JDBC Request (``JDBCSampler``). ``kind`` is JDBC's query type (``Select Statement`` …), empty: by what the text says.

    ``store`` names the variables of the columns, ``result`` the variable of the whole result; ``timeout`` in seconds, as text.
    """

    database: Text = ""
    query: Text = ""
    kind: Text = ""
    bindings: tuple[SqlBinding, ...] = ()
    store: Text = ""
    result: Text = ""
    timeout: Text = ""
    limit: Text = ""
    result_handler: Text = "Store as String"


@record(kw_only=True)
class TcpRequest(Sampler):
    """TCP Sampler. Timeouts in ms."""

    server: Text = ""
    port: Text = ""
    class_name: Text = ""
    request: Text = ""
    reuse_connection: Flag = True
    close_connection: Flag = False
    no_delay: Flag = False
    so_linger: Text = ""
    eol_byte: Text = ""
    connect_timeout: Text = ""
    response_timeout: Text = ""
    user: Text = ""
    password: Text = ""


@record(kw_only=True)
class ExecRequest(Sampler):
    """OS Process Sampler (``SystemSampler``). ``timeout`` in ms."""

    command: Text = ""
    arguments: tuple[Text, ...] = ()
    environment: tuple[Argument, ...] = ()
    directory: Text = ""
    check_return_code: Flag = False
    expected_return_code: Text = "0"
    stdin: Text = ""
    stdout: Text = ""
    stderr: Text = ""
    timeout: Text = ""


@record(kw_only=True)
class SetVariable(Sampler):
    """``set x = EXPR [shared]``: makes no sample; ``shared`` stores a property."""

    variable: str
    value: Expression
    shared: bool = False


@record(kw_only=True)
class LogMessage(Sampler):
    """``log "…"``: makes no sample."""

    message: Text = ""


@record(kw_only=True)
class AddMetric(Sampler):
    """``add counter NAME = EXPR``: an observation where the flow gets to; makes no sample."""

    kind: str
    metric: str
    value: Expression
    when: Expression | None = None


@record(kw_only=True)
class Pause(Sampler):
    """``pause 1s..3s``: a pause drawn between two durations in ms (text); makes no sample."""

    low: Text = "0"
    high: Text = ""
