"""Many accounts of one news event, read side by side, with proof for every statement.

Every function takes articles as they lie at hand:

- a path (``str`` or ``os.PathLike``) to a file or folder: plain text, HTML, JSONL, Parquet, CSV, WARC, feeds, each also
  as .gz or .zst, told apart by content;
- HTML as ``str`` that begins with ``<``, or any of these formats as ``bytes``;
- a ``dict`` an article, or any iterable of dicts, articles and paths;
- any Arrow table (pyarrow, polars, pandas, DuckDB): whatever has ``__arrow_c_stream__`` or ``__arrow_c_array__``.

Of dicts and tables ``text`` is needed; ``id``, ``url``, ``outlet``, ``title``, ``byline``, ``published``, ``updated``,
``language`` and ``html`` are used where given. The column names of trafilatura, news-please, fundus and CC-News are
understood.

>>> import rashomon
>>> found = rashomon.collate([
...     {"id": "a", "text": "The lock at Tarvel failed. “We heard it go,” said Ada Lorne, the keeper."},
...     {"id": "b", "text": "“We heard it go,” said Ada Lorne after the lock at Tarvel failed."},
... ])
>>> [(quote.speaker, quote.text) for story in found.stories for quote in story.quotes]
[('Ada Lorne', 'We heard it go,')]

Spans count characters, as Python does, so that ``article.text[span.start:span.end]`` is what they mark; ``span.bytes``
holds the offsets into the UTF-8 bytes, as the program prints them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rashomon._answers import (
        Checked,
        CheckedDifference,
        CheckedForm,
        QuoteRow,
        QuoteRows,
    )
    from rashomon._article import (
        Anchor,
        Article,
        Declared,
        Name,
        Number,
        Quote,
        Span,
        TimeExpression,
    )
    from rashomon._collation import (
        Change,
        Collation,
        Conflict,
        Difference,
        Edit,
        Event,
        Form,
        Framing,
        Independent,
        Join,
        Owned,
        Point,
        Relation,
        Revision,
        Story,
        Term,
        Utterance,
        Value,
        Voice,
        VoiceShare,
    )
    from rashomon._errors import Error, InputError, LeftOut, Noticed, Unsettled
    from rashomon._functions import annotate, check, collate, explain, group, lineage, quotes, read, stream
    from rashomon._rashomon import Table
    from rashomon._store import Store
    from rashomon._tables import Groups

# What is where. A module is loaded when something of it is first asked for: `import rashomon` stays quick.
_HOME = {
    "_answers": (
        "Checked",
        "CheckedDifference",
        "CheckedForm",
        "QuoteRow",
        "QuoteRows",
    ),
    "_article": (
        "Anchor",
        "Article",
        "Declared",
        "Name",
        "Number",
        "Quote",
        "Span",
        "TimeExpression",
    ),
    "_collation": (
        "Change",
        "Collation",
        "Conflict",
        "Difference",
        "Edit",
        "Event",
        "Form",
        "Framing",
        "Independent",
        "Join",
        "Owned",
        "Point",
        "Relation",
        "Revision",
        "Story",
        "Term",
        "Utterance",
        "Value",
        "Voice",
        "VoiceShare",
    ),
    "_errors": ("Error", "InputError", "LeftOut", "Noticed", "Unsettled"),
    "_functions": ("annotate", "check", "collate", "explain", "group", "lineage", "quotes", "read", "stream"),
    "_rashomon": ("Table",),
    "_store": ("Store",),
    "_tables": ("Groups",),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Anchor",
    "Article",
    "Change",
    "Checked",
    "CheckedDifference",
    "CheckedForm",
    "Collation",
    "Conflict",
    "Declared",
    "Difference",
    "Edit",
    "Error",
    "Event",
    "Form",
    "Framing",
    "Groups",
    "Independent",
    "InputError",
    "Join",
    "LeftOut",
    "Name",
    "Noticed",
    "Number",
    "Owned",
    "Point",
    "Quote",
    "QuoteRow",
    "QuoteRows",
    "Relation",
    "Revision",
    "Span",
    "Store",
    "Story",
    "Table",
    "Term",
    "TimeExpression",
    "Unsettled",
    "Utterance",
    "Value",
    "Voice",
    "VoiceShare",
    "annotate",
    "check",
    "collate",
    "explain",
    "group",
    "lineage",
    "quotes",
    "read",
    "stream",
]


def __getattr__(name: str) -> object:
    import importlib

    if name == "__version__":
        return importlib.import_module("rashomon._rashomon").__version__
    if name not in _WHERE:
        raise AttributeError(f"module 'rashomon' has no attribute {name!r}")
    found = getattr(importlib.import_module(f"rashomon.{_WHERE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
