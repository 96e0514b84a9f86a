"""The functions of the package."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, Union

from rashomon import _rashomon
from rashomon._answers import Checked, QuoteRows, checked, quote_row
from rashomon._article import Article
from rashomon._collation import Collation
from rashomon._errors import tell
from rashomon._inputs import Articles, sources
from rashomon._tables import Groups

Progress = Callable[[str, int], object]
OnError = Literal["warn", "raise", "ignore"]
Owners = Union[str, "os.PathLike[str]", Mapping[str, str]]

KINDS = ("direct", "indirect", "mixed", "headline")


def read(
    articles: Articles, *, threads: int = 0, progress: Progress | None = None, on_error: OnError = "warn"
) -> list[Article]:
    """Any input to articles.

    Args:
        articles: paths, HTML, dicts or tables; see the package's own page.
        threads: how many threads work; 0 for one a core. Results do not depend on it.
        progress: called as ``progress(stage, articles)`` some times a second while the engine works.
        on_error: what to do where a part of the input cannot be read: ``"warn"`` names it and goes on, ``"raise"`` raises
            :class:`InputError`, ``"ignore"`` says nothing. Where nothing at all can be read it is always raised.

    Returns:
        One article a document or row, in the order of input.

    >>> import rashomon
    >>> page = "<html><title>Ferry freed</title><body><p>The ferry Lind was freed at noon, the port said.</p></body></html>"
    >>> [article.title for article in rashomon.read(page)]
    ['Ferry freed']
    """
    lines, notes = _rashomon.articles(sources(articles), False, threads, progress)
    tell(notes, len(lines), on_error)
    return [Article(line) for line in lines]


def annotate(
    articles: Articles, *, threads: int = 0, progress: Progress | None = None, on_error: OnError = "warn"
) -> list[Article]:
    """The same with sentences, quotations, times, names and numbers; options as in :func:`read`.

    >>> import rashomon
    >>> article = rashomon.annotate({"text": "Nine barges ran aground, the keeper Ada Lorne said on 4 May 2031."})[0]
    >>> [(number.value, number.unit) for number in article.numbers]
    [(9.0, 'barges')]
    >>> [time.value for time in article.times]
    ['2031-05-04']
    """
    lines, notes = _rashomon.articles(sources(articles), True, threads, progress)
    tell(notes, len(lines), on_error)
    return [Article(line) for line in lines]


def stream(
    articles: Articles, *, annotated: bool = True, threads: int = 0, on_error: OnError = "warn"
) -> Iterator[Article]:
    """The articles of :func:`annotate` (or of :func:`read`) one by one as they are made, for inputs larger than memory.

    The engine works a few batches ahead and ends with the iterator. ``tqdm(rashomon.stream(path))`` shows how far it is.

    >>> import rashomon
    >>> rows = ({"id": str(n), "text": f"Gate {n} jammed."} for n in range(3))
    >>> [article.id for article in rashomon.stream(rows)]
    ['0', '1', '2']
    """
    lines = _rashomon.stream(sources(articles), annotated, threads)

    def each() -> Iterator[Article]:
        count = 0
        for line in lines:
            count += 1
            yield Article(line)
        tell(lines.notes(), count, on_error)

    return each()


def collate(
    articles: Articles,
    *,
    owners: Owners | None = None,
    one_story: bool = False,
    threads: int = 0,
    progress: Progress | None = None,
    on_error: OnError = "warn",
) -> Collation:
    """The full comparison of the reports of one or a few stories.

    Args:
        articles: paths, HTML, dicts or tables; what :func:`annotate` gave can be given again and gives the same.
        owners: who owns which outlet, as a dict or a file of ``outlet<TAB>owner``: reports of one owner may be one account.
        one_story: take all articles as reports of one event, also where they look like several; the result says that you did.
        threads, progress, on_error: as in :func:`read`.

    >>> import rashomon
    >>> text = "The northern lock at Tarvel failed on 4 May 2031, and nine barges ran aground."
    >>> found = rashomon.collate([{"id": "a", "text": text}, {"id": "b", "text": text}])
    >>> [(point.status, point.said_by, len(point.carried)) for point in found.stories[0].points][:1]
    [('all', None, 2)]
    """
    inner, count, notes = _rashomon.collate(sources(articles), _owners(owners), one_story, threads, progress)
    tell(notes, count, on_error)
    return Collation(inner.json(), inner)


def _owners(owners: Owners | None) -> str | None:
    if owners is None:
        return None
    if isinstance(owners, Mapping):
        return "".join(f"{outlet}\t{owner}\n" for outlet, owner in owners.items())
    with open(owners, encoding="utf-8") as file:
        return file.read()


def group(
    table: Articles,
    *,
    lineage: bool = True,
    pins: str | Iterable[tuple[str, str, str]] | None = None,
    threads: int = 0,
    progress: Progress | None = None,
    on_error: OnError = "warn",
) -> Groups:
    """Which of many articles are about one event, and who took from whom: the tables of ``rashomon group``.

    Args:
        table: an Arrow table, or articles in any other form. Texts of a table are not copied.
        lineage: whether to trace lineage too. Without it stories of several languages are not put together.
        pins: decisions that stand above everything measured: ``("join", a, b)``, ``("part", a, b)``, or lines of such.
        threads, progress, on_error: as in :func:`read`.

    Returns:
        The tables ``stories`` (``id``, ``story``, ``score``, ``rule``) and ``lineage``; it is itself the former to whoever
        takes Arrow. Same rows in the same order as the program gives, whatever the order of input or number of threads.

    >>> import rashomon
    >>> text = "The northern lock at Tarvel failed on 4 May 2031, and nine barges ran aground."
    >>> tables = rashomon.group([{"id": "a", "text": text}, {"id": "b", "text": text}])
    >>> tables.stories.to_pydict()["story"]
    ['a', 'a']
    """
    pinned = pins if pins is None or isinstance(pins, str) else "".join(" ".join(pin) + "\n" for pin in pins)
    stories, relations, count, notes = _rashomon.group(sources(table), lineage, pinned, threads, progress)
    tell(notes, count, on_error)
    return Groups(stories, relations if lineage else None)


def lineage(
    table: Articles, *, threads: int = 0, progress: Progress | None = None, on_error: OnError = "warn"
) -> _rashomon.Table:
    """Who took what from whom, without grouping: the table of ``rashomon group --no-stories``.

    Columns: ``source``, ``derived`` (ids), ``kind``, ``directed``, ``score`` (0 to 1), ``rule``, ``source_spans``,
    ``derived_spans`` (lists of ``start``, ``end`` in bytes of UTF-8). Options as in :func:`read`.

    >>> import rashomon
    >>> text = "The northern lock at Tarvel failed on Sunday night, and nine barges ran aground below the town. " * 3
    >>> rashomon.lineage([{"id": "a", "text": text}, {"id": "b", "text": text}]).to_pydict()["kind"]
    ['reprint']
    """
    found, count, notes = _rashomon.lineage(sources(table), threads, progress)
    tell(notes, count, on_error)
    return found


def quotes(
    articles: Articles,
    *,
    kinds: Iterable[str] = KINDS,
    all: bool = False,
    threads: int = 0,
    progress: Progress | None = None,
    on_error: OnError = "warn",
) -> QuoteRows:
    """All quotations, one row each, with their speakers.

    Args:
        articles: paths, HTML, dicts or tables.
        kinds: of ``direct``, ``indirect``, ``mixed``, ``headline``, ``scare``; all but the last if not said.
        all: also what sources are said to think, find or want, which is not speech.
        threads, progress, on_error: as in :func:`read`.

    Returns:
        Rows with spans in characters; whoever takes Arrow gets the table of ``rashomon quotes``, with spans in bytes.

    >>> import rashomon
    >>> rows = rashomon.quotes({"id": "x", "text": "“Nobody slept,” said Ada Lorne."})
    >>> rows[0].speaker, rows[0].quotation
    ('Ada Lorne', 'Nobody slept,')
    """
    lines, table, count, notes = _rashomon.quotes(sources(articles), list(kinds), all, threads, progress)
    tell(notes, count, on_error)
    return QuoteRows((quote_row(line) for line in lines), table)


def check(
    text: str,
    articles: Articles,
    *,
    speaker: str | None = None,
    threads: int = 0,
    progress: Progress | None = None,
    on_error: OnError = "warn",
) -> Checked:
    """Whether a sentence is quoted in articles, from whom, and in which words.

    Args:
        text: the sentence.
        articles: paths, HTML, dicts or tables.
        speaker: who is said to have said it; a surname will do.
        threads, progress, on_error: as in :func:`read`.

    >>> import rashomon
    >>> rashomon.check("nobody slept", {"text": "“Nobody slept,” said Ada Lorne."}).verdict
    'verbatim'
    """
    if not any(it.isalnum() for it in text):
        raise ValueError("the sentence has no words")
    line, texts, count, notes = _rashomon.check(text, sources(articles), speaker, threads, progress)
    tell(notes, count, on_error)
    return checked(line, texts)


def explain(rule: str) -> str:
    """What a rule finds, why it matters, an example, and when it is wrong.

    >>> import rashomon
    >>> print(rashomon.explain("growing-count").splitlines()[0].split(":")[0])
    growing-count
    """
    found = _rashomon.explain(rule)
    if found is None:
        raise KeyError(f"no rule {rule!r}")
    return found
