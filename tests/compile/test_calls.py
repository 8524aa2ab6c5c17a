"""Modules, includes, disabled elements."""

from __future__ import annotations

from silhouette_plan.compile import CompileOptions, compile_plan
from silhouette_plan.plan import controllers as c
from silhouette_plan.plan.expressions import Literal
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import Argument, TestFragment, TestPlan, UserVariables
from silhouette_plan.program.package import Package


def s(name: str) -> JavaRequest:
    return JavaRequest(name=name, class_name="x.JavaTest")


def plan(*children, name="P", steps=()):
    return TestPlan(name=name, children=(*children, ThreadGroup(name="G", users="1", children=tuple(steps))))


def labels(program):
    def walk(spec):
        for child in spec.children:
            if isinstance(child, Package):
                yield child.node.name
            else:
                yield from walk(child)

    return [name for group in program.groups for name in walk(group.body)]


def codes(result):
    return [found.code for found in result.diagnostics]


def test_a_module_runs_a_copy_of_its_target():
    fragment = TestFragment(
        name="F", enabled=False, children=(s("a"), c.SimpleController(enabled=False, children=(s("no"),)))
    )
    call = c.ModuleController(name="M", path=("root", "P", "F"))
    result = compile_plan(plan(fragment, steps=(call, s("z"), call)), CompileOptions())
    assert labels(result.program) == ["a", "z", "a"]


def test_a_call_by_name_prefers_fragments():
    fragment = TestFragment(name="login", children=(s("fragment"),))
    block = c.SimpleController(name="login", children=(s("block"),))
    result = compile_plan(plan(fragment, steps=(block, c.ModuleController(path=("login",)))), CompileOptions())
    assert labels(result.program) == ["block", "fragment"]


def test_a_target_that_is_missing_or_holds_its_caller():
    missing = c.ModuleController(name="M", path=("root", "P", "gone"), span=Span("p.jmx", 7))
    result = compile_plan(plan(steps=(missing,)), CompileOptions())
    assert codes(result) == ["CP002"]
    assert result.diagnostics[0].span == Span("p.jmx", 7)
    ring = c.SimpleController(name="ring", children=(c.ModuleController(path=("ring",)),))
    assert codes(compile_plan(plan(steps=(ring,)), CompileOptions())) == ["CP003"]
    one = TestFragment(name="one", children=(c.ModuleController(path=("two",)),))
    two = TestFragment(name="two", children=(c.ModuleController(path=("one",)),))
    result = compile_plan(plan(one, two, steps=(c.ModuleController(path=("one",)),)), CompileOptions())
    assert set(codes(result)) == {"CP003"}


def test_arguments_of_a_call_are_set_before_each_pass():
    call = c.ModuleController(path=("f",), arguments=(("x", Literal(5)),))
    result = compile_plan(plan(TestFragment(name="f", children=(s("a"),)), steps=(call,)), CompileOptions())
    (spec,) = result.program.groups[0].body.children
    assert [name for name, _ in spec.arguments] == ["x"]


def reader(files):
    def read(path):
        if path.name not in files:
            raise FileNotFoundError(2, "No such file")
        return files[path.name], ()

    return read


def test_an_include_brings_the_steps_and_variables_of_the_first_fragment(tmp_path):
    variables = UserVariables(variables=(Argument("v", "included"),))
    other = TestPlan(name="O", children=(s("outside"), TestFragment(name="F", children=(variables, s("${v}")))))
    options = CompileOptions(folder=tmp_path, read_plan=reader({"o.jmx": other}))
    result = compile_plan(plan(steps=(c.IncludeController(file="o.jmx"),)), options)
    assert labels(result.program) == ["${v}"]
    assert result.program.variables["v"] == "included"


def test_includes_that_cannot_be_followed(tmp_path):
    ring = TestPlan(name="R", children=(TestFragment(children=(c.IncludeController(file="ring.jmx"),)),))
    empty = TestPlan(name="E")
    options = CompileOptions(folder=tmp_path, read_plan=reader({"ring.jmx": ring, "empty.jmx": empty}))
    for file, code in (("gone.jmx", "CP004"), ("empty.jmx", "CP004"), ("ring.jmx", "CP003"), ("../up.jmx", "CP005")):
        assert codes(compile_plan(plan(steps=(c.IncludeController(file=file),)), options)) == [code], file


def test_an_include_may_not_lead_out_by_a_link(tmp_path):
    folder = tmp_path / "plan"
    folder.mkdir()
    (tmp_path / "secret.jmx").write_text("x")
    (folder / "link.jmx").symlink_to(tmp_path / "secret.jmx")
    include = plan(steps=(c.IncludeController(file="link.jmx"),))
    assert codes(compile_plan(include, CompileOptions(folder=folder, read_plan=reader({})))) == ["CP005"]
    allowed = CompileOptions(folder=folder, read_plan=reader({}), allowed_paths=(tmp_path,))
    assert codes(compile_plan(include, allowed)) == ["CP004"]


def test_nesting_that_is_too_deep_is_refused():
    step = s("a")
    for _ in range(400):
        step = c.SimpleController(children=(step,))
    assert codes(compile_plan(plan(steps=(step,)), CompileOptions())) == ["CP008"]
