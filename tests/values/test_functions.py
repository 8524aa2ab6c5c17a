"""What recorded rows cannot show: state, chance, files, time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.results.clock import Clock
from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.template import StopUser, ValueFault
from silhouette_plan.values.user import Run


def below(folder: Path) -> ValueContext:
    def may(path: str) -> Path | None:
        found = (folder / path).resolve()
        return found if found.is_relative_to(folder.resolve()) else None

    return ValueContext(folder=folder, may_read=may, may_write=may)


def test_counters_count_by_user_and_by_occurrence_of_a_run(make_user: Any, tmp_path: Path) -> None:
    mine = compile_template("${__counter(TRUE)}", ValueContext())
    shared = compile_template("${__counter(FALSE)}", ValueContext())
    run = Run({}, tmp_path, "p", 1)
    first, second = make_user(run=run), make_user(run=run, number=1)
    assert [mine.evaluate(first), mine.evaluate(first), mine.evaluate(second)] == ["1", "2", "1"]
    assert [shared.evaluate(first), shared.evaluate(second)] == ["1", "2"]
    assert shared.evaluate(make_user()) == "1", "another run counts anew"


def test_chance_comes_from_the_user_and_repeats_with_the_seed(make_user: Any, tmp_path: Path) -> None:
    template = compile_template("${__Random(1,1000000)} ${__RandomString(8,abc)} ${__UUID}", ValueContext())
    given = [template.evaluate(make_user(run=Run({}, tmp_path, "p", seed))) for seed in (1, 1, 2)]
    assert given[0] == given[1] != given[2]


def test_random_has_both_ends(make_user: Any) -> None:
    template, user = compile_template("${__Random(1,3)}", ValueContext()), make_user()
    assert {template.evaluate(user) for _ in range(100)} == {"1", "2", "3"}


def test_random_string_of_any_characters_has_its_length_in_java_units(make_user: Any) -> None:
    text = compile_template("${__RandomString(50)}", ValueContext()).evaluate(make_user())
    assert len(text.encode("utf-16-le")) == 100


@pytest.mark.parametrize(
    "text",
    [
        "${__Random(5,1)}",
        "${__Random(x,1)}",
        "${__RandomString(-1,a)}",
        "${__RandomString( 3,a)}",
        "${__intSum( 1,2)}",
        "${__urldecode(%zz)}",
        "${__regexFunction(a,$0$,0,,,,v)}",
    ],
)
def test_bad_arguments_lose_the_sample(text: str, make_user: Any) -> None:
    with pytest.raises(ValueFault):
        compile_template(text, ValueContext()).evaluate(make_user({"v": "aaa"}))


def test_a_bad_pattern_gives_nothing(make_user: Any) -> None:
    assert (
        compile_template("[${__regexFunction(a**,$0$,1,,d,,v)}]", ValueContext()).evaluate(make_user({"v": "a"}))
        == "[]"
    )


def test_time_goes_by_the_clock_of_the_run(make_user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    clock = Clock(monotonic=lambda: 0.0, wall=lambda: 1709622489.045)
    user = make_user(run=Run({}, tmp_path, "p", 1, clock))
    context = ValueContext(properties={"time.USER1": "yyyy"})
    shown = compile_template(
        "${__time} ${__time(/1000)} ${__time(YMD)} ${__time(USER1,v)}${v}${__time(USER2)}", context
    )
    assert shown.evaluate(user) == "1709622489045 1709622489 20240305 20242024"


def test_the_format_of_time_is_fixed_when_compiled(make_user: Any, tmp_path: Path) -> None:
    plan_level = make_user({"f": "yyyy"})
    template = compile_template("${__time(${f})}", ValueContext(plan_level=plan_level))
    assert len(template.evaluate(make_user({"f": "'no'"}))) == 4


def test_a_bad_date_pattern_is_told_at_once(make_user: Any) -> None:
    reported: list[Diagnostic] = []
    template = compile_template("${__time(yyyyTbb)}", ValueContext(report=reported.append))
    assert [problem.code for problem in reported] == ["VL005"]
    with pytest.raises(ValueFault):
        template.evaluate(make_user())


def test_files_are_written_and_read_below_the_folder(make_user: Any, tmp_path: Path) -> None:
    user, context = make_user(), below(tmp_path)
    assert compile_template("${__StringToFile(out.txt,a\\nb,false)}", context).evaluate(user) == "true"
    assert compile_template("${__StringToFile(out.txt,c)}", context).evaluate(user) == "true"
    assert compile_template("${__FileToString(out.txt,,v)}${v}", context).evaluate(user) == "a\nbca\nbc"
    assert compile_template("${__FileToString(none.txt)}", context).evaluate(user) == "**ERR**"
    assert compile_template("${__StringToFile(none/out.txt,x)}", context).evaluate(user) == "false"


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "/dev/zero"])
def test_files_elsewhere_are_refused(path: str, make_user: Any, tmp_path: Path) -> None:
    reported: list[Diagnostic] = []
    allowed = below(tmp_path)
    context = ValueContext(may_read=allowed.may_read, may_write=allowed.may_write, report=reported.append)
    compile_template(f"${{__FileToString({path})}}", context)
    assert [(problem.code, problem.severity) for problem in reported] == [("VL003", Severity.ERROR)]
    for function in ("__FileToString(${p})", "__StringFromFile(${p})", "__CSVRead(${p},0)", "__XPath(${p},/a)"):
        with pytest.raises(ValueFault, match="may not read"):
            compile_template(f"${{{function}}}", context).evaluate(make_user({"p": path}))


def test_lines_of_a_file_are_shared_and_wrap(make_user: Any, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("one\ntwo\n")
    template = compile_template("${__StringFromFile(lines.txt,l)}${l}", below(tmp_path))
    run = Run({}, tmp_path, "p", 1)
    first, second = make_user(run=run), make_user(run=run)
    assert [template.evaluate(user) for user in (first, second, first)] == ["oneone", "twotwo", "oneone"]
    assert len(run.closing) == 1
    run.closing[0]()


def test_a_series_of_files_ends_the_user(make_user: Any, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"f{number}.txt").write_text(f"line{number}\n")
    template = compile_template("${__StringFromFile(f#'.'txt,,1,2)}", below(tmp_path))
    user = make_user()
    assert [template.evaluate(user), template.evaluate(user)] == ["line1", "line2"]
    with pytest.raises(StopUser):
        template.evaluate(user)


def test_csv_rows_belong_to_the_user_until_next(make_user: Any, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a,1\nb,2\n\nafter the blank line\n")
    context = below(tmp_path)
    column, other, following = (
        compile_template(f"${{__CSVRead(d.csv,{what})}}", context) for what in ("0", "1", "next")
    )
    run = Run({}, tmp_path, "p", 1)
    first, second = make_user(run=run), make_user(run=run)
    assert [column.evaluate(first), other.evaluate(first), column.evaluate(second)] == ["a", "1", "b"]
    assert following.evaluate(first) == ""
    assert column.evaluate(first) == "a", "the rows begin again"
    assert compile_template("${__CSVRead(d.csv,7)}", context).evaluate(first) == ""


def test_xpath_hands_out_nodes_in_turn(make_user: Any, tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<a><b>1</b><b>2</b></a>")
    template, user = compile_template("${__XPath(x.xml,//b)}", below(tmp_path)), make_user()
    assert [template.evaluate(user) for _ in range(3)] == ["1", "2", "1"]


def test_plugin_functions(make_user: Any) -> None:
    context = ValueContext(plugin_functions=True)
    table = {
        "${__strLen(abc)}": "3", "${__substring(abcdef,1,3,v)}${v}": "bcbc", "${__MD5(a)}": "0cc175b9c0f1b6a831c399e269772661",
        "${__doubleSum(1.5,1.5)}": "3.0", "${__if(a,a,yes,no)}": "yes", "${__isDefined(q)}": "0",
        "${__caseFormat(hello big-World,UPPER_CAMEL_CASE)}": "HelloBigWorld", "${__caseFormat(a b,SNAKE_CASE)}": "a_b",
        "${__strReplaceRegex(a1b2,\\d,-,)}": "a-b-", "${__base64Decode(eA==)}": "x", "${__iterationNum}": "1",
        "${__fifoPut(q,1)}${__fifoPut(q,2)}${__fifoSize(q)}${__fifoGet(q)}": "1221", "${__chooseRandom(z,z,v)}": "z",
    }  # fmt: skip
    for text, expected in table.items():
        assert compile_template(text, context).evaluate(make_user()) == expected, text
