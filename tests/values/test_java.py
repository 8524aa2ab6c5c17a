"""Java's ways: chance, dates, patterns, numbers."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silhouette_plan.values.java.date_format import date_format
from silhouette_plan.values.java.date_parse import date_parser
from silhouette_plan.values.java.numbers import decode_long, double_text, parse_int, wrap_int, wrap_long
from silhouette_plan.values.java.oro import compile_oro_regex
from silhouette_plan.values.java.patterns import MatchTooLong, PatternFault
from silhouette_plan.values.java.random import JavaRandom
from silhouette_plan.values.java.regex import compile_java_regex
from silhouette_plan.values.java.strings import hash_code, text_of, trim, utf16_length


def test_random_gives_javas_sequence() -> None:
    random = JavaRandom(42)
    drawn = (random.next_int(), random.next_int(10), random.next_int(16), random.next_long(), random.next_double())
    assert drawn == (-1170105035, 3, 10, 884324181205335268, 0.9420735430282128)
    assert (random.next_gaussian(), random.next_gaussian()) == (0.2669736057242196, -0.5252767454241688)
    assert (random.next_boolean(), round(random.next_float(), 8)) == (False, 0.36878288)
    random.set_seed(-1)
    assert [random.next_int(1000000007) for _ in range(3)] == [577549913, 943952225, 26349579]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(2.0e-3, "0.002"), (1e7, "1.0E7"), (9999999.0, "9999999.0"), (0.0009, "9.0E-4"), (1.1e-5, "1.1E-5"),
     (123456789012345678.0, "1.2345678901234568E17"), (1e21, "1.0E21"), (100.0, "100.0"), (-0.0, "-0.0"),
     (12345.678, "12345.678"), (2.2250738585072014e-308, "2.2250738585072014E-308"), (float("nan"), "NaN")],
)  # fmt: skip
def test_double_text(number: float, shown: str) -> None:
    assert double_text(number) == shown


@given(st.integers(-(2**70), 2**70))
def test_wrapping_keeps_the_low_bits(number: int) -> None:
    assert -(2**31) <= wrap_int(number) < 2**31
    assert (wrap_int(number) - number) % 2**32 == 0
    assert (wrap_long(number) - number) % 2**64 == 0


@pytest.mark.parametrize("text", ["", " 1", "1 ", "1.0", "2147483648", "0x1", "+", "٣"])
def test_parse_int_takes_digits_only(text: str) -> None:
    with pytest.raises(ValueError):
        parse_int(text)


def test_numbers_and_text() -> None:
    assert [decode_long(text) for text in ("0x1F", "#10", "017", "-5", "0")] == [31, 16, 15, -5, 0]
    assert hash_code("hello") == 99162322
    assert (utf16_length("a😀"), trim(" \x01a\u00a0 "), text_of(None)) == (3, "a\u00a0", "null")


@pytest.mark.parametrize("compile_regex", [compile_java_regex, compile_oro_regex])
def test_a_match_that_explodes_is_stopped(compile_regex: object) -> None:
    pattern = compile_oro_regex("(a+)+$") if compile_regex is compile_oro_regex else compile_java_regex("(a+)+$")
    begun = time.perf_counter()
    with pytest.raises(MatchTooLong):
        pattern.search("a" * 50_000 + "b")
    assert time.perf_counter() - begun < 1


JAVA = [
    (r"[a-z&&[^b]]+", "bac", "ac"), (r"(?s)a.b", "a\nb", "a\nb"), ("a.b", "a\rb", None), (r"\Qa.b\E", "a.b", "a.b"),
    (r"\p{Alpha}+", "é1ab", "ab"), (r"(?<n>x)\k<n>", "xx", "xx"), ("(?i:AB)c", "abc", "abc"), (r"\p{L}+", "é", "é"),
    (r"[^\]]+", "]ab", "ab"), (r"\w+", "éa", "a"), (r"\x{41}", "A", "A"), (r"[\w-]+", "a-b", "a-b"), (r"a\z", "a\n", None),
    (r"(?<=a)b", "ab", "b"), (r"\h+", "a\t b", "\t "), ("[a[bc]]+", "xabc", "abc"), (r"\d", "٣", None), (r"a++b", "aab", "aab"),
]  # fmt: skip
ORO = [
    ("[[]a", "[a", "[a"), (r"\w+", "é", "é"), ("a.b", "a\rb", "a\rb"), ("[a--b]", "-", "-"), ("[&&]", "&", "&"),
    ("[[:alpha:]]+", "1ab", "ab"), (r"\/x", "/x", "/x"), (r'"id":"([^"]+)"', '{"id":"7"}', '"id":"7"'),
    ("(?s)<(.+?)>", "<a\n>", "<a\n>"), (r"a\Z", "a\n", "a"), (r"[\d.]+", "v1.2", "1.2"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "found"), JAVA)
def test_java_patterns(pattern: str, text: str, found: str | None) -> None:
    match = compile_java_regex(pattern).search(text)
    assert (match and match[0]) == found


@pytest.mark.parametrize(("pattern", "text", "found"), ORO)
def test_oro_patterns(pattern: str, text: str, found: str | None) -> None:
    match = compile_oro_regex(pattern).search(text)
    assert (match and match[0]) == found


@pytest.mark.parametrize("pattern", ["(", ")", "[a", "a**", "\\", "(?<=a)b"])
def test_bad_patterns(pattern: str) -> None:
    with pytest.raises(PatternFault):
        compile_oro_regex(pattern)


@given(st.text(alphabet=r"ab\[](){}*+?|^$.&-:,0xQEdp"))
def test_patterns_compile_or_say_why(pattern: str) -> None:
    for compile_regex in (compile_java_regex, compile_oro_regex):
        with suppress(PatternFault):
            compile_regex(pattern)


def test_java_split_and_replacement() -> None:
    assert compile_java_regex(",").split("a,,b,,") == ["a", "", "b"]
    assert compile_java_regex("").split("abc") == ["a", "b", "c"]
    assert compile_java_regex(r"(\d)").replace("a1b2", r"<$1\$>") == "a<1$>b<2$>"
    assert compile_java_regex("a").replace("aa", "b", 1) == "ba"
    with pytest.raises(ValueError):
        compile_java_regex("a").replace("a", "$5")


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2100, 1, 1)))
def test_dates_come_back(moment: dt.datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    pattern = "EEEE d MMMM yyyy HH:mm:ss.SSS"
    text = date_format(pattern, "fr_FR")(moment.replace(tzinfo=dt.UTC))
    fields = date_parser(pattern, "fr_FR")(text)
    assert dt.datetime.combine(fields.date(), fields.time()) == moment


@pytest.mark.parametrize("pattern", ["T", "yyyyT", "'open", "ddd", "]", "{", "aa", "VVV", "cc"])
def test_bad_date_patterns(pattern: str) -> None:
    with pytest.raises(ValueError):
        date_format(pattern)


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(ValueError, match="xx_YY"):
        date_format("MMM", "xx_YY")
