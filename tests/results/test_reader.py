from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silhouette_plan.diagnostics import PlanError
from silhouette_plan.results.jtl.reader import read_jtl


def read(path: Path) -> tuple[list[str], list[tuple[int, str]]]:
    skipped: list[tuple[int, str]] = []
    labels = [s.label for s in read_jtl(path, lambda line, why: skipped.append((line, why)))]
    return labels, skipped


def test_redirects_are_put_back_below_their_request(recorded: Path) -> None:
    first = next(read_jtl(recorded / "default.csv"))
    assert first.label == 'r,"q"'
    assert [(s.label, s.code) for s in first.subresults] == [
        ('r,"q"-0', "302"),
        ('r,"q"-1', "302"),
        ('r,"q"-2', "200"),
    ]


def test_transactions_are_known_by_their_message(recorded: Path) -> None:
    assert [s.label for s in read_jtl(recorded / "default.csv") if s.from_transaction] == ["T", "T2"]
    assert [s.label for s in read_jtl(recorded / "default.xml") if s.from_transaction] == ["T", "T2"]


def test_both_forms_say_the_same(recorded: Path) -> None:
    by_xml = list(read_jtl(recorded / "all.xml"))
    (transaction,) = (s for s in by_xml if s.label == "T")
    assert [s.label for s in transaction.subresults] == ["a", "b"]
    flat = {s.label: (s.start, s.elapsed, s.received, s.success) for s in read_jtl(recorded / "all.csv")}
    for sample in by_xml:
        assert flat[sample.label] == (sample.start, sample.elapsed, sample.received, sample.success)


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_file_cut_anywhere_loses_only_its_last_row(recorded: Path, tmp_path: Path, cut: int) -> None:
    whole = (recorded / "default.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(whole[:-cut])
    labels, skipped = read(tmp_path / "cut.csv")
    assert labels == [s.label for s in read_jtl(recorded / "default.csv")][:-1]
    assert len(skipped) == 1


def test_an_xml_file_cut_off_gives_what_is_whole(recorded: Path, tmp_path: Path) -> None:
    whole = (recorded / "default.xml").read_bytes()
    (tmp_path / "cut.xml").write_bytes(whole[: whole.index(b"<sample") + 30])
    labels, skipped = read(tmp_path / "cut.xml")
    assert labels == ['r,"q"', "boom", "post é\nline", "form"]
    assert len(skipped) == 1


def test_a_file_without_header_has_the_default_columns(tmp_path: Path) -> None:
    row = '1700000000000,5,"a,b",200,OK,T 1-1,text,true,,10,20,1,1,null,4,0,1\n'
    (tmp_path / "r.csv").write_text(row * 2)
    samples = list(read_jtl(tmp_path / "r.csv"))
    assert [(s.label, s.elapsed, s.url) for s in samples] == [("a,b", 5, None)] * 2


def test_stamps_in_words_are_read(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("timeStamp;elapsed;label\n2024/01/02 03:04:05.678;7;x\nyesterday;7;y\n")
    skipped: list[str] = []
    (sample,) = read_jtl(tmp_path / "r.csv", lambda line, why: skipped.append(f"{line}: {why}"))
    assert sample.start % 60_000 == 5678
    assert skipped == ["3: “yesterday” is no time stamp"]


@pytest.mark.parametrize("content", [b"name,age\nx,1\n", b"\x89PNG\r\n", b"<?xml version='1.0'?><html/>", b"<?xml"])
def test_other_files_are_refused_or_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r").write_bytes(content)
    if b"html" in content:
        assert read(tmp_path / "r")[0] == []
    else:
        with pytest.raises(PlanError, match="RS005"):
            read(tmp_path / "r")


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden")
    (tmp_path / "r.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY x SYSTEM "file://{tmp_path / "secret"}">]>'
        '<testResults version="1.2"><sample t="1" lb="a"><responseData>&x;</responseData></sample></testResults>'
    )
    assert all("hidden" not in s.text for s in read_jtl(tmp_path / "r.xml"))


def test_an_empty_file_has_no_samples(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(b"")
    assert read(tmp_path / "r.csv") == ([], [])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="RS002"):
        read(tmp_path / "none.csv")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_give_samples_or_a_diagnostic(recorded: Path, tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["default.csv", "default.xml"]))
    content = bytearray((recorded / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    path = tmp_path / "mutated"
    path.write_bytes(bytes(content))
    codes = {"RS005"}
    try:
        read(path)
    except PlanError as refusal:
        codes |= {diagnostic.code for diagnostic in refusal.diagnostics}
    assert codes == {"RS005"}
