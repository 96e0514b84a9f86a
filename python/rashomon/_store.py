"""A store of the program, read beside whoever writes it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from rashomon import _rashomon
from rashomon._article import Article
from rashomon._collation import Collation

Row = dict[str, Any]


class Store:
    """A store, only read: another program may watch feeds into it meanwhile.

    Rows come as dicts with the keys of the program's HTTP API; articles and collations as in the rest of the package.

    Args:
        path: the file; that of ``rashomon add --store FILE``.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        self._inner = _rashomon.Store(self._path)

    def stories(self, since: str | datetime | None = None, least_articles: int = 1) -> Iterator[Row]:
        """Stories, the one that changed last first; only those that changed since a moment (RFC 3339)."""
        moment = _moment(since)
        return _pages(lambda cursor: self._inner.stories(moment, least_articles, cursor))

    def story(self, id: str) -> Row:
        """One story; one that was merged says into which."""
        found = self._inner.story(id)
        if found is None:
            raise KeyError(f"no story {id} in the store")
        return _row(found)

    def story_articles(self, id: str) -> list[Row]:
        """The articles of a story, and why each is in it."""
        return [_row(line) for line in self._inner.story_articles(id)]

    def articles(self, since: str | datetime | None = None) -> Iterator[Row]:
        """Articles, one row an identity over its addresses and versions."""
        moment = _moment(since)
        return _pages(lambda cursor: self._inner.articles(moment, cursor))

    def article(self, key: str) -> Row:
        """One article, by its id, the beginning of it, or its address."""
        return _row(self._inner.article(key))

    def versions(self, key: str) -> list[Row]:
        """Each retrieved state of an article: when, HTTP status, digest."""
        return [_row(line) for line in self._inner.versions(key)]

    def read(self, key: str, version: int | None = None, annotated: bool = False) -> Article:
        """A version of an article, the latest if none is named."""
        return Article(self._inner.read(key, version, annotated))

    def quotes(self, words: str | None = None) -> Iterator[Row]:
        """Quotations, or only those with all of some words."""
        return _pages(lambda cursor: self._inner.quotes(words, cursor))

    def search(self, words: str) -> Iterator[Row]:
        """Articles that have all of the words, the best first."""
        return _pages(lambda cursor: self._inner.search(words, cursor))

    def alerts(self, unseen: bool = False) -> Iterator[Row]:
        """What a person should know of a story, the latest first."""
        return _pages(lambda cursor: self._inner.alerts(unseen, cursor))

    def feeds(self) -> list[Row]:
        """The feeds that are watched."""
        return [_row(line) for line in self._inner.feeds()]

    def collation(self, story: str) -> Collation:
        """The comparison of a story: the kept one if it is of the story's present articles, else one made now, not kept."""
        return Collation(self._inner.collation(story))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Store, (self._path,))

    def __repr__(self) -> str:
        return f"Store({self._path!r})"


def _row(line: str) -> Row:
    out: Row = json.loads(line)
    return out


def _moment(it: str | datetime | None) -> str | None:
    return it.isoformat() if isinstance(it, datetime) else it


def _pages(ask: Callable[[str | None], tuple[list[str], str | None]]) -> Iterator[Row]:
    cursor: str | None = None
    while True:
        lines, cursor = ask(cursor)
        yield from map(_row, lines)
        if cursor is None:
            return
