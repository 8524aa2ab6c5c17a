"""CSV and XML as JMeter writes them: its own files, read and written again, stay as they are."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from silhouette_plan.diagnostics import PlanError
from silhouette_plan.results.jtl.csv_writer import TABLE_SIZE, QuotedTexts, row_renderer
from silhouette_plan.results.jtl.fields import SaveConfig, config_from_plan, config_from_properties, header_line
from silhouette_plan.results.jtl.opening import Existing, ResultFiles
from silhouette_plan.results.jtl.reader import read_jtl
from silhouette_plan.results.jtl.xml_writer import sample_lines
from silhouette_plan.results.sample import AssertionResult

VARIABLES = ("foo", "JMeterThread.last_sample_ok")
FULL = SaveConfig(
    variables=VARIABLES,
    file_name=True,
    encoding=True,
    sample_count=True,
    response_data=True,
    sampler_data=True,
    response_headers=True,
    request_headers=True,
)
MINIMAL = config_from_plan([("label", "true"), ("time", "true"), ("xml", "false")], SaveConfig(variables=VARIABLES))


def written(samples, path: Path, config: SaveConfig) -> str:
    files = ResultFiles()
    writer = files.open(path, config)
    for sample in samples:
        writer.on_samples([sample])
    files.close()
    return path.read_text(encoding="utf-8")


def with_variables(samples) -> list:
    """The variables of the recorded run; XML does not tell an unset one from an empty one."""
    found = list(samples)
    for sample in found:
        for each in (sample, *sample.subresults):
            each.variables = (None, "true" if sample.success else "false")
    return found


@pytest.mark.parametrize(
    ("name", "config"), [("default.csv", SaveConfig(variables=VARIABLES)), ("all.csv", FULL)], ids=["default", "all"]
)
def test_csv_of_jmeter_comes_back_byte_for_byte(recorded: Path, tmp_path: Path, name: str, config: SaveConfig) -> None:
    again = written(read_jtl(recorded / name), tmp_path / name, config)
    assert again == (recorded / name).read_text(encoding="utf-8")


def test_columns_that_are_off_leave_no_trace(recorded: Path, tmp_path: Path) -> None:
    again = written(with_variables(read_jtl(recorded / "all.xml")), tmp_path / "m.csv", MINIMAL)
    assert again == (recorded / "minimal.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("default.xml", SaveConfig(xml=True)),
        ("on_error.xml", SaveConfig(xml=True, response_data_on_error=True)),
        ("all.xml", config_from_plan([(n, "true") for n in ("xml", "time")], SaveConfig())),
    ],
    ids=["default", "on error", "times only"],
)
def test_xml_of_jmeter_comes_back(recorded: Path, tmp_path: Path, name: str, config: SaveConfig) -> None:
    again = etree.fromstring(written(read_jtl(recorded / name), tmp_path / name, config).encode())
    before = etree.fromstring((recorded / name).read_bytes())
    etree.strip_elements(before, "redirectLocation")  # taken from response headers, which this file does not hold
    for element in before.iter("sample", "httpSample"):
        for variable in ("foo", "JMeterThread.last__sample__ok"):
            del element.attrib[variable]
    if name == "all.xml":
        assert [s.get("t") for s in again] == [s.get("t") for s in before]
        assert all(set(s.keys()) == {"t"} for s in again)
    else:
        assert etree.tostring(again) == etree.tostring(before)


def test_full_xml_of_jmeter_comes_back_byte_for_byte(recorded: Path, tmp_path: Path) -> None:
    samples = with_variables(read_jtl(recorded / "all.xml"))
    wanted = (recorded / "all.xml").read_text(encoding="utf-8")
    config = SaveConfig(**{s: getattr(FULL, s) for s in FULL.__slots__} | {"xml": True})
    again = written(samples, tmp_path / "all.xml", config)
    assert again == wanted


text = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(label=text, message=text, delimiter=st.sampled_from(",;\t|"))
def test_any_text_comes_back_from_csv(sample, label: str, message: str, delimiter: str) -> None:
    config = SaveConfig(delimiter=delimiter)
    row = row_renderer(config)(sample(label, message=message, failure_message=message))
    (fields,) = csv.reader(io.StringIO(row, newline=""), delimiter=delimiter)
    assert fields[2] == label
    assert fields[4] == fields[8] == message
    assert len(fields) == header_line(config).count(delimiter) + 1


@settings(max_examples=60, deadline=None)
@given(label=st.text(max_size=12), body=st.text(max_size=20))
def test_any_text_gives_well_formed_xml(sample, label: str, body: str) -> None:
    config = SaveConfig(xml=True, response_data=True)
    made = sample(label, failure_message=body)
    made.text = body
    made.assertions = [AssertionResult(label, body)]
    root = etree.fromstring("\n".join(sample_lines(made, config)).encode())
    printable = all(c in "\t\n\r" or " " <= c <= "\ud7ff" for c in label + body)
    if printable:
        assert root.get("lb") == label
        assert (root.findtext("responseData") or "") == body


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.b-1", "a.b-1"),
        ("a_b", "a__b"),
        (" v", "_.0020v"),
        ("a b", "a_.0020b"),
        ("1a", "_.0031a"),
        ("$x", "_-x"),
        ("é", "é"),
    ],
)
def test_variables_are_attributes_named_as_xstream_names_them(sample, name: str, written: str) -> None:
    made = sample()
    made.variables = ("v",)
    root = etree.fromstring("\n".join(sample_lines(made, SaveConfig(xml=True, variables=(name,)))).encode())
    assert root.get(written) == "v"


def test_request_parts_are_taken_from_sampler_data(sample) -> None:
    made = sample("form", sampler_data="POST http://h/p\n\nPOST data:\na=1&b=2\n\nCookie Data:\nk=v\n")
    made.code, made.response_headers = "302", "HTTP/1.1 302 Found\nLocation: /next\n"
    lines = "\n".join(sample_lines(made, SaveConfig(xml=True, sampler_data=True)))
    root = etree.fromstring(lines)
    assert [root.findtext(tag) for tag in ("cookies", "method", "queryString", "redirectLocation")] == [
        "k=v",
        "POST",
        "a=1&b=2",
        "/next",
    ]


def test_table_of_texts_is_bounded() -> None:
    quoted = QuotedTexts(",")
    for number in range(TABLE_SIZE + 10):
        assert quoted[f"label {number}"] == f"label {number}"
    assert len(quoted) <= TABLE_SIZE


def test_secrets_are_masked_in_rows(sample, tmp_path: Path) -> None:
    from silhouette_plan.results.secrets import masking

    files = ResultFiles(mask=masking(["s3cr€t/x", "a", ""]))
    for name, xml in (("a.csv", False), ("a.xml", True)):
        writer = files.open(tmp_path / name, SaveConfig(xml=xml, response_data=True))
        made = sample("GET s3cr€t/x", url="http://h/?t=s3cr%E2%82%ACt%2Fx", message="a banana")
        made.text = '{"token": "s3cr€t/x"}'
        made.assertions = [AssertionResult("body contains s3cr€t/x", "no s3cr€t/x")]
        made.passed_assertions = ["not s3cr€t/x"]
        writer.on_samples([made])
    files.close()
    for name in ("a.csv", "a.xml"):
        content = (tmp_path / name).read_text(encoding="utf-8")
        assert "s3cr" not in content
        assert "a banana" in content


def test_properties_switch_columns() -> None:
    prefix = "jmeter.save.saveservice."
    config = config_from_properties(
        {
            f"{prefix}latency": "false",
            f"{prefix}url": "FALSE",
            f"{prefix}hostname": "true",
            f"{prefix}timestamp_format": "yyyy/MM/dd HH:mm:ss.SSS",
            f"{prefix}default_delimiter": "\\t",
            "sample_variables": "a, b,",
        }
    )
    header = header_line(config)
    assert header.split("\t")[-5:] == ["Hostname", "IdleTime", "Connect", '"a"', '" b"']
    assert "Latency" not in header
    assert "URL" not in header
    assert config_from_properties({f"{prefix}timestamp_format": "none"}).timestamp is False


@pytest.mark.parametrize(
    "property_", [("default_delimiter", "x"), ("default_delimiter", ",,"), ("timestamp_format", "yyyy QQ")]
)
def test_bad_properties_are_refused(property_: tuple[str, str]) -> None:
    with pytest.raises(PlanError, match="RS004"):
        config_from_properties({f"jmeter.save.saveservice.{property_[0]}": property_[1]})


def test_stamps_are_written_by_pattern(sample) -> None:
    config = config_from_properties({"jmeter.save.saveservice.timestamp_format": "yyyy-MM-dd, HH:mm:ss.SSS"})
    made = sample()
    assert config.stamp_format is not None
    stamp = config.stamp_format.write(made.start)
    assert row_renderer(config)(made).startswith(f'"{stamp}",12,')
    assert config.stamp_format.read(stamp) == made.start


class TestExistingFiles:
    def test_append_adds_rows_without_a_second_header(self, sample, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        first = written([sample("one")], path, SaveConfig())
        assert written([sample("two")], path, SaveConfig()).startswith(first)
        assert [s.label for s in read_jtl(path)] == ["one", "two"]

    def test_append_ends_a_half_row_first(self, sample, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        whole = written([sample("one"), sample("two")], path, SaveConfig())
        path.write_text(whole[:-9], encoding="utf-8")
        written([sample("three")], path, SaveConfig())
        skipped: list[str] = []
        read = [s.label for s in read_jtl(path, lambda line, why: skipped.append(why))]
        assert read == ["one", "three"]
        assert len(skipped) == 1

    def test_append_refuses_a_file_of_other_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("name,age\nJoe,7\n", encoding="utf-8")
        with pytest.raises(PlanError, match="RS003"):
            ResultFiles().open(path, SaveConfig())
        assert path.read_text(encoding="utf-8") == "name,age\nJoe,7\n"

    def test_append_goes_on_in_a_finished_xml(self, sample, tmp_path: Path) -> None:
        path = tmp_path / "r.xml"
        written([sample("one")], path, SaveConfig(xml=True))
        again = written([sample("two")], path, SaveConfig(xml=True))
        assert [e.get("lb") for e in etree.fromstring(again.encode())] == ["one", "two"]

    def test_another_file_is_refused_or_replaced(self, sample, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("anything", encoding="utf-8")
        with pytest.raises(PlanError, match="RS003"):
            ResultFiles(Existing.APPEND).open(path, SaveConfig())
        files = ResultFiles(Existing.REPLACE)
        files.open(path, SaveConfig()).on_samples([sample("one")])
        files.close()
        assert [s.label for s in read_jtl(path)] == ["one"]

    @pytest.mark.parametrize("existing", Existing)
    def test_two_runs_do_not_write_one_file(self, sample, tmp_path: Path, existing: Existing) -> None:
        path = tmp_path / "r.jtl"
        first = ResultFiles()
        first.open(path, SaveConfig()).on_samples([sample()])
        with pytest.raises(PlanError, match="another run is writing"):
            ResultFiles(existing).open(path, SaveConfig())
        first.close()
        assert len(list(read_jtl(path))) == 1

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(PlanError, match="RS002"):
            ResultFiles().open(tmp_path, SaveConfig())

    def test_folders_are_made(self, sample, tmp_path: Path) -> None:
        assert "one" in written([sample("one")], tmp_path / "a" / "b" / "r.csv", SaveConfig())

    def test_an_open_file_is_a_valid_prefix(self, sample, tmp_path: Path) -> None:
        files = ResultFiles()
        writer = files.open(tmp_path / "r.xml", SaveConfig(xml=True))
        writer.on_samples([sample("one")])
        writer.file.flush()
        prefix = (tmp_path / "r.xml").read_text(encoding="utf-8")
        assert [e.get("lb") for e in etree.fromstring(f"{prefix}</testResults>".encode())] == ["one"]
        files.close()


def test_descriptors_are_closed(sample, tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for number in range(5):
        written([sample()], tmp_path / f"{number}.csv", SaveConfig())
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert after == before
