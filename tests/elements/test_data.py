"""Data elements beyond what was recorded: files that are not there, shares, draws."""

from __future__ import annotations

from collections import Counter as Tally
from pathlib import Path

import pytest
from elements.stage import Stage, a_run, a_user
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.elements.data.csv_file import BadRow, DataFile, split_row
from silhouette_plan.elements.tables import DATA, PRE_PROCESSORS
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import Counter, CsvDataSet, RandomChoice, RandomVariable, UserParameters
from silhouette_plan.program.steps import Act
from silhouette_plan.values.template import StopUser
from silhouette_plan.values.user import GroupState, Run


def advance_of(node: Element, build: Stage | None = None) -> Act:
    advance = DATA[type(node)](node, build or Stage()).advance
    assert advance is not None
    return advance


def test_a_missing_file_is_told_before_the_run(tmp_path: Path) -> None:
    build = Stage(tmp_path)
    DATA[CsvDataSet](CsvDataSet(file="nope.csv", variables="a"), build)
    assert build.codes == ["EL007"]


def test_an_unknown_encoding_is_told_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    build = Stage(tmp_path)
    DATA[CsvDataSet](CsvDataSet(file="a.csv", variables="a", encoding="klingon"), build)
    assert build.codes == ["EL008"]


def test_a_file_that_turns_out_missing_ends_the_user(tmp_path: Path) -> None:
    run = a_run(tmp_path)
    advance = advance_of(CsvDataSet(file="${f}", variables="a"), Stage(tmp_path))
    with pytest.raises(StopUser):
        advance(a_user(run, f="nope.csv"))
    assert [code for code, _ in run.services["findings"]] == ["EL007"]


def columns(run: Run, node: CsvDataSet, folder: Path, groups: list[GroupState]) -> list[list[str]]:
    """What two users of each group read, turn by turn."""
    advance = advance_of(node, Stage(folder))
    users = [a_user(run, number, group) for group in groups for number in range(2)]
    rows: list[list[str]] = [[] for _ in users]
    for _ in range(2):
        for user, row in zip(users, rows, strict=True):
            advance(user)
            row.append(user.variables["a"])
    return rows


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("shareMode.all", [["1", "5"], ["2", "6"], ["3", "7"], ["4", "8"]]),
        ("shareMode.group", [["1", "3"], ["2", "4"], ["1", "3"], ["2", "4"]]),
        ("shareMode.thread", [["1", "2"], ["1", "2"], ["1", "2"], ["1", "2"]]),
        ("mine", [["1", "5"], ["2", "6"], ["3", "7"], ["4", "8"]]),
    ],
)
def test_who_reads_on_from_whom(share: str, expected: list[list[str]], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("".join(f"{number}\n" for number in range(1, 9)))
    groups = [GroupState("A", 1, 2), GroupState("B", 2, 2)]
    assert columns(a_run(tmp_path), CsvDataSet(file="a.csv", variables="a", share=share), tmp_path, groups) == expected


FIELDS = st.text(alphabet='ab,"\n\r ;', max_size=6)


@given(rows=st.lists(st.lists(FIELDS, min_size=1, max_size=4), min_size=1, max_size=5), recycle=st.booleans())
@settings(max_examples=80)
def test_quoted_rows_read_back(rows: list[list[str]], recycle: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "quoted.csv"
    lines = [",".join('"' + field.replace('"', '""') + '"' for field in row) + "\r\n" for row in rows]
    path.write_bytes("".join(lines).encode())
    file = DataFile(path, "")
    wanted = [*rows, rows[0] if recycle else []]
    assert [file.row(",", recycle=recycle, skip_first=False) for _ in wanted] == wanted
    file.close()


@pytest.mark.parametrize("text", ['a"b,c', '"a"b,c', '"never closed'])
def test_a_quote_out_of_place_is_refused(text: str) -> None:
    with pytest.raises(BadRow):
        split_row(text, ",")


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "large.csv"
    with path.open("w") as file:
        for number in range(200_000):
            file.write(f"{number},some text to make the line longer\n")
    reader = DataFile(path, "")
    tracemalloc.start()
    for number in range(1000):
        assert reader.line(recycle=True, skip_first=False) == f"{number},some text to make the line longer"
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    reader.close()


def test_users_share_a_counter_or_have_their_own() -> None:
    run = a_run()
    users = [a_user(run, number) for number in range(2)]
    for per_user, expected in ((False, ["1", "2", "3", "4"]), (True, ["1", "1", "2", "2"])):
        advance = advance_of(Counter(variable="c", start="1", end="9", step="1", per_user=per_user))
        seen = []
        for user in (*users, *users):
            advance(user)
            seen.append(user.variables["c"])
        assert seen == expected


def test_a_counter_starts_again_with_the_groups_iteration() -> None:
    advance = advance_of(Counter(variable="c", start="1", end="9", step="1", per_user=True, reset_each_iteration=True))
    user, seen = a_user(), []
    for user.iteration in (1, 1, 2, 2, 2, 3):
        advance(user)
        seen.append(user.variables["c"])
    assert seen == ["1", "2", "1", "2", "3", "1"]


def test_a_draw_follows_its_weights() -> None:
    node = RandomChoice(variable="q", choices=(("a", "70%"), ("${b}", "30")), seed="1")
    advance, user, seen = advance_of(node), a_user(b="bee"), Tally[str]()
    for _ in range(2000):
        advance(user)
        seen[user.variables["q"]] += 1
    assert seen.keys() == {"a", "bee"}
    assert 1300 < seen["a"] < 1500


def test_seeded_users_draw_the_same_when_each_has_its_own() -> None:
    advance = advance_of(RandomVariable(variable="r", minimum="1", maximum="1000", seed="5", per_user=True))
    run, drawn = a_run(), []
    for number in range(2):
        user = a_user(run, number)
        advance(user)
        drawn.append(user.variables["r"])
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("per_iteration", [True, False])
def test_user_parameters_take_the_row_of_the_user(per_iteration: bool) -> None:
    node = UserParameters(names=("a", "b"), values=(("1", "x${a}"), ("2", "y")), per_iteration=per_iteration)
    act = PRE_PROCESSORS[UserParameters](node, Stage())
    advance = DATA[UserParameters](node, Stage()).advance
    assert (advance is not None) is per_iteration
    for number, expected in enumerate((("1", "x1"), ("2", "y"), ("1", "x1"))):
        user = a_user(number=number)
        act(user)
        assert bool(user.variables) is not per_iteration
        if advance is not None:
            advance(user)
        assert (user.variables["a"], user.variables["b"]) == expected
