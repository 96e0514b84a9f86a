"""What the comparison of reports finds, as dataclasses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from rashomon._article import Anchor, Article, Span
from rashomon._decode import Context, decode, renamed, span_in

if TYPE_CHECKING:
    from rashomon._rashomon import Collated


@dataclass(frozen=True, slots=True)
class Join:
    """Why an article belongs to a story: the article closest to it, how sure, by which rule, and the reasons in words."""

    article: str
    nearest: str
    score: float
    rule: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """Articles of one owner, by the list of owners that was given."""

    owner: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Independent:
    """How many accounts are independent, at least and at most; ``accounts`` holds the ids of the articles of each."""

    low: int
    high: int
    accounts: tuple[tuple[str, ...], ...]
    owners: tuple[Owned, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that was changed inside a passage."""

    kind: str
    source_span: Span = span_in("source")
    derived_span: Span = span_in("derived")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between two reports, or between a report and a source that is not among them (``source`` is then None).

    ``kind`` is ``revision``, ``reprint``, ``excerpt``, ``rewrite``, ``translation``, ``common-source`` or ``credit``;
    ``evidence`` pairs matching passages, source side first.
    """

    source: str | None
    source_name: str | None
    derived: str
    kind: str
    directed: bool
    declared: bool
    score: float
    rule: str
    reasons: tuple[str, ...]
    evidence: tuple[tuple[Anchor, Anchor], ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words that differs from the best-attested wording."""

    kind: str
    best_span: Span = span_in("best.article")
    form_span: Span = span_in("article")
    negation: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an utterance: ``relation`` is ``verbatim``, ``truncated``, ``altered``, ``reworded`` or ``fragment``."""

    article: str
    span: Span
    kind: str
    speaker_span: Span | None
    cue_span: Span | None
    relation: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing that somebody said, with every form it takes."""

    id: str
    speaker: str | None
    other_speakers: tuple[str, ...]
    text: str
    best: Anchor
    rule: str
    forms: tuple[Form, ...]

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(it.relation)}</td><td>{escape(it.article)}</td><td>{it.span.start}–{it.span.end}</td></tr>"
            for it in self.forms
        )
        who = escape(self.speaker or "unknown speaker")
        return f"<blockquote>“{escape(self.text)}”<footer>— {who}</footer></blockquote><table>{rows}</table>"


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values in conflict."""

    value: str
    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that cannot all be right; ``update`` where the later one only brings the earlier up to date."""

    kind: str
    update: bool
    rule: str
    reason: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that reports of the story state.

    ``omitted`` lists the articles that do not say it; ``unclear`` sentences of others that may; ``alone`` the parts of
    ``text`` for which no other article has words.
    """

    id: str
    text: str
    wording: Anchor
    status: str
    said_by: str | None
    background: bool
    hedged: tuple[Anchor, ...]
    alone: tuple[Anchor, ...]
    weight: float
    rule: str
    carried: tuple[Anchor, ...]
    omitted: tuple[str, ...]
    unclear: tuple[Anchor, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened or was to happen at a time."""

    id: str
    start: str
    end: str
    text: str
    wording: Anchor
    planned: bool
    rule: str
    mentions: tuple[Anchor, ...]
    misleading: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two versions; a span is None where the words are not in that version."""

    kind: str
    trivial: bool
    touches: tuple[str, ...]
    from_span: Span | None = span_in("from")
    to_span: Span | None = span_in("to")
    from_text: str | None = None
    to_text: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed between two versions of one report (``before`` and ``after`` are ids), facts before style."""

    before: str = renamed("from")
    after: str = renamed("to")
    rule: str = ""
    changes: tuple[Change, ...] = ()

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(it.kind)}</td><td>{escape(', '.join(it.touches)) or 'style'}</td></tr>"
            for it in self.changes
        )
        return f"<p>{escape(self.before)} → {escape(self.after)}</p><table>{rows}</table>"


@dataclass(frozen=True, slots=True)
class Term:
    """One term for a thing; ``loaded`` are the loaded words in it."""

    text: str
    article: str
    span: Span
    loaded: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Framing:
    """The names that different reports give one thing."""

    referent: str
    rule: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class VoiceShare:
    """How many quoted words one speaker gets in one article."""

    article: str
    words: int


@dataclass(frozen=True, slots=True)
class Voice:
    """How many quoted words one speaker gets."""

    speaker: str
    words: int
    articles: tuple[VoiceShare, ...]
    evidence: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of one event, and how they relate. ``articles`` are ids, the oldest first."""

    id: str
    headline: str
    articles: tuple[str, ...]
    joins: tuple[Join, ...]
    independent: Independent
    lineage: tuple[Relation, ...]
    quotes: tuple[Utterance, ...]
    points: tuple[Point, ...]
    timeline: tuple[Event, ...]
    revisions: tuple[Revision, ...]
    framing: tuple[Framing, ...]
    voices: tuple[Voice, ...]

    def _repr_html_(self) -> str:
        low, high = self.independent.low, self.independent.high
        points = "".join(f"<li>{escape(it.text)} <small>({escape(it.status)})</small></li>" for it in self.points[:12])
        return (
            f"<h4>{escape(self.headline)}</h4><p>{len(self.articles)} reports, {low} to {high} independent accounts</p>"
            f"<ul>{points}</ul>"
        )


class Collation:
    """The full comparison of one or a few stories: what ``rashomon collate`` shows.

    In a notebook it shows itself as the report. ``to_json`` gives the document of the program, byte for byte.

    >>> import rashomon
    >>> found = rashomon.collate([
    ...     {"id": "a", "text": "Nine barges ran aground at Tarvel when the lock failed on 4 May 2031."},
    ...     {"id": "b", "text": "Seven barges ran aground at Tarvel when the lock failed on 4 May 2031."},
    ... ])
    >>> len(found.stories), sorted(found.stories[0].articles)
    (1, ['a', 'b'])
    >>> found.to_html().startswith("<!doctype html>")
    True
    """

    __slots__ = ("_articles", "_inner", "_json", "_stories")

    def __init__(self, json: str, inner: Collated | None = None) -> None:
        self._json = json
        self._inner = inner
        self._articles: dict[str, Article] | None = None
        self._stories: tuple[Story, ...] | None = None

    def _read(self) -> None:
        data = json.loads(self._json)
        articles = [Article(json.dumps(it, ensure_ascii=False, separators=(",", ":"))) for it in data["articles"]]
        self._articles = {it.id: it for it in articles}
        context = Context({it["id"]: it["text"] for it in data["articles"]})
        self._stories = tuple(decode(Story, it, context) for it in data["stories"])

    @property
    def articles(self) -> Mapping[str, Article]:
        """All articles, annotated, by their ids."""
        if self._articles is None:
            self._read()
        assert self._articles is not None
        return self._articles

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories, each with what was found."""
        if self._stories is None:
            self._read()
        assert self._stories is not None
        return self._stories

    def text(self, anchor: Anchor) -> str:
        """The words that an anchor points at."""
        return anchor.span.of(self.articles[anchor.article].text)

    def _engine(self) -> Collated:
        if self._inner is None:
            from rashomon._rashomon import Collated

            self._inner = Collated(self._json)
        return self._inner

    def to_json(self) -> str:
        """The document that ``rashomon collate --format json`` prints."""
        return self._json

    def to_html(self, story: str | None = None) -> str:
        """The report as one page that needs no network; of one story, if its id is given."""
        return self._engine().html(story)

    def to_markdown(self, evidence: bool = False, story: str | None = None) -> str:
        """The report as Markdown; with ``evidence`` also the words that each statement rests on."""
        return self._engine().markdown(evidence, story)

    def to_text(self, width: int = 80, evidence: bool = False, story: str | None = None) -> str:
        """The report as text of so many columns."""
        return self._engine().text(width, evidence, story)

    def to_graphml(self) -> str:
        """The graph of who took from whom as GraphML, for Gephi, Cytoscape, yEd or networkx."""
        return self._engine().graphml()

    def to_prov_json(self) -> str:
        """The same as PROV-JSON (W3C Member Submission)."""
        return self._engine().prov_json()

    def to_annotations(self) -> str:
        """Points, quotations and lineage as Web Annotations (W3C), JSON-LD."""
        return self._engine().interchange("annotations")

    def to_jsonld(self) -> str:
        """Articles, claims and quotations in the vocabulary of schema.org."""
        return self._engine().interchange("jsonld")

    def to_tei(self) -> str:
        """The wordings of quotations as a critical apparatus (TEI P5)."""
        return self._engine().interchange("tei")

    def to_csv(self) -> str:
        """One row for every place that a statement rests on."""
        return self._engine().interchange("csv")

    def to_ninjs(self) -> str:
        """Reports, what they took from each other, and stories as items of ninjs 3 (IPTC), one a line."""
        return self._engine().interchange("ninjs")

    def _repr_html_(self) -> str:
        page = escape(self.to_html(), quote=True)
        return f'<iframe srcdoc="{page}" sandbox="allow-scripts" style="width:100%;height:42em;border:0"></iframe>'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collation) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Collation, (self._json,))

    def __repr__(self) -> str:
        return f"Collation({len(self.stories)} stories, {len(self.articles)} articles)"
