# %% [markdown]
# # A fact-check of one event
#
# Nine reports of an invented ferry accident: how many accounts are they, who said what in which words, and where do they
# disagree? Open this file as a notebook with jupytext, or run it as it is.

# %%
from pathlib import Path

import rashomon

ROOT = Path(__file__).resolve().parents[2] if "__file__" in globals() else Path.cwd().parents[1]
found = rashomon.collate(ROOT / "examples" / "ferry" / "articles")
story = max(found.stories, key=lambda it: len(it.articles))
print(f"{story.headline}: {len(story.articles)} reports, {story.independent.low} to {story.independent.high} accounts")

# %% [markdown]
# The whole report, as one page in the notebook:

# %%
found

# %% [markdown]
# Who took from whom, with the rule that says so:

# %%
for relation in story.lineage:
    source = found.articles[relation.source].outlet if relation.source else relation.source_name
    print(f"{found.articles[relation.derived].outlet} ← {source}: {relation.kind} ({relation.rule}, {relation.score:.2f})")

# %% [markdown]
# What was said, and what became of it on the way:

# %%
for quote in story.quotes:
    changed = [form for form in quote.forms if form.relation not in ("verbatim", "truncated")]
    if changed:
        print(f"\n{quote.speaker}: “{quote.text}”")
        for form in changed:
            article = found.articles[form.article]
            print(f"   {form.relation} in {article.outlet}: “{form.span.of(article.text)}”")

# %% [markdown]
# Where the reports cannot all be right:

# %%
for point in story.points:
    for conflict in point.conflicts:
        values = ", ".join(f"{it.value} ({found.articles[it.article].outlet})" for it in conflict.values)
        print(f"{conflict.kind}{' (update)' if conflict.update else ''}: {values}")

# %% [markdown]
# Is a sentence that goes around on the net in any of them?

# %%
rashomon.check("nobody on the bridge could have done more", list(found.articles.values()))
