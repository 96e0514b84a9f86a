"""JSON of the engine to dataclasses, with spans in characters.

The engine counts bytes of UTF-8; Python counts characters. Which text a span points into is told by the data: most lie in the
article that the same object names, and a field that does not says so where it is declared (``span_in("best.article")``).
"""

from __future__ import annotations

import dataclasses
import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_WIDE = re.compile(r"[^\x00-\x7f]")


class Characters:
    """From offsets into the UTF-8 bytes of one text to offsets into its characters."""

    __slots__ = ("_ends", "_extra")

    def __init__(self, text: str) -> None:
        # Behind each character of several bytes: where it ends in bytes, and how many bytes too many there are up to there.
        self._ends: list[int] = []
        self._extra: list[int] = [0]
        extra = 0
        for it in _WIDE.finditer(text):
            more = len(it.group().encode("utf-8", "surrogatepass")) - 1
            extra += more
            self._ends.append(it.start() + extra + 1)
            self._extra.append(extra)

    def __call__(self, at: int) -> int:
        ends = self._ends
        if not ends or at < ends[0]:
            return at
        n = bisect_left(ends, at)
        if n < len(ends) and ends[n] == at:
            n += 1
        return at - self._extra[n]


Texts = Mapping[str, str]


class Context:
    """The texts that spans may point into, and the objects that are being read, the innermost last."""

    __slots__ = ("_characters", "_texts", "path")

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._characters: dict[str, Characters] = {}
        self.path: list[Mapping[str, Any]] = []

    def lookup(self, where: str) -> Any:
        """The value at ``where`` in the innermost object that has its first key."""
        first, *rest = where.split(".")
        for it in reversed(self.path):
            if first in it:
                value: Any = it[first]
                for key in rest:
                    value = value[key]
                return value
        return None

    def characters(self, article: Any) -> Characters | None:
        """How to count in the text of an article; nothing if its text is not at hand."""
        if article not in self._texts:
            return None
        if article not in self._characters:
            self._characters[article] = Characters(self._texts[article])
        return self._characters[article]


Reader = Callable[[Any, Context], Any]
_readers: dict[str, Reader] = {}


def span_in(where: str) -> Any:
    """A field of spans that lie in the article whose id stands at ``where``."""
    return dataclasses.field(metadata={"where": where})


def renamed(key: str) -> Any:
    """A field that has another name in JSON."""
    return dataclasses.field(metadata={"key": key})


def decode(kind: type, value: Any, context: Context) -> Any:
    """``value`` as an object of the dataclass ``kind``."""
    return _object(kind)(value, context)


def _object(kind: type) -> Reader:
    name = kind.__name__
    if name in _readers:
        return _readers[name]
    # Objects within themselves find the reader that is being made.
    _readers[name] = lambda value, context: made(value, context)
    fields: list[tuple[str, Reader | None, Any]] = []
    for field in dataclasses.fields(kind):
        key = field.metadata.get("key", field.name)
        default: Any = () if str(field.type).startswith("tuple[") else None
        if str(field.type) == "bool":
            default = False
        fields.append((key, _of(str(field.type), kind, field.metadata.get("where", "article")), default))

    def made(value: Any, context: Context) -> Any:
        context.path.append(value)
        out = []
        for key, reader, default in fields:
            it = value.get(key, default)
            out.append(it if reader is None or it is None else reader(it, context))
        context.path.pop()
        return kind(*out)

    _readers[name] = made
    return made


def _of(annotation: str, kind: type, where: str) -> Reader | None:
    annotation = annotation.removesuffix(" | None")
    if annotation.startswith("tuple["):
        inner = annotation[len("tuple[") : -1]
        if not inner.endswith(", ..."):
            readers = [_of(it.strip(), kind, where) for it in inner.split(",")]
            return lambda value, context: tuple(
                it if reader is None else reader(it, context) for reader, it in zip(readers, value)
            )
        each = _of(inner.removesuffix(", ..."), kind, where)
        if each is None:
            return lambda value, _: tuple(value)
        return lambda value, context: tuple([each(it, context) for it in value])
    if annotation == "Span":
        return _span(where)
    found = getattr(sys.modules[kind.__module__], annotation, None)
    if dataclasses.is_dataclass(found) and isinstance(found, type):
        return _object(found)
    return None


def _span(where: str) -> Reader:
    def read(value: Sequence[int], context: Context) -> Any:
        from rashomon._article import Span

        start, end = value
        count = context.characters(context.lookup(where))
        if count is None:
            return Span(start, end, (start, end))
        return Span(count(start), count(end), (start, end))

    return read
