"""Samples as rows of a CSV JTL (``CSVSaveService``).

What a row costs counts against every request of the run. The columns are known before it, so one function is made that
joins their texts; each text comes from a table in which it was quoted once. Numbers come from the same table: most are
small and come again.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from silhouette_plan.results.jtl.fields import SaveConfig, columns_of
from silhouette_plan.results.jtl.rowfile import RowFile
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample
from silhouette_plan.results.secrets import Mask, nothing_secret

TABLE_SIZE = 16_384
"""Texts kept before the table starts afresh; bounds memory where every label or URL differs."""

DEEPEST = 11
"""Levels of sub-results that JMeter writes."""

Render = Callable[[Sample], str]


class QuotedTexts(dict[object, str]):
    """Text of a value as it stands in a row, by the value; made when it is first asked for.

    None reads ``null``. A text with the delimiter, a quote or a line break is quoted, its quotes doubled.
    """

    def __init__(self, delimiter: str, mask: Mask = nothing_secret) -> None:
        super().__init__()
        self._specials = (delimiter, '"', "\r", "\n")
        self._mask = mask

    def __missing__(self, value: object) -> str:
        text = "null" if value is None else self.quote(self._mask(str(value)))
        if len(self) >= TABLE_SIZE:
            self.clear()
        self[value] = text
        return text

    def quote(self, text: str) -> str:
        """``text`` as it stands in a row."""
        if any(special in text for special in self._specials):
            return '"' + text.replace('"', '""') + '"'
        return text


def row_renderer(config: SaveConfig, mask: Mask = nothing_secret) -> Render:
    """The function that makes a sample's row, without line end, for the columns of ``config``."""
    quoted = QuotedTexts(config.delimiter, mask)
    names: dict[str, Any] = {"q": quoted, "join": config.delimiter.join, "host": socket.gethostname()}
    texts = [column.expression for column in columns_of(config)]
    form = config.stamp_format
    if form is not None and config.timestamp:
        names["stamp"] = lambda moment: quoted.quote(form.write(moment))
        texts[0] = "stamp(s.start)"
    if config.variables:
        names["absent"] = (None,) * len(config.variables)
        texts.append("*[q[value] for value in s.variables or absent]")
    # Built from the constant table above and nothing a plan holds.
    render: Render = eval(f"lambda s: join(({''.join(f'{text},' for text in texts)}))", names)
    return render


def subresults_of(sample: Sample, level: int = 0) -> Iterator[Sample]:
    """The sub-results below ``sample`` in the order of their rows, to the depth that JMeter writes."""
    if level < DEEPEST:
        for sub in sample.subresults:
            yield sub
            yield from subresults_of(sub, level + 1)


class CsvWriter(Observer):
    """Writes each sample to ``file`` as a row, and its sub-results as rows after it."""

    def __init__(self, file: RowFile, config: SaveConfig, mask: Mask = nothing_secret) -> None:
        self.file = file
        self._add = file.add
        self._render = row_renderer(config, mask)
        self._with_subresults = config.subresults
        self._variables = bool(config.variables)

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """Adds the samples' rows."""
        add, render = self._add, self._render
        for sample in samples:
            add(render(sample))
            if sample.subresults and self._with_subresults:
                for sub in subresults_of(sample):
                    if self._variables:
                        sub.variables = sample.variables
                    add(render(sub))
