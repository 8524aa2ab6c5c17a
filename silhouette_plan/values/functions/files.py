"""Functions over files. What they may touch is asked of the context: constant names when the plan is compiled, others
when they are known. Open files and read rows belong to the run and are shared by its users, as in JMeter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from silhouette_plan.values.codes import fault
from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.java.decimal_format import decimal_format
from silhouette_plan.values.java.numbers import parse_int
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import StopUser, ValueFault
from silhouette_plan.values.user import User

_ERROR = "**ERR**"

Allowed = Callable[[str], Path]
"""The file for a name in the plan; raises ``ValueFault`` where it is refused."""


def _allowed(occurrence: Occurrence, write: bool = False) -> Allowed:
    """Checks names against the context, and reports a constant one (parameter 0) now."""
    context = occurrence.context
    may, verb = (context.may_write, "write") if write else (context.may_read, "read")

    def find(name: str) -> Path:
        path = may(name)
        if path is None:
            raise ValueFault(f"{occurrence.name} may not {verb} {name!r}")
        return path

    constant = occurrence.constant(0)
    if constant and may(constant) is None:
        message = f"{occurrence.name} may not {verb} {constant!r}"
        hint = "move the file below the plan's folder, or allow its folder for the run"
        context.report(fault("VL003", message, context.span, hint=hint))
    return find


def _file_to_string(occurrence: Occurrence) -> Evaluate:
    name_of, encoding_of, find = occurrence.text(0), occurrence.text(1), _allowed(occurrence)

    def evaluate(user: User) -> str:
        path, encoding = find(name_of(user)), trim(encoding_of(user)) or "utf-8"
        try:
            return path.read_bytes().decode(encoding)
        except LookupError:
            raise ValueFault(f"__FileToString: unknown encoding {encoding!r}") from None
        except (OSError, ValueError) as error:
            user.run.finding("VL007", f"__FileToString: {error}")
            return _ERROR

    return evaluate


def _string_to_file(occurrence: Occurrence) -> Evaluate:
    name_of, text_of = occurrence.text(0), occurrence.text(1)
    append_of, encoding_of = occurrence.text(2), occurrence.text(3)
    find = _allowed(occurrence, write=True)

    def evaluate(user: User) -> str:
        path = find(name_of(user))
        append = trim(append_of(user)).lower() or "true"
        encoding = trim(encoding_of(user)) or "utf-8"
        try:
            with path.open("ab" if append == "true" else "wb") as file:
                file.write(text_of(user).replace("\\n", "\n").encode(encoding, "replace"))
        except (OSError, LookupError) as error:
            user.run.finding("VL007", f"__StringToFile: {error}")
            return "false"
        return "true"

    return evaluate


class _Lines:
    """The lines of one file, or of a numbered series of files, again from the start at the end."""

    def __init__(self) -> None:
        self.file: TextIO | None = None
        self.tried = False
        self.number: int | None = None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None

    def next_line(self, user: User, open_next: Callable[[], TextIO | None], series_ends: bool) -> str:
        """The next line; ``**ERR**`` where there is none. Raises ``StopUser`` at the end of a series."""
        if not self.tried:
            self.tried = True
            self.file = open_next()
            user.run.closing.append(self.close)
        line = self.file.readline() if self.file is not None else ""
        if not line and self.file is not None:
            self.close()
            self.file = open_next()
            line = self.file.readline() if self.file is not None else ""
        if self.file is None and series_ends:
            raise StopUser
        if not line:
            return _ERROR if self.file is None else "null"
        return line.removesuffix("\n")


def _number(text: str) -> int | None:
    try:
        return parse_int(text)
    except ValueError:
        return None


def _string_from_file(occurrence: Occurrence) -> Evaluate:
    name_of, start_of, end_of = occurrence.text(0), occurrence.text(2), occurrence.text(3)
    variable_of, find = occurrence.text(1, "StringFromFile_"), _allowed(occurrence)
    numbered = len(occurrence) > 2

    def evaluate(user: User) -> str:
        lines = user.run.service(occurrence, _Lines)
        end = _number(end_of(user))

        def open_next() -> TextIO | None:
            name = name_of(user)
            if numbered:
                start = _number(start_of(user))
                number = lines.number if lines.number is not None else 1 if start is None else start
                if end is not None and number > end:
                    return None
                name = name if start is None else decimal_format(name, number)
                lines.number = number + 1
            return _opened(user, find, name)

        value = lines.next_line(user, open_next, series_ends=end is not None)
        if variable := trim(variable_of(user)):
            user.variables[variable] = value
        return value

    return evaluate


def _opened(user: User, find: Allowed, name: str) -> TextIO | None:
    try:
        return find(name).open(encoding="utf-8", errors="replace")
    except OSError as error:
        user.run.finding("VL007", f"__StringFromFile: {error}")
        return None


class _Rows:
    """The rows of a file and the next that nobody has taken."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows
        self.next_row = 0

    def take(self) -> int:
        row = self.next_row
        self.next_row = (row + 1) % max(len(self.rows), 1)
        return row


class _Tables:
    """Files that ``__CSVRead`` opened in a run, by name or ``*alias``; ``default`` is the first of them."""

    def __init__(self) -> None:
        self.by_name: dict[str, _Rows] = {}
        self.default = ""

    def open(self, path: Path, name: str, delimiter: str) -> _Rows:
        rows: list[list[str]] = []
        for line in path.read_text("utf-8", "replace").splitlines():
            if not line:
                break
            rows.append(line.split(delimiter))
        table = self.by_name[name] = _Rows(rows)
        self.default = self.default or name
        return table


def _csv_read(occurrence: Occurrence) -> Evaluate:
    name_of, what_of, find = occurrence.text(0), occurrence.text(1), _csv_allowed(occurrence)

    def evaluate(user: User) -> str:
        tables = user.run.service(_Tables, _Tables)
        delimiter = user.run.properties.get("csvread.delimiter", ",") or ","
        name, what = name_of(user), what_of(user)
        taken: dict[str, int] = user.state.setdefault(_Tables, {})
        try:
            if what.startswith("*"):
                tables.open(find(name), what, delimiter)
                return ""
            key = name or tables.default
            if what in ("next", "next()"):
                taken.pop(key, None)
                return ""
            column = parse_int(what)
            table = tables.by_name.get(key) or tables.open(find(key), key, delimiter)
            if key not in taken:
                taken[key] = table.take()
            if column < 0:
                raise IndexError(f"column {column}")
            return table.rows[taken[key]][column]
        except (OSError, ValueError, IndexError) as error:
            user.run.finding("VL007", f"__CSVRead: {name}, {what}: {error}")
            return ""

    return evaluate


def _csv_allowed(occurrence: Occurrence) -> Allowed:
    """An alias is no file name."""
    if (occurrence.constant(0) or "").startswith("*"):
        return lambda name: Path(name)
    return _allowed(occurrence)


class _Nodes:
    """Texts of the nodes of a file that a path matches, handed out in turn."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.next = 0

    def take(self) -> str:
        if not self.texts:
            return ""
        text = self.texts[self.next]
        self.next = (self.next + 1) % len(self.texts)
        return text


def _xpath(occurrence: Occurrence) -> Evaluate:
    from lxml import etree

    name_of, path_of, find = occurrence.text(0), occurrence.text(1), _allowed(occurrence)

    def evaluate(user: User) -> str:
        name, path = name_of(user), path_of(user)
        file = find(name)
        try:
            nodes = user.run.service(("__XPath", name, path), lambda: _Nodes(_node_texts(file, path)))
        except (OSError, etree.Error, ValueError) as error:
            user.run.finding("VL007", f"__XPath: {name}: {error}")
            return ""
        return nodes.take()

    return evaluate


def _node_texts(file: Path, path: str) -> list[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found = etree.parse(file, parser).xpath(path)
    if not isinstance(found, list):
        return [str(found)]
    return [node if isinstance(node, str) else "".join(map(str, node.itertext())) for node in found]  # type: ignore[union-attr]


TABLE = {
    "__FileToString": Function(1, 3, _file_to_string, store=2),
    "__StringToFile": Function(2, 4, _string_to_file),
    "__StringFromFile": Function(1, 4, _string_from_file),
    "__CSVRead": Function(2, 2, _csv_read),
    "__XPath": Function(2, 2, _xpath),
}
