"""CSV Data Set Config (``org.apache.jmeter.config.CSVDataSet``).

All elements that name the same file the same way read on from one cursor, unless ``share`` keeps it to a group, a user or
a name of its own. A row with fewer fields than names leaves the other variables as they are. The end of the file, and a
line with nothing in it, either ends the user or sets every variable to ``<EOF>``.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.data.csv_file import BadRow, DataFile, split_row
from silhouette_plan.plan.configs import CsvDataSet
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, text_of
from silhouette_plan.program.steps import DataStep
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import StopUser
from silhouette_plan.values.user import User

_ALL, _GROUP, _THREAD = "shareMode.all", "shareMode.group", "shareMode.thread"
_EOF_PROPERTY = "csvdataset.eofstring"


class _Source(NamedTuple):
    """What one user reads: the cursor, the variables, and whether the first line is none of the data."""

    file: DataFile
    names: tuple[str, ...]
    skip_first: bool


def csv_data_set(node: CsvDataSet, build: Build) -> DataStep:
    """``CSVDataSet``: takes the next row at each iteration."""
    _look_at_encoding(node, build)
    key = object()
    open_source = _opener(node, build)
    delimiter_of = text_of(build, node, node.delimiter)
    quoted_of = flag_of(build, node, node.quoted)
    recycle_of = flag_of(build, node, node.recycle)
    stop_of = flag_of(build, node, node.stop_at_end)
    end_text = build.properties.get(_EOF_PROPERTY, "<EOF>")

    def advance(user: User) -> None:
        delimiter = _delimiter(delimiter_of(user))
        source = user.state.get(key)
        if source is None:
            source = user.state[key] = open_source(user, delimiter)
        row = _next_row(user, source, delimiter, quoted=quoted_of(user), recycle=recycle_of(user))
        user.variables.update(zip(source.names, row, strict=False))
        if not row:
            if stop_of(user):
                raise StopUser
            user.variables.update(dict.fromkeys(source.names, end_text))

    return DataStep(advance=advance)


def _delimiter(text: str) -> str:
    return "\t" if text == "\\t" else text or ","


def _next_row(user: User, source: _Source, delimiter: str, *, quoted: bool, recycle: bool) -> Sequence[str]:
    try:
        if quoted:
            return source.file.row(delimiter[0], recycle=recycle, skip_first=source.skip_first)
        line = source.file.line(recycle=recycle, skip_first=source.skip_first)
        return line.split(delimiter) if line else ()
    except BadRow as problem:
        user.run.finding("EL013", str(problem))
        return ()
    except (OSError, LookupError) as problem:
        raise _unreadable(user, str(problem)) from None


def _unreadable(user: User, problem: str) -> StopUser:
    """JMeter ends the user whose data file cannot be read, and only that user."""
    user.run.finding("EL007", problem)
    return StopUser()


def _opener(node: CsvDataSet, build: Build) -> Callable[[User, str], _Source]:
    """What a user does at its first iteration: it finds the cursor and the names of the variables."""
    file_of = _file_of(node, build)
    encoding_of = text_of(build, node, node.encoding)
    names_of = text_of(build, node, node.variables)
    share_of = text_of(build, node, node.share)
    ignore_of = flag_of(build, node, node.ignore_first_line)

    def open_source(user: User, delimiter: str) -> _Source:
        path, written = file_of(user)
        file = _shared(user, share_of(user), written, lambda: DataFile(path, encoding_of(user).strip()))
        names, ignore = names_of(user), ignore_of(user)
        try:
            header = file.read_header() if ignore or not names else None
        except (OSError, LookupError) as problem:
            raise _unreadable(user, str(problem)) from None
        if names:
            return _Source(file, _names(names), ignore)
        if header is None:
            raise _unreadable(user, f"Could not read file header line for file {written}")
        return _Source(file, _header_names(user, header, delimiter), True)

    return open_source


def _names(text: str) -> tuple[str, ...]:
    """Names between commas; empty ones do not count."""
    return tuple(trim(name) for name in text.split(",") if name)


def _header_names(user: User, header: str, delimiter: str) -> tuple[str, ...]:
    """The names in the first line."""
    try:
        fields, _ = split_row(header, delimiter[0])
    except BadRow as problem:
        raise _unreadable(user, f"Could not split CSV header line: {problem}") from None
    return tuple(map(trim, fields))


def _shared(user: User, share: str, written: str, make: Callable[[], DataFile]) -> DataFile:
    """The cursor for the file written so, within what ``share`` says."""
    if share == _THREAD:
        return _kept(user.state, user.closing, (DataFile, written), make)
    scope: object = None if share == _ALL else user.group if share == _GROUP else share
    return _kept(user.run.services, user.run.closing, (DataFile, written, scope), make)


def _kept(
    store: dict[object, DataFile], closing: list[Callable[[], None]], key: object, make: Callable[[], DataFile]
) -> DataFile:
    found = store.get(key)
    if found is None:
        found = store[key] = make()
        closing.append(found.close)
    return found


def _file_of(node: CsvDataSet, build: Build) -> Callable[[User], tuple[Path, str]]:
    """The file, and its name as the plan writes it, which is what cursors are shared by."""
    constant = build.template(node.file, node).constant
    if constant is not None:
        written = trim(constant)
        path = build.may_read(written, node)
        if path is not None and not path.is_file():
            complain(build, node, "EL007", written, hint="relative paths start at the plan's folder")
        fixed = path or build.folder / written
        return lambda user: (fixed, written)
    evaluate = text_of(build, node, node.file)

    def find(user: User) -> tuple[Path, str]:
        name = trim(evaluate(user))
        found = build.may_read(name, node) if name else None
        if found is None:
            raise _unreadable(user, f"the data file {name!r} may not be read")
        return found, name

    return find


def _look_at_encoding(node: CsvDataSet, build: Build) -> None:
    """Reports a constant encoding that does not exist."""
    encoding = (build.template(node.encoding, node).constant or "").strip()
    if encoding:
        try:
            codecs.lookup(encoding)
        except LookupError:
            complain(build, node, "EL008", encoding)
