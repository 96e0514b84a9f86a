"""The tables of one machine, made on Spark (PySpark 4) or on Sail.

``sketch`` runs wherever the rows are; what it keeps of each article goes to one task, which puts all of them together. So the
rows are those of one machine by construction, whatever the partitions, the workers or the order: the same code over the same
set. Each stage ends in ``work`` and is not done again: a second call goes on where the first stopped.

Only calls of Spark Connect are used, so Databricks Connect and Sail (``SparkSession.builder.remote``) work. Workers need this
package and pyarrow in their Python.

Not yet: stories linked in blocks of days on many workers. One task needs about 3 KB of memory an article beside its texts.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rashomon._errors import InputError, LeftOut

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
    from pyspark.sql import DataFrame  # type: ignore[import-not-found, unused-ignore]

_SKETCH = "id string, fingerprint bigint, row binary, text string, note string"
_SPANS = "array<struct<start:bigint,end:bigint>>"
_PLACED = (
    "table string, n bigint, id string, story string, score double, rule string, source string, derived string, kind string, "
    f"directed boolean, source_spans {_SPANS}, derived_spans {_SPANS}"
)
_ANNOTATED = "id string, article string, note string"
_STORIES = ("id", "story", "score", "rule")
_LINEAGE = ("source", "derived", "kind", "directed", "score", "rule", "source_spans", "derived_spans")


@dataclass(frozen=True)
class Tables:
    """The tables of ``rashomon group``, as frames in the order of one machine."""

    stories: DataFrame
    lineage: DataFrame


def sketch(df: DataFrame, work: str, *, columns: Mapping[str, str] | None = None) -> DataFrame:
    """What grouping and lineage keep of each article, made where the rows are; kept in ``work``.

    Args:
        df: a row an article, with the columns that :func:`rashomon.group` understands; ``id`` and ``text`` are needed.
        work: a folder that all workers reach, for this input alone.
        columns: names of columns that go by another name: ``{"story": "text"}``.

    Returns:
        ``id``, ``fingerprint``, ``row`` (bytes), ``text``; where a row could not be read only ``note``, which says why.
    """
    given = _named(df, columns)
    return _kept(given.sparkSession, f"{work}/sketch", lambda: given.mapInArrow(_sketched, _SKETCH))


def annotate(df: DataFrame, work: str, *, columns: Mapping[str, str] | None = None) -> DataFrame:
    """Annotated articles: ``id``, and ``article``, the line of JSON that ``rashomon annotate`` prints of the row.

    ``rashomon.Article(line)`` reads a line. Arguments as in :func:`sketch`.
    """
    given = _named(df, columns)
    kept = _kept(given.sparkSession, f"{work}/annotate", lambda: given.mapInArrow(_annotated, _ANNOTATED))
    _tell(kept, "article")
    return kept.where("article is not null").select("id", "article")


def group(
    df: DataFrame, work: str, *, columns: Mapping[str, str] | None = None, pins: str | None = None
) -> Tables:
    """Stories and lineage: the rows of ``rashomon group`` over the same articles. Arguments as in :func:`sketch`.

    ``pins`` are lines ``join A B`` and ``part A B``: decisions that stand above everything measured.
    """
    placed = _placed(df, work, columns, "group", pins)
    return Tables(_table(placed, "stories", _STORIES), _table(placed, "lineage", _LINEAGE))


def lineage(df: DataFrame, work: str, *, columns: Mapping[str, str] | None = None) -> DataFrame:
    """Lineage alone: the rows of ``rashomon group --no-stories``. Arguments as in :func:`sketch`."""
    return _table(_placed(df, work, columns, "lineage", None), "lineage", _LINEAGE)


def _named(df: DataFrame, columns: Mapping[str, str] | None) -> DataFrame:
    for old, new in (columns or {}).items():
        if old not in df.columns:
            raise ValueError(f"there is no column {old!r}")
        df = df.withColumnRenamed(old, new)
    lacking = [name for name in ("id", "text") if name not in df.columns]
    if lacking:
        raise ValueError(f"there is no column {lacking[0]!r}; `columns` says which one it is: {{'body': 'text'}}")
    return df


def _kept(spark: Any, path: str, make: Any) -> DataFrame:
    """The rows at ``path``; made, if they are not all there yet."""
    from rashomon._rashomon import __version__

    done = f"{path}.done"
    try:
        row = spark.read.parquet(done).head()
    except Exception:
        # Nothing there, which every engine says in its own words; what else is wrong is told when rows are written.
        row = None
    if row is not None and row[0] != __version__:
        raise ValueError(f"{path} was made by version {row[0]}; give another folder for `work`")
    if row is None:
        # What stands at `done` is written after all rows: half of them are no stage.
        make().write.mode("overwrite").parquet(path)
        spark.createDataFrame([(__version__,)], "version string").write.mode("overwrite").parquet(done)
    kept: DataFrame = spark.read.parquet(path)
    return kept


def _tell(kept: DataFrame, column: str) -> None:
    """Warns of what was left out; raises if that is all there is."""
    notes = kept.where("note is not null")
    left_out = notes.count()
    if left_out:
        for line in sorted(row["note"] for row in notes.select("note").limit(20).collect()):
            warnings.warn(line, LeftOut, stacklevel=4)
        if left_out > 20:
            warnings.warn(f"and {left_out - 20} more", LeftOut, stacklevel=4)
    if kept.where(f"{column} is not null").limit(1).count() == 0:
        raise InputError("frame", "no article in the input")


def _placed(df: DataFrame, work: str, columns: Mapping[str, str] | None, wanted: str, pins: str | None) -> DataFrame:
    sketches = sketch(df, work, columns=columns)
    _tell(sketches, "row")

    def place(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _put_together(batches, wanted, pins)

    def make() -> DataFrame:
        rows = sketches.where("row is not null").select("row", "text")
        return rows.repartition(1).mapInArrow(place, _PLACED)

    return _kept(df.sparkSession, f"{work}/{wanted}", make)


def _table(placed: DataFrame, name: str, columns: tuple[str, ...]) -> DataFrame:
    return placed.where(f"table = '{name}'").orderBy("n").select(*columns)


def _sketched(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """On a worker: rows to sketches."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    from rashomon import _rashomon

    schema = pa.schema(
        [("id", pa.string()), ("fingerprint", pa.int64()), ("row", pa.binary()), ("text", pa.string()), ("note", pa.string())]
    )
    for batch in batches:
        table, notes = _rashomon.sketch([("table", batch, "row")], 1)
        made = pa.table(table)
        yield from made.append_column("note", pa.nulls(len(made), pa.string())).cast(schema).to_batches()
        yield from _notes(notes, schema)


def _annotated(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """On a worker: rows to annotated articles."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    from rashomon import _rashomon

    schema = pa.schema([("id", pa.string()), ("article", pa.string()), ("note", pa.string())])
    for batch in batches:
        lines, notes = _rashomon.articles([("table", batch, "row")], True, 1, None)
        ids = [json.loads(line)["id"] for line in lines]
        yield pa.RecordBatch.from_arrays([pa.array(ids, pa.string()), pa.array(lines, pa.string()), pa.nulls(len(ids), pa.string())], schema=schema)
        yield from _notes(notes, schema)


def _notes(notes: list[tuple[str, str, str, str]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    left_out = [f"{place}: {message}" for place, message, _, severity in notes if severity == "omitted"]
    if left_out:
        columns = [pa.nulls(len(left_out), field.type) for field in schema][:-1]
        yield pa.RecordBatch.from_arrays([*columns, pa.array(left_out, pa.string())], schema=schema)


def _put_together(batches: Iterator[pa.RecordBatch], wanted: str, pins: str | None) -> Iterator[pa.RecordBatch]:
    """On one worker: all sketches to tables."""
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

    from rashomon import _rashomon

    all_of_them = list(batches)
    if not all_of_them:
        return
    reader = pa.RecordBatchReader.from_batches(all_of_them[0].schema, iter(all_of_them))
    stories, relations, _ = _rashomon.place(reader, wanted, pins, 0, None)
    spans = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))
    kinds = {
        "table": pa.string(),
        "n": pa.int64(),
        "id": pa.string(),
        "story": pa.string(),
        "score": pa.float64(),
        "rule": pa.string(),
        "source": pa.string(),
        "derived": pa.string(),
        "kind": pa.string(),
        "directed": pa.bool_(),
        "source_spans": spans,
        "derived_spans": spans,
    }
    for name, table in (("stories", stories), ("lineage", relations)):
        rows = pa.table(table)
        count = len(rows)
        columns = []
        for column, kind in kinds.items():
            if column == "table":
                columns.append(pa.array([name] * count, kind))
            elif column == "n":
                columns.append(pa.array(range(count), kind))
            elif column in rows.column_names:
                columns.append(rows[column].cast(kind))
            else:
                columns.append(pa.nulls(count, kind))
        yield from pa.table(columns, schema=pa.schema(list(kinds.items()))).to_batches(max_chunksize=10_000)
