"""The tables of one machine, made on Spark (PySpark 4) or on Sail.

``sketch`` runs wherever the rows are. Stories are linked in blocks of days, each block by one task, with a margin around it;
neighbouring blocks must say the same of what lies at their border, which proves that the stories are those of one run over all.
Where they do not, they are linked again with a larger margin; a border that never settles raises :class:`rashomon.Unsettled`.
Articles without a day look for what is near among all, and pins may tie far days together: with either, one task makes the
stories. Of lineage, what has to be held against what is found in one task from sketches, which needs about 2 KB of memory an
article; texts are held against each other in many. Where articles are of several languages, one task holds all texts, too:
give each language by itself if that is too much.

So the rows are those of one machine, whatever the partitions, the workers or the order: every task runs the same code over a
set of rows. Each stage ends in ``work`` and is not done again: a second call goes on where the first stopped.

Only calls of Spark Connect are used, so Databricks Connect and Sail (``SparkSession.builder.remote``) work. Workers need this
package and pyarrow in their Python.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from rashomon import _parts
from rashomon._errors import InputError, LeftOut
from rashomon._parts import Cut

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
    from pyspark.sql import DataFrame  # type: ignore[import-not-found, unused-ignore]


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
        ``id``, ``at``, ``digest``, ``fingerprint``, ``day``, ``row`` (bytes), ``text``; where a row could not be read only ``note``, which says why.
    """
    given = _named(df, columns)
    return _kept(given.sparkSession, f"{work}/sketch", _parts.SKETCH, lambda: given.mapInArrow(_parts.sketched, _parts.SKETCH))


def annotate(df: DataFrame, work: str, *, columns: Mapping[str, str] | None = None) -> DataFrame:
    """Annotated articles: ``id``, and ``article``, the line of JSON that ``rashomon annotate`` prints of the row.

    ``rashomon.Article(line)`` reads a line. Arguments as in :func:`sketch`.
    """
    given = _named(df, columns)
    kept = _kept(
        given.sparkSession, f"{work}/annotate", _parts.ANNOTATED, lambda: given.mapInArrow(_parts.annotated, _parts.ANNOTATED)
    )
    _tell(kept, "article is not null")
    return kept.where("article is not null").select("id", "article")


def group(
    df: DataFrame,
    work: str,
    *,
    columns: Mapping[str, str] | None = None,
    pins: str | None = None,
    articles: int = _parts.ARTICLES,
    days: int = _parts.DAYS,
    margin: int = _parts.MARGIN,
) -> Tables:
    """Stories and lineage: the rows of ``rashomon group`` over the same articles. Arguments as in :func:`sketch`, and:

    Args:
        pins: lines ``join A B`` and ``part A B``: decisions that stand above everything measured.
        articles: a block has at least so many articles.
        days: and at least so many days.
        margin: days around a block that are linked with it at first. None of the three has an effect on any row.
    """
    sketches = sketch(df, work, columns=columns)
    counts = _tell(sketches, "day")
    cut = None if pins is not None else _cut(counts, articles, days, margin)
    if cut is None:
        placed = _together(sketches, work, "group", pins)
        return Tables(_table(placed, "stories", _parts.STORIES), _table(placed, "lineage", _parts.LINEAGE))
    located, numbers = _linked(sketches, f"{work}/blocks-{articles}-{days}-{margin}", cut)
    traced = _traced(sketches, work, "traced")
    links = [tuple(row) for row in traced.where("table = 'links'").select("source", "derived", "score", "rule").collect()]
    if links:
        foreign = {row["id"] for row in traced.where("table = 'foreign'").select("id").collect()}

        def whole(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            return _parts.stories(batches, numbers, links, foreign)

        make = lambda: located.repartition(1).mapInArrow(whole, _parts.PLACED)  # noqa: E731
        path = f"{work}/stories-{articles}-{days}-{margin}"
        stories = _table(_kept(df.sparkSession, path, _parts.PLACED, make), "stories", _parts.STORIES)
    else:

        def named(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            return _parts.named(batches, numbers)

        rows = located.mapInArrow(named, _parts.NAMED).orderBy(*_parts.ORDER)
        stories = rows.selectExpr("name as id", "story", "score", "rule")
    return Tables(stories, _table(traced, "lineage", _parts.LINEAGE))


def lineage(
    df: DataFrame, work: str, *, columns: Mapping[str, str] | None = None, articles: int = _parts.ARTICLES
) -> DataFrame:
    """Lineage alone: the rows of ``rashomon group --no-stories``. Arguments as in :func:`sketch`, and:

    Args:
        articles: fewer than so many are held against each other in one task.
    """
    sketches = sketch(df, work, columns=columns)
    few = sum(_tell(sketches, "day").values()) < articles
    placed = _together(sketches, work, "lineage", None) if few else _traced(sketches, work, "lineage")
    return _table(placed, "lineage", _parts.LINEAGE)


def _named(df: DataFrame, columns: Mapping[str, str] | None) -> DataFrame:
    for old, new in (columns or {}).items():
        if old not in df.columns:
            raise ValueError(f"there is no column {old!r}")
        df = df.withColumnRenamed(old, new)
    lacking = [name for name in ("id", "text") if name not in df.columns]
    if lacking:
        raise ValueError(f"there is no column {lacking[0]!r}; `columns` says which one it is: {{'body': 'text'}}")
    return df


def _kept(spark: Any, path: str, columns: str, make: Callable[[], DataFrame]) -> DataFrame:
    """The rows at ``path``; made, if they are not all there yet."""
    from rashomon._rashomon import __version__

    done = f"{path}.done"
    try:
        row = spark.read.schema("version string").parquet(done).head()
    except Exception:
        # Nothing there, which every engine says in its own words; what else is wrong is told when rows are written.
        row = None
    if row is not None and row[0] != __version__:
        raise ValueError(f"{path} was made by version {row[0]}; give another folder for `work`")
    if row is None:
        # What stands at `done` is written after all rows: half of them are no stage.
        make().write.mode("overwrite").parquet(path)
        spark.createDataFrame([(__version__,)], "version string").write.mode("overwrite").parquet(done)
    # With the columns at hand, no job is run to look for them.
    kept: DataFrame = spark.read.schema(columns).parquet(path)
    return kept


def _tell(kept: DataFrame, by: str) -> dict[Any, int]:
    """Warns of what was left out; raises if that is all there is. Gives the number of articles by some expression."""
    counted = kept.selectExpr("note is null as is_read", f"{by} as by").groupBy("is_read", "by").count().collect()
    left_out = sum(row["count"] for row in counted if not row["is_read"])
    if left_out:
        notes = kept.where("note is not null").select("note").limit(20)
        for line in sorted(row["note"] for row in notes.collect()):
            warnings.warn(line, LeftOut, stacklevel=4)
        if left_out > 20:
            warnings.warn(f"and {left_out - 20} more", LeftOut, stacklevel=4)
    counts = {row["by"]: row["count"] for row in counted if row["is_read"]}
    if not counts:
        raise InputError("frame", "no article in the input")
    return counts


def _cut(counts: dict[Any, int], articles: int, days: int, margin: int) -> Cut | None:
    """Where days are cut; nothing where it makes no sense, as there are undated articles or too few."""
    if None in counts:
        return None
    cut = Cut.even(counts, articles, days, margin)
    return cut if cut.borders else None


def _linked(sketches: DataFrame, work: str, cut: Cut) -> tuple[DataFrame, dict[int, int]]:
    """The rows of all blocks, settled, and the numbers behind ids that several articles have."""
    spark: Any = sketches.sparkSession
    rows = sketches.where("row is not null")
    names = rows.select("id", "at", "digest", "fingerprint")
    numbers: dict[int, int] = {}
    if rows.groupBy("id").count().where("count > 1").limit(1).count():
        number = lambda: names.repartition("id").mapInArrow(_parts.numbered, _parts.NUMBERED)  # noqa: E731
        by_id = _kept(spark, f"{work}/numbered", _parts.NUMBERED, number)
        numbers = {row["fingerprint"]: row["number"] for row in by_id.collect()}
    said: dict[int, list[tuple[int, int]]] = {}
    latest: dict[int, DataFrame] = {}
    again = list(cut.margins)
    turn = 0
    while again:
        made = _round(rows, f"{work}/linked-{turn}", cut.only(again))
        said.update({block: [] for block in again})
        for row in made.where("border is not null").select("block", "border", "said").collect():
            said[row["block"]].append((row["border"], row["said"]))
        latest.update(dict.fromkeys(again, made))
        again = cut.settled([it for block in said.values() for it in block])
        turn += 1
    rounds: dict[int, tuple[DataFrame, list[int]]] = {}
    for block, made in latest.items():
        rounds.setdefault(id(made), (made, []))[1].append(block)
    parts = [made.where(f"border is null and block in ({', '.join(map(str, blocks))})") for made, blocks in rounds.values()]
    return reduce(lambda p, q: p.union(q), parts), numbers


def _round(rows: DataFrame, path: str, cut: Cut) -> DataFrame:
    """Links some blocks, each in one task."""

    def spread(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _parts.spread(batches, cut)

    def linked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _parts.linked(batches, cut)

    def make() -> DataFrame:
        spreads = rows.select("row").mapInArrow(spread, _parts.SPREAD)
        made: DataFrame = spreads.repartition(len(cut.margins), "block").mapInArrow(linked, _parts.LINKED)
        return made

    return _kept(rows.sparkSession, path, _parts.LINKED, make)


def _traced(sketches: DataFrame, work: str, wanted: str) -> DataFrame:
    """The lineage that :func:`_together` gives, with texts held against each other in many tasks: what has to be held against
    what is found in one task, from sketches alone. Where articles are of several languages, that is not all,
    and one task does it."""
    spark: Any = sketches.sparkSession
    rows = sketches.where("row is not null")

    pairs_a_part = _parts.PAIRS

    def pair(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _parts.paired(batches, wanted == "traced", pairs_a_part)

    one = lambda: rows.select("row").repartition(1).mapInArrow(pair, _parts.PAIRED)  # noqa: E731
    paired = _kept(spark, f"{work}/{wanted}-paired", _parts.PAIRED, one)
    if paired.where("across").limit(1).count():
        return _together(sketches, work, wanted, None)

    def make() -> DataFrame:
        texts = "cast(null as binary) as row", "cast(null as string) as text"
        needs = paired.where("asked is not null").selectExpr("fingerprint", *texts, "part", "asked")
        # No more than a filter: most articles are held against none, and their texts need not travel.
        wanted = rows.join(needs.select("fingerprint").distinct(), "fingerprint", "left_semi")
        sent = wanted.selectExpr("fingerprint", "row", "text", "cast(null as bigint) as part", "cast(null as binary) as asked")
        carried = sent.union(needs).repartition("fingerprint").mapInArrow(_parts.carried, _parts.CARRIED)
        pairs = paired.where("first is not null").selectExpr("part", "first", "second", "cast(null as binary) as asked", *texts)
        made: DataFrame = carried.union(pairs).repartition("part").mapInArrow(_parts.held, _parts.HELD)
        return made

    held = _kept(spark, f"{work}/{wanted}-held", _parts.HELD, make)
    settled = lambda: held.repartition(1).mapInArrow(_parts.settled, _parts.PLACED)  # noqa: E731
    return _kept(spark, f"{work}/{wanted}", _parts.PLACED, settled)


def _together(sketches: DataFrame, work: str, wanted: str, pins: str | None) -> DataFrame:
    """All sketches in one task."""

    def place(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _parts.together(batches, wanted, pins)

    def make() -> DataFrame:
        rows = sketches.where("row is not null").select("row", "text")
        return rows.repartition(1).mapInArrow(place, _parts.PLACED)

    return _kept(sketches.sparkSession, f"{work}/{wanted}", _parts.PLACED, make)


def _table(placed: DataFrame, name: str, columns: tuple[str, ...]) -> DataFrame:
    return placed.where(f"table = '{name}'").orderBy("n").select(*columns)
