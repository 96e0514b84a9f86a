"""One article and what stands where in it, as dataclasses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rashomon._decode import Characters, Context, decode


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of a text: ``text[span.start:span.end]``.

    Attributes:
        start: the first character.
        end: the one after the last.
        bytes: the same range in bytes of the UTF-8 form, as the program prints it.

    >>> span = Span(1, 3, (1, 5))
    >>> span.of("añás")
    'ñá'
    """

    start: int
    end: int
    bytes: tuple[int, int]

    def of(self, text: str) -> str:
        """The characters it marks in ``text``."""
        return text[self.start : self.end]

    @property
    def slice(self) -> slice:
        """The range as Python slices: ``text[span.slice]``."""
        return slice(self.start, self.end)

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of one article: what every statement rests on."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Declared:
    """A source that an article itself names; the span is empty if it stands beside the text."""

    name: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch of reported speech.

    ``kind`` is ``direct``, ``indirect``, ``mixed``, ``headline`` or ``scare``; ``parts`` are the pieces between marks.
    """

    span: Span
    parts: tuple[Span, ...]
    kind: str
    act: str
    speaker: str | None
    speaker_span: Span | None
    cue_span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression (ISO-TimeML TIMEX3); ``start`` and ``end`` are days or moments as text."""

    span: Span
    type: str
    value: str
    start: str | None
    end: str | None
    rule: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a person, organization, place or other named thing; ``name`` is its full form in this article."""

    span: Span
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """One number as written in news; ``value`` is the least a vague one can mean."""

    span: Span
    value: float
    high: float | None
    unit: str | None
    approximation: str


class Article:
    """One report as retrieved, and what stands where in it.

    Its attributes are those of the JSON that ``rashomon read`` and ``rashomon annotate`` print. The layers ``sentences``,
    ``quotes``, ``times``, ``names`` and ``numbers`` are there after annotating, else empty; they are made when first asked
    for.

    >>> import rashomon
    >>> article = rashomon.annotate({"id": "x", "text": "“Møre is safe,” said Åse Lind."})[0]
    >>> article.quotes[0].span.of(article.text), article.quotes[0].speaker
    ('Møre is safe,', 'Åse Lind')
    >>> article.quotes[0].span
    Span(start=1, end=14, bytes=(3, 17))
    """

    __slots__ = ("_data", "_json", "_layers")

    def __init__(self, json: str) -> None:
        self._json = json
        self._data: dict[str, Any] | None = None
        self._layers: dict[str, Any] = {}

    def to_json(self) -> str:
        """The line that the program prints."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as a new dict, spans in bytes."""
        out: dict[str, Any] = json.loads(self._json)
        return out

    def _of(self, key: str) -> Any:
        data = self._data
        if data is None:
            data = self._data = json.loads(self._json)
        return data.get(key)

    def _layer(self, key: str, kind: type) -> Any:
        if key not in self._layers:
            context = Context({self.id: self.text})
            context.path.append({"article": self.id})
            self._layers[key] = tuple(decode(kind, it, context) for it in self._of(key) or ())
        return self._layers[key]

    def _spans(self, key: str) -> tuple[Span, ...]:
        if key not in self._layers:
            count = Characters(self.text)
            self._layers[key] = tuple(Span(count(a), count(b), (a, b)) for a, b in self._of(key) or ())
        out: tuple[Span, ...] = self._layers[key]
        return out

    @property
    def id(self) -> str:
        """As given, or 16 hexadecimal digits of the digest."""
        return str(self._of("id"))

    @property
    def source(self) -> str:
        """Path or address as given; for a row its place."""
        return str(self._of("source"))

    @property
    def url(self) -> str | None:
        """Address, where known."""
        out: str | None = self._of("url")
        return out

    @property
    def outlet(self) -> str | None:
        """Masthead that published it."""
        out: str | None = self._of("outlet")
        return out

    @property
    def title(self) -> str | None:
        """Headline."""
        out: str | None = self._of("title")
        return out

    @property
    def byline(self) -> tuple[str, ...]:
        """Authors."""
        return tuple(self._of("byline") or ())

    @property
    def published(self) -> str | None:
        """RFC 3339 in UTC, or YYYY-MM-DD where only a day is known."""
        out: str | None = self._of("published")
        return out

    @property
    def updated(self) -> str | None:
        """RFC 3339 in UTC, or YYYY-MM-DD where only a day is known."""
        out: str | None = self._of("updated")
        return out

    @property
    def language(self) -> str | None:
        """ISO 639-1 code."""
        out: str | None = self._of("language")
        return out

    @property
    def developing(self) -> bool:
        """Whether the page calls itself unfinished."""
        return bool(self._of("developing"))

    @property
    def digest(self) -> str:
        """``sha256:`` and the digest of the retrieved bytes."""
        return str(self._of("digest"))

    @property
    def text(self) -> str:
        """The text all spans point into."""
        return str(self._of("text"))

    @property
    def furniture(self) -> tuple[Span, ...]:
        """Navigation, share lines, photo credits, author boxes: marked, never cut."""
        return self._spans("furniture")

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences outside page furniture."""
        return self._spans("sentences")

    @property
    def declared(self) -> tuple[Declared, ...]:
        """Sources that the article itself names."""
        out: tuple[Declared, ...] = self._layer("declared", Declared)
        return out

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Quotations and reported speech."""
        out: tuple[Quote, ...] = self._layer("quotes", Quote)
        return out

    @property
    def times(self) -> tuple[TimeExpression, ...]:
        """Time expressions."""
        out: tuple[TimeExpression, ...] = self._layer("times", TimeExpression)
        return out

    @property
    def names(self) -> tuple[Name, ...]:
        """Mentions of named things."""
        out: tuple[Name, ...] = self._layer("names", Name)
        return out

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Numbers."""
        out: tuple[Number, ...] = self._layer("numbers", Number)
        return out

    def __getitem__(self, key: str) -> Any:
        """A column that was carried through from the input, by its name."""
        found = self._of(key)
        if found is None:
            raise KeyError(key)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Article) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Article, (self._json,))

    def __repr__(self) -> str:
        return f"Article(id={self.id!r}, outlet={self.outlet!r}, title={self.title!r}, {len(self.text)} characters)"
