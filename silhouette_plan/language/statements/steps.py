"""Steps that are neither requests nor controllers: other samplers, and steps that make no sample."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.statements.model import (
    Built,
    Clause,
    Line,
    Operand,
    Row,
    Values,
    defaults_of,
    differing,
    flags,
)
from silhouette_plan.language.statements.values import (
    EXPRESSION,
    LONG_TEXT,
    MILLISECONDS,
    NAME,
    NUMBER,
    TEXT,
    choice,
    ranged,
)
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.samplers import (
    AddMetric,
    DebugSampler,
    DummySampler,
    ExecRequest,
    FlowControl,
    JavaRequest,
    LogMessage,
    Pause,
    SetVariable,
    TcpRequest,
)
from silhouette_plan.plan.testplan import Argument


def argument_line(verb: str, into: str, summary: str) -> Line:
    """A line with a name and a value."""
    return Line(
        verb=verb,
        operands=(Operand("name", TEXT), Operand("value", TEXT)),
        clauses=(Clause("note", "description", TEXT),),
        into=into,
        make=lambda values: Argument(values["name"], values["value"], values.get("description", "")),
        unmake=lambda a: {
            "name": a.name,
            "value": a.value,
            **({"description": a.description} if a.description else {}),
        },
        summary=summary,
    )


METRIC_KIND = choice("a kind of metric", {word: word for word in ("counter", "rate", "trend", "gauge")})
"""What a metric's observations add up to."""

# ---- pauses and the flow


def _pause(values: Values) -> Built:
    low, high = values["pause"]
    return (FlowControl, {"duration": low}) if high is None else (Pause, {"low": low, "high": high})


def _of_pause(element: Pause | FlowControl) -> Values | None:
    if isinstance(element, Pause):
        return {"pause": (element.low, element.high or element.low)}
    return {"pause": (element.duration, None)} if (element.action, element.target) == (1, 0) else None


def _flow(verb: str, action: int, target: int, summary: str) -> Row:
    def values_of(element: FlowControl) -> Values | None:
        return {} if (element.action, element.target) == (action, target) else None

    return Row(
        verb=verb,
        kinds=(FlowControl,),
        build=lambda values: (FlowControl, {"action": action, "target": target}),
        values_of=values_of,
        jmeter="Flow Control Action",
        summary=summary,
        example=f'threads "Users" {{\n  loop 3 {{\n    get "/"\n    if not ok {{\n      {verb}\n    }}\n  }}\n}}',
    )


# ---- other samplers


def _tcp(values: Values) -> Built:
    host, colon, port = values.pop("address").rpartition(":")
    return TcpRequest, {**values, "server": host if colon else port, **({"port": port} if colon else {})}


def _of_tcp(element: TcpRequest) -> Values:
    names = [name for name in defaults_of(TcpRequest) if name not in ("server", "port")]
    return {
        "address": f"{element.server}:{element.port}" if element.port else element.server,
        **differing(element, *names),
    }


def _sampler(verb: str, kind: type[Element], jmeter: str, summary: str, example: str, **more: Any) -> Row:
    return Row(
        verb=verb, kinds=(kind,), jmeter=jmeter, summary=summary, example=f'threads "Users" {{\n  {example}\n}}', **more
    )


_WHEN = Clause("when", "when", EXPRESSION)
_ACTIONS = "JSR223 PreProcessor on a Flow Control Action"

ROWS = (
    Row(
        verb="pause",
        kinds=(FlowControl, Pause),
        operands=(Operand("pause", ranged(MILLISECONDS, "a duration or a range of durations")),),
        build=_pause,
        values_of=_of_pause,
        jmeter="Flow Control Action",
        summary="Waits, a fixed time or one drawn from a range.",
        example='threads "Users" {\n  pause 2s\n  pause 1s..3s\n}',
    ),
    _sampler(
        "set",
        SetVariable,
        _ACTIONS,
        'Sets a variable; `shared` sets a property, which all groups can read with `prop("x")`.',
        "set total = price * count\n  set token = json('$.token') shared",
        operands=(Operand("variable", NAME), Operand("value", EXPRESSION, sign="=")),
        clauses=flags("shared"),
    ),
    _sampler(
        "log",
        LogMessage,
        _ACTIONS,
        "Writes a line to the log.",
        'log "user ${email} is in"',
        operands=(Operand("message", TEXT),),
    ),
    _sampler(
        "add",
        AddMetric,
        _ACTIONS,
        "An observation of a metric, where the flow gets to.",
        "add counter orders = 1 when ok",
        operands=(Operand("kind", METRIC_KIND), Operand("metric", NAME), Operand("value", EXPRESSION, sign="=")),
        clauses=(_WHEN,),
    ),
    _flow("stop thread", 0, 0, "Ends this user."),
    _flow("stop test", 0, 2, "Ends the test after running samples."),
    _flow("stop now", 2, 2, "Ends the test and interrupts running samples."),
    _flow("next-loop", 3, 0, "Goes on with the next iteration of the group."),
    _flow("next-iteration", 4, 0, "Goes on with the next iteration of the innermost loop."),
    _flow("break", 5, 0, "Leaves the innermost loop."),
    _sampler(
        "debug",
        DebugSampler,
        "Debug Sampler",
        "A sample whose response lists variables; `properties` and `system` properties too.",
        "debug properties",
        clauses=(
            Clause("properties", "show_properties"),
            Clause("no-variables", "show_variables", constant=False),
            Clause("system", "show_system"),
        ),
    ),
    _sampler(
        "dummy",
        DummySampler,
        "Dummy Sampler",
        "A sample made up from what stands here.",
        'dummy code "503" message "busy" time 120ms failed body "no"',
        clauses=(
            Clause("code", "response_code", TEXT),
            Clause("message", "response_message", TEXT),
            Clause("time", "response_time", MILLISECONDS),
            Clause("latency", "latency", MILLISECONDS),
            Clause("connect", "connect", MILLISECONDS),
            Clause("failed", "successful", constant=False),
            Clause("no-wait", "waiting", constant=False),
            Clause("sent", "request_data", LONG_TEXT),
            Clause("body", "response_data", LONG_TEXT),
            Clause("url", "url", TEXT),
            Clause("class", "result_class", TEXT),
        ),
    ),
    _sampler(
        "java",
        JavaRequest,
        "Java Request",
        "JMeter's JavaTest and SleepTest, by their class.",
        'java "org.apache.jmeter.protocol.java.test.JavaTest" {\n    arg "Sleep_Time" "100"\n  }',
        operands=(Operand("class_name", TEXT),),
        lines=(argument_line("arg", "arguments", "An argument of the class."),),
    ),
    _sampler(
        "tcp",
        TcpRequest,
        "TCP Sampler",
        "Sends text over TCP to `host:port` and reads the answer.",
        'tcp "localhost:9000" send "PING" eol "10" connect 1s response 2s',
        operands=(Operand("address", TEXT),),
        clauses=(
            Clause("send", "request", LONG_TEXT),
            Clause("eol", "eol_byte", NUMBER),
            Clause("connect", "connect_timeout", MILLISECONDS),
            Clause("response", "response_timeout", MILLISECONDS),
            Clause("class", "class_name", TEXT),
            Clause("new-connection", "reuse_connection", constant=False),
            Clause("close", "close_connection"),
            Clause("no-delay", "no_delay"),
            Clause("linger", "so_linger", NUMBER),
            Clause("user", "user", TEXT),
            Clause("password", "password", TEXT),
        ),
        build=_tcp,
        values_of=_of_tcp,
    ),
    _sampler(
        "exec",
        ExecRequest,
        "OS Process Sampler",
        "Runs a command.",
        'exec "curl" in "/" expect "0" timeout 10s {\n    arg "-s"\n    env "LANG" "C"\n  }',
        operands=(Operand("command", TEXT),),
        clauses=(
            Clause("in", "directory", TEXT),
            Clause("check", "check_return_code"),
            Clause("expect", "expected_return_code", TEXT),
            Clause("stdin", "stdin", TEXT),
            Clause("stdout", "stdout", TEXT),
            Clause("stderr", "stderr", TEXT),
            Clause("timeout", "timeout", MILLISECONDS),
        ),
        lines=(
            Line(
                verb="arg",
                operands=(Operand("value", TEXT),),
                into="arguments",
                make=lambda v: v["value"],
                unmake=lambda text: {"value": text},
                summary="An argument of the command.",
            ),
            argument_line("env", "environment", "A variable of its environment."),
        ),
    ),
)
"""Steps."""
