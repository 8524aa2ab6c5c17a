"""Builders for the `.jmx` files of the recorded cases.

They write what JMeter's editor writes and share no code with the importer, so that the two judge one another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

Value = str | int | bool


@dataclass
class Node:
    tag: str
    gui: str
    name: str
    properties: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    enabled: bool = True
    extra: dict[str, str] = field(default_factory=dict)

    def xml(self) -> str:
        attributes = {"guiclass": self.gui, "testclass": self.tag, "testname": self.name}
        opening = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
        enabled = str(self.enabled).lower()
        return (
            f'<{self.tag} {opening} enabled="{enabled}">{"".join(self.properties)}</{self.tag}>\n'
            f"<hashTree>{''.join(child.xml() for child in self.children)}</hashTree>\n"
        )


def off(node: Node) -> Node:
    node.enabled = False
    return node


def prop(name: str, value: Value) -> str:
    kind = "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "string"
    text = str(value).lower() if isinstance(value, bool) else escape(str(value))
    return f"<{kind}Prop name={quoteattr(name)}>{text}</{kind}Prop>"


def props(values: dict[str, Value]) -> tuple[str, ...]:
    return tuple(prop(name, value) for name, value in values.items())


def arguments(values: dict[str, str]) -> str:
    rows = "".join(
        f'<elementProp name={quoteattr(name)} elementType="Argument">'
        f"{prop('Argument.name', name)}{prop('Argument.value', value)}{prop('Argument.metadata', '=')}</elementProp>"
        for name, value in values.items()
    )
    return f'<collectionProp name="Arguments.arguments">{rows}</collectionProp>'


def strings(name: str, values: tuple[str, ...]) -> str:
    rows = "".join(prop(str(index), value) for index, value in enumerate(values))
    return f"<collectionProp name={quoteattr(name)}>{rows}</collectionProp>"


def document(root: Node) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.5">\n'
        f"<hashTree>{root.xml()}</hashTree>\n</jmeterTestPlan>\n"
    )


def plan(
    *children: Node, variables: dict[str, str] | None = None, serialized: bool = False, teardown: bool = True
) -> Node:
    switches = props(
        {
            "TestPlan.functional_mode": False,
            "TestPlan.tearDown_on_shutdown": teardown,
            "TestPlan.serialize_threadgroups": serialized,
        }
    )
    own = (
        '<elementProp name="TestPlan.user_defined_variables" elementType="Arguments" guiclass="ArgumentsPanel" '
        f'testclass="Arguments" testname="V" enabled="true">{arguments(variables or {})}</elementProp>'
    )
    return Node("TestPlan", "TestPlanGui", "Plan", (*switches, own), children)


def group(
    name: str,
    *children: Node,
    users: int | str = 1,
    loops: int | str = 1,
    ramp: int | str = 0,
    error: str = "continue",
    kind: str = "ThreadGroup",
    scheduler: bool = False,
    duration: str = "",
    delay: str = "",
    delayed: bool = False,
    same_user: bool = True,
) -> Node:
    loop = (
        '<elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" '
        'testclass="LoopController" testname="LC" enabled="true">'
        f"{prop('LoopController.continue_forever', False)}{prop('LoopController.loops', str(loops))}</elementProp>"
    )
    rest: dict[str, Value] = {
        "ThreadGroup.num_threads": str(users),
        "ThreadGroup.ramp_time": str(ramp),
        "ThreadGroup.scheduler": scheduler,
        "ThreadGroup.duration": duration,
        "ThreadGroup.delay": delay,
        "ThreadGroup.same_user_on_next_iteration": same_user,
    }
    if delayed:
        rest["ThreadGroup.delayedStart"] = True
    return Node(kind, f"{kind}Gui", name, (prop("ThreadGroup.on_sample_error", error), loop, *props(rest)), children)


def sample(
    name: str,
    *children: Node,
    data: str = "",
    code: str = "200",
    ok: bool | str = True,
    sleep: str = "0",
) -> Node:
    """A Java Request; ``ok`` as text is its status, of which only *OK* is a success."""
    settings = {
        "Sleep_Time": sleep,
        "Sleep_Mask": "0x0",
        "Label": "",
        "ResponseCode": code,
        "ResponseMessage": "OK",
        "Status": ok if isinstance(ok, str) else "OK" if ok else "KO",
        "SamplerData": "",
        "ResultData": data,
    }
    own = (
        '<elementProp name="arguments" elementType="Arguments" guiclass="ArgumentsPanel" testclass="Arguments" '
        f'enabled="true">{arguments(settings)}</elementProp>'
    )
    name_of_class = prop("classname", "org.apache.jmeter.protocol.java.test.JavaTest")
    return Node("JavaSampler", "JavaTestSamplerGui", name, (own, name_of_class), children)


def simple(*children: Node, name: str = "Simple") -> Node:
    return Node("GenericController", "LogicControllerGui", name, (), children)


def recording(*children: Node) -> Node:
    return Node("RecordingController", "RecordControllerGui", "Recording", (), children)


def loop(count: int | str, *children: Node, name: str = "Loop", forever: bool = True) -> Node:
    settings = props({"LoopController.continue_forever": forever, "LoopController.loops": str(count)})
    return Node("LoopController", "LoopControlPanel", name, settings, children)


def once(*children: Node) -> Node:
    return Node("OnceOnlyController", "OnceOnlyControllerGui", "Once", (), children)


def if_(condition: str, *children: Node, expression: bool = True, every: bool = False) -> Node:
    settings = props(
        {
            "IfController.condition": condition,
            "IfController.evaluateAll": every,
            "IfController.useExpression": expression,
        }
    )
    return Node("IfController", "IfControllerPanel", "If", settings, children)


def while_(condition: str, *children: Node, name: str = "While") -> Node:
    return Node(
        "WhileController", "WhileControllerGui", name, props({"WhileController.condition": condition}), children
    )


def interleave(*children: Node, style: int = 0, across: bool = False) -> Node:
    settings = props({"InterleaveControl.style": style, "InterleaveControl.accrossThreads": across})
    return Node("InterleaveControl", "InterleaveControlGui", "Interleave", settings, children)


def random(*children: Node, style: int = 0) -> Node:
    return Node("RandomController", "RandomControlGui", "Random", props({"InterleaveControl.style": style}), children)


def shuffle(*children: Node) -> Node:
    return Node("RandomOrderController", "RandomOrderControllerGui", "Shuffle", (), children)


def switch(value: str, *children: Node) -> Node:
    return Node("SwitchController", "SwitchControllerGui", "Switch", props({"SwitchController.value": value}), children)


def foreach(
    source: str,
    returned: str,
    *children: Node,
    separator: bool = True,
    start: str | None = None,
    end: str | None = None,
    name: str = "Foreach",
) -> Node:
    settings: dict[str, Value] = {
        "ForeachController.inputVal": source,
        "ForeachController.returnVal": returned,
        "ForeachController.useSeparator": separator,
    }
    if start is not None:
        settings["ForeachController.startIndex"] = start
    if end is not None:
        settings["ForeachController.endIndex"] = end
    return Node("ForeachController", "ForeachControlPanel", name, props(settings), children)


def throughput(value: float, *children: Node, percent: bool = False, per_user: bool = False) -> Node:
    settings = (
        prop("ThroughputController.style", 1 if percent else 0),
        prop("ThroughputController.perThread", per_user),
        prop("ThroughputController.maxThroughput", 1 if percent else int(value)),
        "<FloatProperty><name>ThroughputController.percentThroughput</name>"
        f"<value>{float(value) if percent else 100.0}</value><savedValue>0.0</savedValue></FloatProperty>",
    )
    return Node("ThroughputController", "ThroughputControllerGui", "Share", settings, children)


def transaction(name: str, *children: Node, parent: bool = False, timers: bool = False) -> Node:
    settings = props({"TransactionController.parent": parent, "TransactionController.includeTimers": timers})
    return Node("TransactionController", "TransactionControllerGui", name, settings, children)


def runtime(seconds: int, *children: Node) -> Node:
    return Node("RunTime", "RunTimeGui", "Runtime", props({"RunTime.seconds": str(seconds)}), children)


def critical(lock: str, *children: Node) -> Node:
    settings = props({"CriticalSectionController.lockName": lock})
    return Node("CriticalSectionController", "CriticalSectionControllerGui", "Critical", settings, children)


def fragment(name: str, *children: Node) -> Node:
    return Node("TestFragmentController", "TestFragmentControllerGui", name, (), children)


def module(*path: str) -> Node:
    return Node("ModuleController", "ModuleControllerGui", "Module", (strings("ModuleController.node_path", path),))


def include(path: str) -> Node:
    settings = props({"IncludeController.includepath": path})
    return Node("IncludeController", "IncludeControllerGui", "Include", settings)


def action(code: int, target: int = 0, duration: str = "0") -> Node:
    settings = props(
        {"ActionProcessor.action": code, "ActionProcessor.target": target, "ActionProcessor.duration": duration}
    )
    return Node("TestAction", "TestActionGui", "Action", settings)


def on_result(code: int) -> Node:
    return Node("ResultAction", "ResultActionGui", "OnResult", props({"OnError.action": code}))


def variables(values: dict[str, str]) -> Node:
    return Node("Arguments", "ArgumentsPanel", "Variables", (arguments(values),))


def counter(
    name: str, *, start: str = "1", step: str = "1", end: str = "", per_user: bool = False, reset: bool = False
) -> Node:
    settings = props(
        {
            "CounterConfig.start": start,
            "CounterConfig.end": end,
            "CounterConfig.incr": step,
            "CounterConfig.name": name,
            "CounterConfig.format": "",
            "CounterConfig.per_user": per_user,
            "CounterConfig.reset_on_tg_iteration": reset,
        }
    )
    return Node("CounterConfig", "CounterConfigGui", "Counter", settings)


def parameters(name: str, *users: str, per_iteration: bool = False) -> Node:
    rows = "".join(strings(str(index), (value,)) for index, value in enumerate(users))
    settings = (
        strings("UserParameters.names", (name,)),
        f'<collectionProp name="UserParameters.thread_values">{rows}</collectionProp>',
        prop("UserParameters.per_iteration", per_iteration),
    )
    return Node("UserParameters", "UserParametersGui", "Parameters", settings)


def csv(
    file: str,
    names: str,
    *,
    recycle: bool = True,
    stop: bool = False,
    share: str = "shareMode.all",
    ignore_first: bool = False,
) -> Node:
    settings = props(
        {
            "filename": file,
            "fileEncoding": "UTF-8",
            "variableNames": names,
            "ignoreFirstLine": ignore_first,
            "delimiter": ",",
            "quotedData": False,
            "recycle": recycle,
            "stopThread": stop,
            "shareMode": share,
        }
    )
    return Node("CSVDataSet", "TestBeanGUI", "CSV", settings)


def regex(name: str, pattern: str, *, default: str = "none", scope: str = "", match: str = "1") -> Node:
    settings: dict[str, Value] = {
        "RegexExtractor.useHeaders": "false",
        "RegexExtractor.refname": name,
        "RegexExtractor.regex": pattern,
        "RegexExtractor.template": "$1$",
        "RegexExtractor.default": default,
        "RegexExtractor.match_number": match,
    }
    if scope:
        settings["Sample.scope"] = scope
    return Node("RegexExtractor", "RegexExtractorGui", "Regex", props(settings))


def boundary(name: str, left: str, right: str, *, default: str = "", scope: str = "", match: str = "1") -> Node:
    settings: dict[str, Value] = {
        "BoundaryExtractor.useHeaders": "false",
        "BoundaryExtractor.refname": name,
        "BoundaryExtractor.lboundary": left,
        "BoundaryExtractor.rboundary": right,
        "BoundaryExtractor.default": default,
        "BoundaryExtractor.match_number": match,
    }
    if scope:
        settings["Sample.scope"] = scope
    return Node("BoundaryExtractor", "BoundaryExtractorGui", "Boundary", props(settings))


def json(names: str, paths: str, *, defaults: str = "", match: str = "", concatenated: bool = False) -> Node:
    settings = props(
        {
            "JSONPostProcessor.referenceNames": names,
            "JSONPostProcessor.jsonPathExprs": paths,
            "JSONPostProcessor.match_numbers": match,
            "JSONPostProcessor.defaultValues": defaults,
            "JSONPostProcessor.compute_concat": concatenated,
        }
    )
    return Node("JSONPostProcessor", "JSONPostProcessorGui", "JSON", settings)


def size(bytes_: str, operator: int, *, scope: str = "", field: str = "SizeAssertion.response_data") -> Node:
    settings: dict[str, Value] = {
        "Assertion.test_field": field,
        "SizeAssertion.size": bytes_,
        "SizeAssertion.operator": operator,
    }
    if scope:
        settings["Assertion.scope"] = scope
    return Node("SizeAssertion", "SizeAssertionGui", "Size", props(settings))


def duration(milliseconds: str) -> Node:
    return Node(
        "DurationAssertion",
        "DurationAssertionGui",
        "Duration",
        props({"DurationAssertion.duration": milliseconds}),
    )


def debug(name: str) -> Node:
    """A Debug Sampler that shows nothing: what it knows depends on the clock."""
    shown = ("displayJMeterProperties", "displayJMeterVariables", "displaySystemProperties")
    return Node("DebugSampler", "TestBeanGUI", name, props(dict.fromkeys(shown, False)))


def debug_after() -> Node:
    """A Debug PostProcessor that shows nothing: it adds a sub-sample."""
    shown = ("JMeterProperties", "JMeterVariables", "SamplerProperties", "SystemProperties")
    return Node("DebugPostProcessor", "TestBeanGUI", "Known", props({f"display{kind}": False for kind in shown}))


SAVED = ("label", "code", "message", "threadName", "dataType", "encoding", "assertions", "subresults", "responseData")
SAVED_TOO = ("success", "bytes", "sampleCount", "threadCounts")
NOT_SAVED = (
    *("time", "latency", "timestamp", "samplerData", "fieldNames", "responseHeaders", "requestHeaders"),
    *("responseDataOnError", "saveAssertionResultsFailureMessage", "sentBytes", "url", "idleTime", "connectTime"),
)


def xml_results(file: str) -> Node:
    """A listener that writes all that does not depend on the clock, sub-samples and assertions too, as XML."""
    switches = {**dict.fromkeys((*SAVED, *SAVED_TOO), True), **dict.fromkeys(NOT_SAVED, False), "xml": True}
    saved = "".join(f"<{name}>{str(value).lower()}</{name}>" for name, value in switches.items())
    settings = (
        prop("ResultCollector.error_logging", False),
        f'<objProp><name>saveConfig</name><value class="SampleSaveConfiguration">{saved}</value></objProp>',
        prop("filename", file),
    )
    return Node("ResultCollector", "SimpleDataWriter", "Results", settings)


def expect(
    pattern: str,
    *,
    name: str = "Expect",
    message: str = "",
    scope: str = "",
    code: bool = False,
    kind: int = 16,
    assume: bool = False,
) -> Node:
    settings: dict[str, Value] = {
        "Assertion.custom_message": message,
        "Assertion.test_field": "Assertion.response_code" if code else "Assertion.response_data",
        "Assertion.assume_success": assume,
        "Assertion.test_type": kind,
    }
    if scope:
        settings["Assertion.scope"] = scope
    return Node(
        "ResponseAssertion", "AssertionGui", name, (strings("Asserion.test_strings", (pattern,)), *props(settings))
    )


def pause(milliseconds: str) -> Node:
    return Node("ConstantTimer", "ConstantTimerGui", "Pause", props({"ConstantTimer.delay": milliseconds}))


def uniform(offset: str, spread: str) -> Node:
    settings = props({"ConstantTimer.delay": offset, "RandomTimer.range": spread})
    return Node("UniformRandomTimer", "UniformRandomTimerGui", "Uniform", settings)


def open_model(name: str, schedule: str, *children: Node, seed: int = 7) -> Node:
    controller = (
        '<elementProp name="ThreadGroup.main_controller" elementType="OpenModelThreadGroupController" '
        'guiclass="OpenModelThreadGroupController" testclass="OpenModelThreadGroupController"/>'
    )
    settings = (
        prop("OpenModelThreadGroup.schedule", schedule),
        f'<longProp name="OpenModelThreadGroup.random_seed">{seed}</longProp>',
        prop("ThreadGroup.on_sample_error", "continue"),
        controller,
    )
    return Node("OpenModelThreadGroup", "OpenModelThreadGroupGui", name, settings, children)


def ultimate(name: str, rows: tuple[tuple[str, str, str, str, str], ...], *children: Node) -> Node:
    data = "".join(strings(str(index), row) for index, row in enumerate(rows))
    loop_ = (
        '<elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" '
        'testclass="LoopController" testname="LC" enabled="true">'
        f"{prop('LoopController.continue_forever', False)}{prop('LoopController.loops', -1)}</elementProp>"
    )
    settings = (
        f'<collectionProp name="ultimatethreadgroupdata">{data}</collectionProp>',
        loop_,
        prop("ThreadGroup.on_sample_error", "continue"),
    )
    tag = "kg.apc.jmeter.threads.UltimateThreadGroup"
    return Node(tag, "kg.apc.jmeter.threads.UltimateThreadGroupGui", name, settings, children)


def _by_user(tag: str, name: str, values: dict[str, Value], children: tuple[Node, ...], *more: str) -> Node:
    """A group of the Blazemeter plugins, whose main controller is one of its own."""
    controller = (
        '<elementProp name="ThreadGroup.main_controller" '
        'elementType="com.blazemeter.jmeter.control.VirtualUserController"/>'
    )
    whole = f"com.blazemeter.jmeter.threads.{tag}"
    return Node(whole, f"{whole}Gui", name, (controller, *props(values), *more), children)


def concurrency(
    name: str,
    *children: Node,
    target: str,
    hold: str,
    ramp: str = "",
    steps: str = "",
    iterations: str = "",
    unit: str = "S",
    error: str = "continue",
) -> Node:
    values: dict[str, Value] = {
        "ThreadGroup.on_sample_error": error,
        "TargetLevel": target,
        "RampUp": ramp,
        "Steps": steps,
        "Hold": hold,
        "LogFilename": "",
        "Iterations": iterations,
        "Unit": unit,
    }
    return _by_user("concurrency.ConcurrencyThreadGroup", name, values, children)


def arrivals(
    name: str,
    *children: Node,
    target: str,
    hold: str,
    ramp: str = "",
    steps: str = "",
    iterations: str = "",
    limit: str = "",
    unit: str = "S",
    error: str = "continue",
) -> Node:
    values: dict[str, Value] = {
        "ThreadGroup.on_sample_error": error,
        "TargetLevel": target,
        "RampUp": ramp,
        "Steps": steps,
        "Hold": hold,
        "LogFilename": "",
        "Iterations": iterations,
        "Unit": unit,
        "ConcurrencyLimit": limit,
    }
    return _by_user("arrivals.ArrivalsThreadGroup", name, values, children)


def free_form(name: str, rows: tuple[tuple[str, str, str], ...], *children: Node, unit: str = "S") -> Node:
    data = "".join(strings(str(index), row) for index, row in enumerate(rows))
    values: dict[str, Value] = {
        "ThreadGroup.on_sample_error": "continue",
        "LogFilename": "",
        "Iterations": "",
        "Unit": unit,
        "ConcurrencyLimit": "",
    }
    schedule = f'<collectionProp name="Schedule">{data}</collectionProp>'
    return _by_user("arrivals.FreeFormArrivalsThreadGroup", name, values, children, schedule)


def stepping(
    name: str,
    *children: Node,
    users: int,
    delay: int = 0,
    burst: int = 0,
    step: int,
    period: int,
    ramp: int = 0,
    hold: int,
    stop: int,
    stop_period: int,
    error: str = "continue",
) -> Node:
    loop_ = (
        '<elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" '
        'testclass="LoopController" testname="LC" enabled="true">'
        f"{prop('LoopController.continue_forever', False)}{prop('LoopController.loops', -1)}</elementProp>"
    )
    values: dict[str, Value] = {
        "ThreadGroup.on_sample_error": error,
        "ThreadGroup.num_threads": str(users),
        "Threads initial delay": str(delay),
        "Start users count": str(step),
        "Start users count burst": str(burst),
        "Start users period": str(period),
        "Stop users count": str(stop),
        "Stop users period": str(stop_period),
        "flighttime": str(hold),
        "rampUp": str(ramp),
    }
    tag = "kg.apc.jmeter.threads.SteppingThreadGroup"
    return Node(tag, f"{tag}Gui", name, (*props(values), loop_), children)
