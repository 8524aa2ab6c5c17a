"""Unknown, unset and unread variables."""

from __future__ import annotations

import pytest

from silhouette_plan.analysis import analyse
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Element, Property
from silhouette_plan.plan.configs import Counter, CsvDataSet, Header, HeaderManager, UserParameters
from silhouette_plan.plan.controllers import (
    Case,
    Choice,
    ForeachController,
    IfController,
    InterleaveController,
    LoopController,
    ModuleController,
    OnceOnlyController,
    RandomController,
    ThroughputController,
    WhileController,
)
from silhouette_plan.plan.expressions import IsKind, Name, TextLiteral
from silhouette_plan.plan.groups import SetupGroup, ThreadGroup
from silhouette_plan.plan.processors import JsonExtractor, RegexExtractor, ScriptPostProcessor, ScriptPreProcessor
from silhouette_plan.plan.samplers import HttpArgument, HttpRequest, SetVariable
from silhouette_plan.plan.testplan import Argument, Foreign, Parameter, TestFragment, TestPlan, UserVariables
from silhouette_plan.plan.timers import ConstantTimer


def get(path: str, *children: Element, **fields: object) -> HttpRequest:
    fields = {"name": path.replace("${", "{"), **fields}
    return HttpRequest(path=path, children=children, **fields)  # type: ignore[arg-type]


def sets(name: str) -> HttpRequest:
    """A request whose answer sets ``name``."""
    return get(f"/sets-{name}", JsonExtractor(name=f"extract {name}", names=name, paths="$.x"))


def plan(*steps: Element, top: tuple[Element, ...] = (), **fields: object) -> TestPlan:
    group = ThreadGroup(name="users", children=steps)
    return TestPlan(name="plan", children=(*top, group), **fields)  # type: ignore[arg-type]


def codes(tested: TestPlan, *wanted: str) -> list[str]:
    found = [one.code for one in analyse(tested) if one.code.startswith("AN10")]
    return [code for code in found if not wanted or code in wanted]


def only(tested: TestPlan, code: str) -> Diagnostic:
    found = [one for one in analyse(tested) if one.code == code]
    assert len(found) == 1, [f"{one.code} {one.message}" for one in analyse(tested)]
    return found[0]


def test_unknown_variable_names_the_nearest() -> None:
    found = only(plan(sets("token"), get("/x/${tokn}"), get("/y/${token}"), get("/z/${tokn}")), "AN101")
    assert "`tokn` in the path of `/x/{tokn}`" in found.message
    assert "token" in found.hint
    assert found.notes == ("it is read in 1 more place",)


def test_names_of_configuration_are_never_evaluated() -> None:
    scoped = (HeaderManager(name="Bearer ${tokn}"), ConstantTimer(name="${tokn}", delay="1"))
    assert codes(plan(*scoped, get("/x"))) == []
    assert codes(plan(get("/x", name="${tokn}"))) == ["AN101"]


def test_the_name_of_an_argument_is_no_variable() -> None:
    request = get("/x", body='{"n": "${workflowName}"}', arguments=(HttpArgument("workflowName", "x"),))
    assert "an argument of `/x`" in only(plan(request), "AN101").notes[0]


def test_arguments_that_were_replaced_are_still_known_by_name() -> None:
    kept = Property(
        "element", "HTTPsampler.Arguments", items=(Property("collection", "a", items=(Property("element", "n"),)),)
    )
    assert "an argument of `/x`" in only(plan(get("/x", body="${n}", extra=(kept,))), "AN101").notes[0]


def test_a_disabled_setter_is_named() -> None:
    off = RegexExtractor(name="the extractor", variable="id", regex="(.)", enabled=False)
    assert "`the extractor` would set it, but is disabled" in only(plan(get("/a", off), get("/b/${id}")), "AN101").notes


@pytest.mark.parametrize(
    "setter",
    [
        CsvDataSet(file="a.csv", variables="other, v"),
        Counter(variable="v"),
        UserParameters(names=("v",), values=(("1",),)),
        UserVariables(variables=(Argument("v", "1"),)),
        Parameter(name="v", default="1"),
        ScriptPreProcessor(script='vars.put("v", "1")'),
        ScriptPreProcessor(script="def n = 1\nvars.putObject('v', n)"),
        ScriptPreProcessor(file="somewhere.groovy"),
        ScriptPreProcessor(script="vars.put(name, '1')"),
        SetVariable(variable="v", value=TextLiteral("x")),
        HeaderManager(headers=(Header("N", "${__counter(,v)}"),)),
        CsvDataSet(file="unseen.csv"),
        Foreign(tag="a", testclass="com.example.DataSet", properties=(Property("string", "variableNames", "a,v"),)),
    ],
    ids=lambda setter: type(setter).__name__,
)
def test_whatever_sets_a_variable_makes_it_known(setter: Element) -> None:
    assert not codes(plan(setter, get("/${v}")), "AN101", "AN102", "AN103")


@pytest.mark.parametrize("name", ["id_1", "id_matchNr", "id_2_g1", "id_g0", "id_ALL"])
def test_an_extractor_sets_a_family(name: str) -> None:
    assert not codes(plan(sets("id"), get(f"/${{{name}}}")), "AN101", "AN102")


@pytest.mark.parametrize(
    "name", ["START.MS", "TESTSTART.MS", "JMeterThread.last_sample_ok", "__jm__Loop__idx", "COOKIE_a"]
)
def test_what_jmeter_sets_is_known(name: str) -> None:
    assert not codes(plan(get(f"/${{{name}}}")))


def test_a_computed_name_covers_what_it_can_become() -> None:
    script = ScriptPostProcessor(script='vars.put("item_" + i, x)')
    assert not codes(plan(get("/a", script), get("/${item_3}")), "AN101", "AN102")
    assert codes(plan(get("/a", script), get("/${thing_3}")), "AN101") == ["AN101"]


def test_script_text_is_not_accused() -> None:
    assert not codes(plan(get("/a", ScriptPreProcessor(script='log.info("${list.size()}")'))))


def test_used_before_it_is_set() -> None:
    found = only(plan(get("/x/${id}", name="use"), sets("id")), "AN102")
    assert "`id` is read in the path of `use` before anything sets it" in found.message
    assert "extract id" in found.notes[0]


def test_an_extractor_does_not_help_its_own_request() -> None:
    assert codes(plan(get("/${id}", JsonExtractor(names="id", paths="$.id"), name="x")), "AN102") == ["AN102"]


def test_in_order_all_is_well() -> None:
    assert not codes(plan(sets("id"), LoopController(loops="3", children=(get("/${id}"),))))


def test_a_header_applies_to_the_first_sampler_too() -> None:
    header = HeaderManager(name="auth", headers=(Header("Authorization", "Bearer ${t}"),))
    found = only(plan(sets("t"), header, get("/b")), "AN102")
    assert "the first of which is `/sets-t`" in found.notes[1]


def test_one_arm_of_random_does_not_help_the_other() -> None:
    arms = RandomController(name="r", children=(sets("id"), get("/x/${id}", name="use")))
    assert codes(plan(arms)) == ["AN103"]


def test_interleave_takes_turns_in_order() -> None:
    assert not codes(plan(InterleaveController(children=(sets("id"), get("/${id}")))))


def test_what_every_arm_sets_is_set() -> None:
    assert not codes(plan(RandomController(children=(sets("id"), sets("id"))), get("/${id}")))


def test_a_share_of_the_iterations_may_leave_it_unset() -> None:
    share = ThroughputController(name="share", by_percent=True, percent="30", children=(sets("id"),))
    found = only(plan(share, get("/${id}", name="use")), "AN103")
    assert "runs only when `share` lets it" in found.notes[0]


def test_once_only_sets_for_good() -> None:
    assert not codes(plan(OnceOnlyController(children=(sets("t"),)), get("/${t}")))


def test_the_same_condition_twice_is_one_way() -> None:
    def guarded(*steps: Element) -> IfController:
        return IfController(condition='"${kind}" == "a"', children=steps)

    rows = CsvDataSet(file="f", variables="kind")
    assert not codes(plan(rows, guarded(sets("id")), guarded(get("/${id}"))))


def test_asking_for_a_variable_protects_its_use() -> None:
    asked = IfController(condition="${__isVarDefined(id)}", use_expression=True, children=(get("/${id}"),))
    maybe = IfController(condition="${__P(x,1)} == 1", children=(sets("id"),))
    assert not codes(plan(maybe, asked))


def test_if_else_sets_on_both_ways() -> None:
    choice = Choice(children=(Case(condition=Name("a"), children=(sets("id"),)), Case(children=(sets("id"),))))
    assert not codes(plan(CsvDataSet(file="f", variables="a"), choice, get("/${id}")))


def test_set_where_it_is_not_set() -> None:
    unset = Case(condition=IsKind(Name("id"), "set", negated=True), children=(sets("id"),))
    assert not codes(plan(Choice(children=(unset,)), get("/${id}")))


def test_a_condition_on_an_unset_variable_has_its_own_code() -> None:
    login = IfController(
        name="login", condition='${__jexl3("${token}" == "")}', use_expression=True, children=(sets("token"),)
    )
    tested = plan(login, get("/x/${token}", name="use"))
    found = only(tested, "AN104")
    assert "`/sets-token` never runs" in found.notes[0]
    assert codes(tested) == ["AN104", "AN103"] or codes(tested) == ["AN103", "AN104"]


def test_a_while_may_wait_for_what_it_sets() -> None:
    assert not codes(plan(WhileController(condition='${__jexl3("${s}" != "done")}', children=(sets("s"),))))


def test_variables_do_not_leave_a_setup_group() -> None:
    setup = SetupGroup(name="setup", children=(sets("token"),))
    assert codes(plan(get("/${token}", name="x"), top=(setup,))) == ["AN105"]


def test_a_called_fragment_sets_and_reads() -> None:
    fragment = TestFragment(name="login", children=(sets("token"), get("/${token}")))
    call = ModuleController(path=("login",))
    assert not codes(plan(call, get("/b/${token}"), top=(fragment,)))
    assert codes(plan(get("/b/${token}", name="b"), call, top=(fragment,))) == ["AN102"]


def test_foreach_reads_the_family_and_sets_its_own() -> None:
    loop = ForeachController(source="ids", returned="one", children=(get("/${one}"),))
    assert not codes(plan(sets("ids"), loop))
    assert codes(plan(loop), "AN101") == ["AN101"]


def test_neighbours_among_the_plans_variables() -> None:
    together = UserVariables(variables=(Argument("host", "h"), Argument("base", "http://${host}/")))
    apart = (
        UserVariables(variables=(Argument("host", "h"),)),
        UserVariables(variables=(Argument("base", "http://${host}/"),)),
    )
    assert codes(plan(get("/${base}"), top=(together,))) == ["AN107"]
    assert not codes(plan(get("/${base}"), top=apart))


def test_the_plans_variables_cannot_read_what_comes_later() -> None:
    late = UserVariables(variables=(Argument("hello", "Hello ${name}"),))
    assert codes(plan(CsvDataSet(file="f", variables="name"), get("/${hello}${name}"), top=(late,)), "AN108") == [
        "AN108"
    ]


def test_a_value_drawn_once() -> None:
    assert codes(plan(get("/${id}"), variables=(Argument("id", "${__UUID()}"),))) == ["AN109"]


def test_an_extractor_that_nobody_reads() -> None:
    assert codes(plan(sets("order_id"), get("/${orderId}", name="x")), "AN106") == ["AN106"]
    assert not codes(plan(get("/a", JsonExtractor(names="a;b", paths="$.a;$.b")), get("/${b}")), "AN106")


def test_plans_of_fragments_alone_are_not_judged() -> None:
    fragment = TestFragment(name="f", children=(get("/${x}", name="x"),))
    assert not codes(TestPlan(name="p", children=(fragment,)))


def test_an_unread_plugin_makes_everything_possible() -> None:
    reader = Foreign(tag="kg.apc.jmeter.config.VariablesFromCSV", testclass="kg.apc.jmeter.config.VariablesFromCSV")
    assert not codes(plan(reader, get("/${x}")))
