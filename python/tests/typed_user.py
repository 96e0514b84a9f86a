"""What a user of the package writes, for the type checkers."""

from __future__ import annotations

import rashomon


def speakers(path: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    found: rashomon.Collation = rashomon.collate(path, threads=2)
    for story in found.stories:
        for quote in story.quotes:
            for form in quote.forms:
                text: str = form.span.of(found.articles[form.article].text)
                out.setdefault(quote.speaker or "unknown", []).append(text)
    return out


def first(rows: list[dict[str, object]]) -> rashomon.Span | None:
    article: rashomon.Article = rashomon.annotate(rows)[0]
    return article.quotes[0].speaker_span if article.quotes else None


def tables(rows: list[dict[str, str]]) -> int:
    groups: rashomon.Groups = rashomon.group(rows, pins=[("join", "a", "b")])
    lineage: rashomon.Table | None = groups.lineage
    return len(groups.stories) + (0 if lineage is None else lineage.num_rows)


def asked(text: str) -> str:
    verdict: str = rashomon.check(text, ["a.txt", {"text": "b"}]).verdict
    return verdict
