"""What ``check`` and ``quotes`` answer, as dataclasses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from rashomon._article import Span
from rashomon._decode import Context, decode, span_in

if TYPE_CHECKING:
    from rashomon._rashomon import Table


@dataclass(frozen=True, slots=True)
class CheckedDifference:
    """One run of words that differs between what was asked (``text``) and what stands in the article (``article``)."""

    kind: str
    negation: bool
    article: str
    text: str
    article_span: Span = span_in("holder")
    text_span: Span = span_in("asked")


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """One place that holds the sentence, or something like it."""

    article: str
    source: str
    outlet: str | None
    span: Span
    quotation: str
    kind: str | None
    speaker: str | None
    cue_span: Span | None
    relation: str
    share: float
    differences: tuple[CheckedDifference, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a sentence.

    ``verdict`` is ``verbatim``, ``truncated``, ``altered``, ``negated``, ``reported``, ``denied``, ``other-speaker`` or
    ``absent``; ``nearest`` is what comes nearest where there is no form.
    """

    text: str
    verdict: str
    forms: tuple[CheckedForm, ...]
    nearest: tuple[CheckedForm, ...]

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(it.relation)}</td><td>{escape(it.speaker or '')}</td><td>{escape(it.outlet or it.source)}</td>"
            f"<td>{escape(it.quotation)}</td></tr>"
            for it in self.forms or self.nearest
        )
        return f"<p>“{escape(self.text)}”: <b>{escape(self.verdict)}</b></p><table>{rows}</table>"


def checked(line: str, texts: list[tuple[str, str]]) -> Checked:
    """The answer in ``line`` with its spans in characters of ``texts`` and of the sentence itself."""
    data = json.loads(line)
    # Inside a difference `article` means its words: the form's own article goes by another name there.
    for form in data["forms"] + data["nearest"]:
        form["holder"] = form["article"]
    data["asked"] = "\0asked"
    context = Context({**dict(texts), "\0asked": data["text"]})
    out: Checked = decode(Checked, data, context)
    return out


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One quotation as a row of the table that ``rashomon quotes`` prints; ``parts`` are its pieces where a cue breaks it."""

    quote_id: str
    utterance: str
    quotation: str
    speaker: str | None
    kind: str
    act: str
    stance: str
    article: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    span: Span
    parts: tuple[Span, ...]
    mention: str | None
    cue: str | None
    rule: str

    def _repr_html_(self) -> str:
        who = escape(self.speaker or "unknown speaker")
        where = escape(self.outlet or self.article)
        return f"<blockquote>“{escape(self.quotation)}”<footer>— {who}, in {where}</footer></blockquote>"


def quote_row(line: str) -> QuoteRow:
    """The row in ``line``."""
    it = json.loads(line)
    start, end = it["characters"]
    pairs = zip(it["parts_in_characters"], it["parts"])
    return QuoteRow(
        quote_id=it["quoteID"],
        utterance=it["utterance"],
        quotation=it["quotation"],
        speaker=it["speaker"],
        kind=it["kind"],
        act=it["act"],
        stance=it["stance"],
        article=it["article"],
        url=it["url"],
        outlet=it["outlet"],
        title=it["title"],
        published=it["published"],
        span=Span(start, end, (it["start"], it["end"])),
        parts=tuple(Span(c[0], c[1], (b[0], b[1])) for c, b in pairs),
        mention=it["mention"],
        cue=it["cue"],
        rule=it["rule"],
    )


class QuoteRows(tuple[QuoteRow, ...]):
    """All quotations, in order. ``table`` is the same in Arrow's layout, with spans in bytes."""

    table: Table

    def __new__(cls, rows: Iterator[QuoteRow], table: Table) -> QuoteRows:
        out = super().__new__(cls, tuple(rows))
        out.table = table
        return out

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_quote_rows, (tuple(self), self.table))


def _quote_rows(rows: tuple[QuoteRow, ...], table: Table) -> QuoteRows:
    return QuoteRows(iter(rows), table)
