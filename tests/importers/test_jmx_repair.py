"""Each kind of damage, what is made of it, and that it is said; ``strict`` turns it into errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from silhouette_plan.importers.jmx import Reading, read

from silhouette_plan.diagnostics import Severity
from silhouette_plan.plan import controllers, samplers, timers
from silhouette_plan.plan.assertions import JsonAssertion, ResponseAssertion
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import CsvDataSet, HeaderManager, HttpDefaults
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.processors import JsonExtractor
from silhouette_plan.plan.testplan import Foreign, TestPlan
from silhouette_plan.plan.walk import walk

HTTP = '<HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="r" enabled="true">{}</HTTPSamplerProxy>'
TIMER = '<ConstantTimer guiclass="ConstantTimerGui" testclass="ConstantTimer" testname="t" enabled="true">{}</ConstantTimer>'
SIMPLE = '<GenericController guiclass="LogicControllerGui" testclass="GenericController" testname="{}" enabled="true"/>'


def document(inner: str, variables: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.5">\n<hashTree>\n'
        f'<TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="P" enabled="true">{variables}</TestPlan>\n'
        f"<hashTree>\n{inner}\n</hashTree>\n</hashTree>\n</jmeterTestPlan>\n"
    )


def reading(inner: str) -> Reading:
    return read(document(inner).encode(), "p.jmx")


def only(found: Reading) -> Element:
    assert found.plan is not None, found.diagnostics
    assert len(found.plan.children) == 1, found.plan.children
    return found.plan.children[0]


def codes(found: Reading) -> list[str]:
    return [one.code for one in found.diagnostics]


def delay(found: Reading) -> str:
    timer = only(found)
    assert isinstance(timer, timers.ConstantTimer)
    return timer.delay


TEXTS = {
    "a stray <": ("a < 5 && b", "a < 5 && b", ["JX101", "JX102"]),
    "an ampersand": ("/x?a=1&b=2&amp;c=3", "/x?a=1&b=2&c=3", ["JX102"]),
    "a tag in text": ("say <b>hello</b> <br/> <i", "say <b>hello</b> <br/> <i", ["JX101"] * 4),
    "a bad reference": ("&#zz; &#99999999; &;", "&#zz; &#99999999; &;", ["JX102"]),
    "the end of CDATA": ("a]]>b & c", "a]]>b & c", ["JX102"]),
    "CDATA beside damage": ("<![CDATA[<b> & c]]> & d", "<b> & c & d", ["JX102"]),
    "a control character": ("a\x07b", "a\x07b", ["JX107"]),
    "a control character as JMeter writes it": ("a&#x7;b&#0;", "a\x07b\x00", []),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_mended_and_none_is_lost(name: str) -> None:
    written, meant, expected = TEXTS[name]
    found = reading(TIMER.format(f'<stringProp name="ConstantTimer.delay">{written}</stringProp>') + "<hashTree/>")
    assert delay(found) == meant
    assert codes(found) == expected
    assert {one.span.line for one in found.diagnostics if one.span} <= {6}


WHOLE = TIMER.format('<stringProp name="ConstantTimer.delay">7</stringProp>') + "<hashTree/>"
TAGS = {
    "missing end of a property": (WHOLE.replace("</stringProp>", "\n  "), "JX103"),
    "missing end of an element": (WHOLE.replace("</ConstantTimer>", ""), "JX103"),
    "other letters": (WHOLE.replace("</stringProp>", "</stringprop>"), "JX105"),
    "misspelled end": (WHOLE.replace("</stringProp>", "</strngProp>"), "JX105"),
    "space in the end tag": (WHOLE.replace("</stringProp>", "</ stringProp>"), ""),
    "end tag of nothing": (WHOLE.replace("<hashTree/>", "</boolProp><hashTree/>"), "JX104"),
    "no quotes": (WHOLE.replace('enabled="true"', "enabled=true"), "JX106"),
    "a quote missing": (WHOLE.replace('testname="t"', 'testname="t'), "JX106"),
    "an attribute twice": (WHOLE.replace('enabled="true"', 'enabled="true" enabled="false"'), "JX106"),
    "tag not closed": (WHOLE.replace('delay">7', 'delay"\n>7').replace('.delay"\n>', '.delay"'), "JX106"),
    "comment with dashes": ("<!-- a -- b --->" + WHOLE, "JX111"),
    "declaration inside": ('<?xml version="1.0"?>' + WHOLE, "JX108"),
}


@pytest.mark.parametrize("name", TAGS)
def test_tags_are_mended(name: str) -> None:
    inner, code = TAGS[name]
    found = reading(inner)
    timer = only(found)
    assert isinstance(timer, timers.ConstantTimer)
    assert timer.name == "t"
    assert timer.enabled
    if name != "tag not closed":
        assert timer.delay == "7"
    assert code in codes(found) or not code


def test_markup_in_a_name() -> None:
    found = reading(WHOLE.replace('testname="t"', 'testname="a < b & c"'))
    assert only(found).name == "a < b & c"
    assert codes(found) == ["JX106"]


def test_a_file_cut_off_keeps_what_it_has() -> None:
    text = document(HTTP.format('<stringProp name="HTTPSampler.path">/a</stringProp>') + "<hashTree/>")
    found = read(text[: text.index("/a") + 2].encode(), "p.jmx")
    request = only(found)
    assert isinstance(request, samplers.HttpRequest)
    assert request.path == "/a"
    assert set(codes(found)) == {"JX103", "JX202"}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [("garbage\n", "", "JX109"), ("", "garbage", "JX109"), ("", "</hashTree>", "JX109"), ('<?xml version="1.0"?>', "", "JX108"), ("\n\n", "", "")],
)  # fmt: skip
def test_what_stands_around_the_plan(before: str, after: str, code: str) -> None:
    found = read((before + document(WHOLE) + after).encode(), "p.jmx")
    assert delay(found) == "7"
    assert codes(found) == ([code] if code else ["JX108"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings_by_mark(encoding: str) -> None:
    text = document(WHOLE.replace('testname="t"', 'testname="ü✓"'))
    found = read(text.encode(encoding), "p.jmx")
    assert only(found).name == "ü✓"
    assert codes(found) == []


def test_encodings_by_declaration() -> None:
    text = document(WHOLE.replace('testname="t"', 'testname="ü"'))
    assert only(read(text.replace("UTF-8", "ISO-8859-1").encode("latin-1"), "p.jmx")).name == "ü"
    wrong = read(text.encode("latin-1"), "p.jmx")
    assert only(wrong).name == "ü"
    assert codes(wrong) == ["JX110"]
    assert codes(read(text.replace("UTF-8", "KLINGON").encode(), "p.jmx")) == ["JX110"]


def test_line_numbers_are_those_of_the_file() -> None:
    inner = "\n".join([WHOLE.replace("</stringProp>", ""), SIMPLE.format("s") + "<hashTree/>"])
    found = reading(inner)
    assert found.plan is not None
    assert [child.span.line for child in found.plan.children if child.span] == [6, 7]


# --- the tree


def test_a_wrapper_is_opened() -> None:
    inner = f"<hashTree>{SIMPLE.format('c')}<hashTree>{WHOLE}</hashTree></hashTree><hashTree>{WHOLE.replace('7', '8')}</hashTree>"
    found = reading(inner)
    assert found.plan is not None
    first, second = found.plan.children
    assert isinstance(first, controllers.SimpleController)
    assert [type(child) for child in first.children] == [timers.ConstantTimer]
    assert isinstance(second, timers.ConstantTimer)
    assert codes(found) == ["JX201", "JX201"]


def test_missing_and_inner_trees() -> None:
    controller = SIMPLE.format("c")
    inner = f"{TIMER.format('')}{controller.replace('/>', f'><hashTree>{WHOLE}</hashTree></GenericController>')}"
    found = reading(inner)
    assert found.plan is not None
    timer, block = found.plan.children
    assert isinstance(timer, timers.ConstantTimer)
    assert len(block.children) == 1
    assert codes(found) == ["JX202", "JX203"]


def test_what_belongs_to_no_element() -> None:
    found = reading(f'lost words{WHOLE}<stringProp name="a">b</stringProp>')
    assert delay(found) == "7"
    assert codes(found) == ["JX204", "JX205"]


def test_the_root_is_supplied() -> None:
    text = '<jmeterTestPlan><hashTree><ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="g"/><hashTree/></hashTree></jmeterTestPlan>'
    found = read(text.encode(), "p.jmx")
    assert isinstance(only(found), ThreadGroup)
    assert codes(found) == ["JX206"]


def test_the_work_bench_is_kept_switched_off() -> None:
    bench = f'<WorkBench guiclass="WorkBenchGui" testclass="WorkBench" testname="w" enabled="true"/><hashTree>{WHOLE}</hashTree>'
    text = document("").replace("</hashTree>\n</jmeterTestPlan>", f"{bench}</hashTree></jmeterTestPlan>")
    kept = only(read(text.encode(), "p.jmx"))
    assert isinstance(kept, Foreign)
    assert not kept.enabled
    assert len(kept.children) == 1


def test_xml_comments_become_comments() -> None:
    found = reading(f"<!-- think a little -->\n{WHOLE}")
    assert only(found).comments == "think a little"
    assert codes(found) == []


def test_a_tree_after_what_holds_nothing_is_opened() -> None:
    inner = f"{TIMER.format('')}<hashTree>{SIMPLE.format('c')}<hashTree>{WHOLE}</hashTree></hashTree>"
    found = reading(inner)
    assert found.plan is not None
    assert [type(child).__name__ for child in found.plan.children] == ["ConstantTimer", "SimpleController"]
    assert codes(found) == ["JX202", "JX201"]


# --- names


def element(tag: str, gui: str, *properties: tuple[str, str, str]) -> str:
    inner = "".join(f'<{kind}Prop name="{name}">{value}</{kind}Prop>' for kind, name, value in properties)
    return f'<{tag} guiclass="{gui}" testclass="{tag}" testname="e" enabled="true">{inner}</{tag}><hashTree/>'


def test_a_guiclass_names_the_element() -> None:
    found = reading(element("ConfigTestElement", "CsvDataSetGui", ("string", "filename", "a.csv")))
    assert isinstance(only(found), CsvDataSet)
    wrong = reading(element("JsonThing", "JSONPostProcessorGui", ("string", "JSONExtractor.referenceNames", "x")))
    extractor = only(wrong)
    assert isinstance(extractor, JsonExtractor)
    assert extractor.names == "x"
    assert codes(wrong) == ["JX301", "JX303"]


def test_a_misspelled_tag_and_property() -> None:
    found = reading(element("ConstantTimmer", "NoGui", ("string", "ConstantTimer.dellay", "5")))
    assert delay(found) == "5"
    assert codes(found) == ["JX301", "JX303"]


def test_the_old_random_timer() -> None:
    properties = (("string", "DelayOffset", "2000"), ("string", "MaximumRandomRange", "3000"))
    timer = only(reading(element("RandomTimer", "RandomTimerGui", *properties)))
    assert timer == timers.UniformRandomTimer(name="e", offset="2000", spread="3000")


def test_a_near_name_never_replaces_one_that_is_there() -> None:
    properties = (("string", "ConstantTimer.delay", "1"), ("string", "ConstantTimer.dellay", "2"))
    found = reading(element("ConstantTimer", "ConstantTimerGui", *properties))
    assert delay(found) == "1"
    assert [one.name for one in only(found).extra] == ["ConstantTimer.dellay"]
    assert found.diagnostics[0].hint == "did you mean “ConstantTimer.delay”?"


def test_jmeters_own_elements_are_no_misspellings() -> None:
    found = reading(element("FTPSampler", "FtpTestSamplerGui", ("string", "FTPSampler.server", "h")))
    kept = only(found)
    assert isinstance(kept, Foreign)
    assert kept.properties[0].value == "h"
    assert codes(found) == ["JX401"]


def test_wrong_types() -> None:
    found = reading(
        element(
            "LoopController",
            "LoopControllerGui",
            ("bool", "LoopController.continue_forever", "${on}"),
            ("int", "LoopController.loops", "many"),
        )
    )
    loop = only(found)
    assert loop == controllers.LoopController(name="e", continue_forever="${on}", loops="many")
    assert codes(found) == ["JX302", "JX305", "JX305"]


def test_a_number_that_is_computed_keeps_the_element_whole() -> None:
    found = reading(element("TestAction", "TestActionGui", ("string", "ActionProcessor.action", "${a}")))
    assert isinstance(only(found), Foreign)
    assert codes(found) == ["JX402"]


def test_the_last_of_two_counts() -> None:
    properties = (("string", "ConstantTimer.delay", "1"), ("string", "ConstantTimer.delay", "2"))
    found = reading(element("ConstantTimer", "ConstantTimerGui", *properties))
    assert delay(found) == "2"
    assert codes(found) == ["JX306"]


def test_the_second_arguments_win() -> None:
    arguments = '<elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments"><elementProp name="q" elementType="HTTPArgument"/></collectionProp></elementProp>'
    body = '<boolProp name="HTTPSampler.postBodyRaw">true</boolProp><elementProp name="HTTPsampler.Arguments"><stringProp name="Argument.value">{"a": 1}</stringProp></elementProp>'
    found = reading(HTTP.format(arguments + body) + "<hashTree/>")
    request = only(found)
    assert isinstance(request, samplers.HttpRequest)
    assert request.body == '{"a": 1}'
    assert request.arguments == ()
    assert codes(found) == ["JX306", "JX308", "JX303"]
    assert found.diagnostics[0].message.endswith(": q")


def test_a_plain_argument_is_encoded_as_jmeter_does() -> None:
    arguments = '<elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments"><elementProp name="q" elementType="Argument"><stringProp name="Argument.value">v</stringProp></elementProp></collectionProp></elementProp>'
    request = only(reading(HTTP.format(arguments) + "<hashTree/>"))
    assert isinstance(request, samplers.HttpRequest)
    assert request.arguments == (samplers.HttpArgument("q", "v", encode=True),)


VARIABLES = '<elementProp name="TestPlan.user_defined_variables" elementType="Arguments"><collectionProp name="Arguments.arguments"><elementProp name="base" elementType="Argument"><stringProp name="Argument.value">{}</stringProp></elementProp></collectionProp></elementProp>'
URLS = [
    ("http://h:8000/api", "", "/x?a=1", "", "http://h:8000/api/x?a=1"),
    ("https://h/", "", "x", "", "https://h/x"),
    ("http://h", "8080", "/x", "", "http://h:8080/x"),
    ("${base}", "", "/x", "http://h/api", "${base}/x"),
    ("${base}", "81", "/x", "http://h", "${base}:81/x"),
    ("${base}", "", "", "http://h/api", "${base}"),
]


@pytest.mark.parametrize(("domain", "port", "path", "value", "meant"), URLS)
def test_a_url_for_a_host_goes_to_the_path(domain: str, port: str, path: str, value: str, meant: str) -> None:
    request = HTTP.format(
        f'<stringProp name="HTTPSampler.domain">{domain}</stringProp><stringProp name="HTTPSampler.port">{port}</stringProp>'
        f'<stringProp name="HTTPSampler.path">{path}</stringProp>'
    )
    found = read(document(request + "<hashTree/>", VARIABLES.format(value)).encode(), "p.jmx")
    mended = only(found)
    assert isinstance(mended, samplers.HttpRequest)
    assert (mended.domain, mended.port, mended.path) == ("", "", meant)
    assert codes(found) == ["JX307"]


def test_a_variable_that_is_no_url_stays() -> None:
    request = HTTP.format('<stringProp name="HTTPSampler.domain">${base}</stringProp>')
    found = read(document(request + "<hashTree/>", VARIABLES.format("example.org")).encode(), "p.jmx")
    assert codes(found) == []


def test_a_url_in_the_defaults_is_split() -> None:
    inner = element("ConfigTestElement", "HttpDefaultsGui", ("string", "HTTPSampler.domain", "https://h:444"))
    defaults = only(reading(inner))
    assert defaults == HttpDefaults(name="e", protocol="https", domain="h", port="444")


@pytest.mark.parametrize(("domain", "value"), [("${base}", "http://h:1/api"), ("http://h:1/api/", "")])
def test_a_url_that_defaults_cannot_hold_goes_to_the_requests(domain: str, value: str) -> None:
    defaults = element("ConfigTestElement", "HttpDefaultsGui", ("string", "HTTPSampler.domain", domain))
    request = HTTP.format('<stringProp name="HTTPSampler.path">/x</stringProp>') + "<hashTree/>"
    other = HTTP.format('<stringProp name="HTTPSampler.domain">o</stringProp>') + "<hashTree/>"
    found = read(document(defaults + request + other, VARIABLES.format(value)).encode(), "p.jmx")
    assert found.plan is not None
    emptied, mended, untouched = found.plan.children
    assert emptied == HttpDefaults(name="e")
    assert isinstance(mended, samplers.HttpRequest)
    assert (mended.domain, mended.path) == ("", f"{domain.rstrip('/')}/x")
    assert isinstance(untouched, samplers.HttpRequest)
    assert untouched.domain == "o"
    assert codes(found) == ["JX307", "JX307"]


@pytest.mark.parametrize("domain", ["http://[", "http://h:port:1", "https://", "http://a b/?#"])
def test_a_broken_url_is_no_accident(domain: str) -> None:
    for inner in (
        HTTP.format(f'<stringProp name="HTTPSampler.domain">{domain}</stringProp>') + "<hashTree/>",
        element("ConfigTestElement", "HttpDefaultsGui", ("string", "HTTPSampler.domain", domain)),
    ):
        assert reading(inner).plan is not None


# --- old files


def test_texts_of_version_1_are_decoded() -> None:
    text = document(WHOLE.replace("7", "%24%7Bx%7D+1")).replace('version="1.2"', 'version="1.0"')
    assert delay(read(text.encode(), "p.jmx")) == "${x} 1"


def test_old_names_are_notes() -> None:
    found = reading(element("BSFSampler", "TestBeanGUI", ("string", "BSFSampler.query", "1")))
    script = only(found)
    assert isinstance(script, samplers.ScriptSampler)
    assert (script.script, script.legacy) == ("1", "BSFSampler")
    assert [one.severity for one in found.diagnostics] == [Severity.NOTE]


def test_full_class_names() -> None:
    inner = element("org.apache.jmeter.timers.ConstantTimer", "org.apache.jmeter.timers.gui.ConstantTimerGui")
    assert isinstance(only(reading(inner)), timers.ConstantTimer)


# --- strict, and laws


def test_strict_makes_repairs_errors(shared: Path) -> None:
    source = (shared / "seeds" / "concurrent-users.jmx").read_bytes()
    lax, strict = read(source, "s.jmx"), read(source, "s.jmx", strict=True)
    assert codes(lax) == codes(strict)
    assert {one.severity for one in lax.diagnostics} == {Severity.WARNING}
    assert {one.severity for one in strict.diagnostics} == {Severity.ERROR}
    assert lax.plan == strict.plan


def test_the_seed_says_what_it_meant(shared: Path) -> None:
    plan = read((shared / "seeds" / "concurrent-users.jmx").read_bytes(), "s.jmx").plan
    assert isinstance(plan, TestPlan)
    assert plan.comments == "Concurrent user load testing for Silhouette Workflow platform"
    found = {element.name: element for element in walk(plan)}
    listing, create = found["List Workflows"], found["Create Workflow"]
    assert isinstance(listing, samplers.HttpRequest)
    assert listing.path == "${baseUrl}/workflows?page=1&limit=20&sort=createdAt&order=desc"
    assert isinstance(create, samplers.HttpRequest)
    assert create.body is not None
    assert create.body.startswith('{"name": "${workflowName}"')
    condition = found["Create Workflow Controller"]
    assert isinstance(condition, controllers.IfController)
    assert condition.condition == '${__jexl3("${workflowCount}" == "" || ${workflowCount} < 5)}'
    check = found["Response Assertion - Authentication Success"]
    assert isinstance(check, ResponseAssertion)
    assert check.field == "Assertion.response_code"
    (group,) = (child for child in plan.children if isinstance(child, ThreadGroup))
    assert [type(child).__name__ for child in group.children] == [
        "CsvDataSet", "HeaderManager", "UniformRandomTimer", "IfController", "HeaderManager", "RandomController",
        "IfController", "IfController", "IfController",
    ]  # fmt: skip
    mix = group.children[5]
    assert [child.name.split()[0] for child in mix.children] == ["Create", "List", "Execute"]
    assert isinstance(group.children[1], HeaderManager)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30))
def test_unescaped_text_arrives_whole(text: str) -> None:
    """Whatever stands in a property unescaped, short of markup that ends it, is read as it stands."""
    found = reading(TIMER.format(f'<stringProp name="ConstantTimer.delay">{text}</stringProp>') + "<hashTree/>")
    if found.plan is not None and not {"JX105", "JX103"} & set(codes(found)) and "<!" not in text and "&" not in text:
        assert delay(found) == text


def test_elements_that_stand_inside_another_are_its_children() -> None:
    group = (
        '<ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="g" enabled="true">{}</ThreadGroup>'
    )
    inner = HTTP.format("") + TIMER.format("")
    found = reading(group.format(f'<stringProp name="ThreadGroup.num_threads">7</stringProp>{inner}'))
    held = only(found)
    assert isinstance(held, ThreadGroup)
    assert held.users == "7"
    assert [type(one) for one in held.children] == [samplers.HttpRequest, timers.ConstantTimer]
    assert codes(found)[0] == "JX203"
    assert "“HTTPSamplerProxy” stands inside “g”" in found.diagnostics[0].message


def test_what_was_in_scope_at_recording_is_left_out() -> None:
    left = '<elementProp name="HTTPSampler.header_manager" elementType="HeaderManager"/>'
    found = reading(HTTP.format(left))
    assert only(found).extra == ()
    assert codes(found) == ["JX202", "JX314"]
    assert found.diagnostics[1].severity is Severity.NOTE


def test_listeners_keep_the_settings_of_their_guis() -> None:
    listener = element("ResultCollector", "RespTimeGraphVisualizer", ("string", "RespTimeGraph.graphtitle", "T"))
    found = reading(listener)
    assert codes(found) == []
    assert [one.name for one in only(found).extra] == ["RespTimeGraph.graphtitle"]


def test_a_plugin_that_became_a_part_of_jmeter() -> None:
    plugin = "com.atlantbh.jmeter.plugins.jsonutils.jsonpathassertion.JSONPathAssertion"
    found = reading(element(plugin, "x.gui.JSONPathAssertionGui", ("string", "JSON_PATH", "$.a")))
    assert only(found) == JsonAssertion(name="e", path="$.a")
    assert codes(found) == ["JX309"]


def test_text_where_a_list_is_expected() -> None:
    found = reading(element("DNSCacheManager", "DNSCachePanel", ("string", "DNSCacheManager.servers", "127.0.0.1")))
    assert isinstance(only(found), Foreign)
    assert codes(found) == ["JX402"]


def test_what_old_plans_are_full_of_is_left_out_without_a_word() -> None:
    times = [("long", f"ThreadGroup.{end}_time", "1437731507000") for end in ("start", "end")]
    found = reading(
        element("ThreadGroup", "ThreadGroupGui", *times)
        + HTTP.format('<boolProp name="HTTPSampler.monitor">false</boolProp>')
    )
    assert found.plan is not None
    assert [one.extra for one in found.plan.children] == [(), ()]
    assert {*codes(found)} <= {"JX202"}
