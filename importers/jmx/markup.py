"""Text-level repair: markup that is not well-formed is made so, each mend reported, no text lost.

The text is walked once, mark by mark, with a stack of open tags, under what is known of the format:

1. A scalar property (``stringProp`` …) holds text and nothing else. In it only its own end tag is markup, or a tag that
   can be no text: an open ancestor's end tag, a property with a name, an element with its classes. That ends it.
2. Elements and ``hashTree`` stand in a ``hashTree`` only; when one begins, properties still open have lost their end.
3. An end tag closes the nearest open tag of its name; what is open above it has lost its own.

A mend never adds or takes a line break, so that lines stay what they are in the file. The result is parsed strictly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher

from silhouette_plan.importers.jmx.attributes import REFERENCE, mended, well_formed
from silhouette_plan.importers.jmx.findings import Findings, Refused
from silhouette_plan.importers.jmx.raw import PROPERTY_TAGS, SCALAR_TAGS

from silhouette_plan.plan.records import record

MOST_MENDS = 1000
"""Broken tags that are mended in one file; beyond that it is no plan that was damaged. Bounds the work, too."""

_ROOT = "jmeterTestPlan"
_MARK = re.compile(r"[<&]|\]\]>")
_START = re.compile(r"""<([A-Za-z_][\w.:$-]*+)((?:[^<>"']++|"[^"\n]{0,2000}+"|'[^'\n]{0,2000}+'){0,60}+)>""")
_TORN_START = re.compile(r"<([A-Za-z_][\w.:$-]*+)([^<>\n]{0,2000}+)>?")
_END = re.compile(r"</\s*+([^\s<>/]*+)[^<>\n]{0,200}+>")
_CLASSES = re.compile(r"\b(?:testclass|guiclass)\s*=")
_NAMED = re.compile(r"\bname\s*=")
_COMMENT_OR_BLANK = re.compile(r"(?:\s|<!--.*?-->|<\?(?!xml\s).*?\?>)*", re.DOTALL)


def mend(text: str, findings: Findings) -> str:
    """``text`` made well-formed.

    Raises:
        Refused: no JMeter plan, or broken beyond mending.
    """
    start = text.find(f"<{_ROOT}")
    if start < 0:
        code, message = ("JX003", "there is no “jmeterTestPlan” in the file") if re.search(r"<[A-Za-z]", text) else (
            "JX002", "the file is not XML"
        )  # fmt: skip
        findings.add(code, message, hint="a .jmx is the XML file that JMeter saves")
        raise Refused
    return _Mender(text, findings).run(start)


@record
class _Open:
    """A tag that is open. ``tree``: it is ``hashTree`` or the root, which alone hold elements."""

    name: str
    line: int
    tree: bool


class _Mender:
    def __init__(self, text: str, findings: Findings) -> None:
        self.text = text
        self.findings = findings
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.out: list[str] = []
        self.stack: list[_Open] = []
        self.mends = 0
        self.ampersand_line = 0
        self.missing: set[str] = set()

    def line(self, at: int) -> int:
        return bisect_right(self.breaks, at - 1) + 1

    def ending(self, mark: str, at: int) -> int:
        """Where ``mark`` stands next, −1 for nowhere; what was once looked for in vain is not looked for again."""
        found = -1 if mark in self.missing else self.text.find(mark, at)
        if found < 0:
            self.missing.add(mark)
        return found

    def report(self, code: str, message: str, at: int) -> None:
        self.mends += 1
        if self.mends > MOST_MENDS:
            self.findings.add("JX008", f"more than {MOST_MENDS} places are broken", self.line(at))
            raise Refused
        self.findings.add(code, message, self.line(at))

    def run(self, start: int) -> str:
        self._before(start)
        at = start
        while at < len(self.text):
            mark = _MARK.search(self.text, at)
            if mark is None:
                self.out.append(self.text[at:])
                break
            self.out.append(self.text[at : mark.start()])
            at = self._mark(mark[0], mark.start())
            if not self.stack:
                self._after(at)
                return "".join(self.out)
        self._close_to(0, len(self.text), "the file ends before it is closed")
        return "".join(self.out)

    def _before(self, start: int) -> None:
        head = self.text[:start]
        rest = head[_match_end(_COMMENT_OR_BLANK, head) :]
        if rest:
            declaration = rest.startswith("<?xml")
            code, what = ("JX108", "an XML declaration") if declaration else ("JX109", f"“{_short(rest)}”")
            self.report(code, f"{what} stands before the plan", len(head) - len(rest))
        self.out.append("\n" * head.count("\n"))

    def _after(self, at: int) -> None:
        rest = self.text[at:]
        rest = rest[_match_end(_COMMENT_OR_BLANK, rest) :]
        if rest:
            self.report("JX109", f"“{_short(rest)}” stands after the plan", len(self.text) - len(rest))

    def _mark(self, mark: str, at: int) -> int:
        """Deal with the mark at ``at``; gives where to go on."""
        if mark == "&":
            return self._ampersand(at)
        if mark == "]]>":
            self.out.append("]]&gt;")
            return at + 3
        for opening, reader in _READERS:
            if self.text.startswith(opening, at):
                after = reader(self, at)
                return after if after is not None else self._stray(at)
        return self._stray(at)

    def _ampersand(self, at: int) -> int:
        reference = REFERENCE.match(self.text, at)
        if reference:
            self.out.append(reference[0])
            return reference.end()
        line = self.line(at)
        if line != self.ampersand_line:
            self.ampersand_line = line
            around = self._around(at)
            self.findings.add("JX102", f"“&” is read as text in “{around}”", line)
        self.out.append("&amp;")
        return at + 1

    def _stray(self, at: int) -> int:
        self.report("JX101", f"“<” is read as text in “{self._around(at)}”", at)
        self.out.append("&lt;")
        return at + 1

    def _around(self, at: int) -> str:
        first = self.text.rfind("\n", 0, at) + 1
        last = self.text.find("\n", at)
        return self.text[max(first, at - 20) : min(at + 20, last if last >= 0 else len(self.text))].strip()

    def _comment(self, at: int) -> int | None:
        end = self.ending("-->", at + 4)
        if end < 0:
            self.report("JX111", "this comment never ends; it is read as text", at)
            self.out.append("&lt;")
            return at + 1
        inner = self.text[at + 4 : end]
        if "--" in inner or inner.endswith("-"):
            self.report("JX111", "“--” stands in a comment", at)
            inner = inner.replace("--", "- -").replace("--", "- -") + " "
        self.out.append(f"<!--{inner}-->")
        return end + 3

    def _cdata(self, at: int) -> int | None:
        end = self.ending("]]>", at)
        if end < 0:
            return None
        self.out.append(self.text[at : end + 3])
        return end + 3

    def _instruction(self, at: int) -> int | None:
        end = self.ending("?>", at)
        if end < 0 or self._in_scalar():
            return None
        whole = self.text[at : end + 2]
        if whole.startswith("<?xml"):
            self.report("JX108", "an XML declaration stands inside the plan", at)
        self.out.append("\n" * whole.count("\n"))
        return end + 2

    def _in_scalar(self) -> bool:
        return bool(self.stack) and self.stack[-1].name in SCALAR_TAGS

    def _end(self, at: int) -> int | None:
        match = _END.match(self.text, at)
        if match is None:
            return None
        name = match[1]
        depth = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].name == name), None)
        if depth is not None:
            self._close_to(depth + 1, at, f"“</{name}>” ends before it is closed")
            self._pop()
            return match.end()
        if _alike(name, self.stack[-1].name):
            self.report("JX105", f"“</{name}>” closes “{self.stack[-1].name}”", at)
            self._pop()
            return match.end()
        if self._in_scalar():
            return None
        self.report("JX104", f"“</{name}>” closes nothing", at)
        return match.end()

    def _start(self, at: int) -> int | None:
        match = _START.match(self.text, at)
        if match is None:
            match = _TORN_START.match(self.text, at)
            if match is None or not self._is_format(match[1], match[2]):
                return None
        name, attributes = match[1], match[2]
        if self._in_scalar():
            if not self._is_format(name, attributes):
                return None
            self._close_to(len(self.stack) - 1, at, f"“<{name}>” begins before it is closed")
        if self._in_tree_only(name, attributes):
            self._close_to(self._tree_depth(), at, f"“<{name}>” begins before it is closed")
        if not match[0].endswith(">") or not well_formed(attributes):
            self.report("JX106", f"the tag “{_short(match[0])}” is broken", at)
            attributes = mended(attributes)
        self.out.append(f"<{name}{attributes}>")
        if not attributes.endswith("/"):
            self.stack.append(_Open(name, self.line(at), name in (_ROOT, "hashTree")))
        return match.end()

    @staticmethod
    def _is_format(name: str, attributes: str) -> bool:
        """Whether a tag can be no text: it belongs to the format."""
        if name in SCALAR_TAGS or name in ("elementProp", "collectionProp", "mapProp"):
            return bool(_NAMED.search(attributes))
        return name in PROPERTY_TAGS or name in (_ROOT, "hashTree") or bool(_CLASSES.search(attributes))

    @staticmethod
    def _in_tree_only(name: str, attributes: str) -> bool:
        return name == "hashTree" or (name not in PROPERTY_TAGS and bool(_CLASSES.search(attributes)))

    def _tree_depth(self) -> int:
        return next((i + 1 for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].tree), len(self.stack))

    def _close_to(self, depth: int, at: int, why: str) -> None:
        """Close all that is open from ``depth`` up, before the white space that ``out`` ends with."""
        if len(self.stack) <= depth:
            return
        tail = self.out.pop() if self.out else ""
        text = tail.rstrip()
        self.out.append(text)
        while len(self.stack) > depth:
            top = self.stack[-1]
            self.report("JX103", f"“{top.name}” of line {top.line} has no end tag: {why}", at)
            self._pop()
        self.out.append(tail[len(text) :])

    def _pop(self) -> None:
        self.out.append(f"</{self.stack.pop().name}>")


_READERS = (
    ("<!--", _Mender._comment),
    ("<![CDATA[", _Mender._cdata),
    ("<?", _Mender._instruction),
    ("</", _Mender._end),
    ("<", _Mender._start),
)


def _alike(name: str, other: str) -> bool:
    return name.lower() == other.lower() or SequenceMatcher(None, name, other).ratio() > 0.75


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _short(text: str) -> str:
    words = " ".join(text[:200].split())
    return words if len(words) <= 40 else f"{words[:39]}…"
