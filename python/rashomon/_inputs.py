"""Articles as they lie at hand, to what the engine reads."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, Union, runtime_checkable

from rashomon._article import Article
from rashomon._collation import Collation

Source = tuple[Any, ...]


@runtime_checkable
class ArrowStream(Protocol):
    """A table: pyarrow, polars, pandas, DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@runtime_checkable
class ArrowArray(Protocol):
    """A batch of a table."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> object: ...


One = Union[str, bytes, "os.PathLike[str]", Mapping[str, Any], Article, Collation, ArrowStream, ArrowArray]
Articles = Union[One, Iterable[One]]


def sources(given: Articles) -> list[Source]:
    """What the engine reads of what was given."""
    if _is_one(given):
        return _joined([given])
    if not isinstance(given, Iterable):
        raise TypeError(f"articles are dicts, paths, HTML, or a table with __arrow_c_stream__, not {type(given).__name__}")
    return _joined(given)


def _is_one(it: object) -> bool:
    return isinstance(it, (str, bytes, bytearray, os.PathLike, Mapping, Article, Collation)) or _is_table(it)


def _is_table(it: object) -> bool:
    return hasattr(it, "__arrow_c_stream__") or hasattr(it, "__arrow_c_array__")


def _joined(all_of_them: Iterable[Any]) -> list[Source]:
    out: list[Source] = []
    rows: list[bytes] = []

    def close() -> None:
        if rows:
            out.append(("rows", rows.copy(), "list"))
            rows.clear()

    for it in all_of_them:
        if isinstance(it, Article):
            rows.append(it.to_json().encode())
        elif isinstance(it, Mapping):
            rows.append(_row(it))
        else:
            close()
            out.extend(_source(it))
    close()
    return out


def _source(it: object) -> list[Source]:
    if isinstance(it, Collation):
        return [("content", it.to_json().encode(), "collation.json")]
    if isinstance(it, (bytes, bytearray)):
        return [("content", bytes(it), "bytes")]
    if isinstance(it, str):
        if it.lstrip()[:1] == "<":
            return [("content", it.encode("utf-8", "replace"), "page.html")]
        if "\n" in it:
            raise ValueError("a str is a path, or HTML that begins with '<'; give plain text as {'text': ...}")
        return [("path", it)]
    if isinstance(it, os.PathLike):
        return [("path", os.fspath(it))]
    if _is_table(it):
        return [("table", it, "table")]
    raise TypeError(f"articles are dicts, paths, HTML, or a table with __arrow_c_stream__, not {type(it).__name__}")


def _row(it: Mapping[str, Any]) -> bytes:
    row = it if isinstance(it, dict) else dict(it)
    try:
        return json.dumps(row, ensure_ascii=False, default=_plain).encode()
    except UnicodeEncodeError:
        # Halves of surrogate pairs: the engine reads them as U+FFFD.
        return json.dumps(row, default=_plain).encode()


def _plain(value: Any) -> Any:
    """What JSON has no form for: moments and days, arrays, anything else by its words."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (set, tuple, frozenset)):
        return sorted(value) if not isinstance(value, tuple) else list(value)
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    return str(value)
