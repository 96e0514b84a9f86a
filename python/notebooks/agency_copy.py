# %% [markdown]
# # How agency copy spreads
#
# An invented month: one agency, eight papers that print it at more or less length, later, with or without naming it, and
# reports of their own. Who takes how much, and how long does it take?

# %%
import random
from collections import Counter

import rashomon

draw = random.Random(4)
PLACES = ["Tarvel", "Norvik", "Aldmouth", "Keswin", "Orrby", "Maltaby", "Brenn", "Sundhaven"]
PAPERS = ["Quay Post", "Inland Ledger", "Vell News", "Strait Monitor", "Kestrel Gazette", "Tarvel Echo", "Brenn Courier", "Orrby Times"]
WORDS = (
    "engineers harbour council morning lamps shore repair insurers report gate crew pilots storm ferry market quarry signal "
    "winter timber bridge tram depot granary keeper witness inquiry minister letter budget meeting union strike shift"
).split()


def sentence() -> str:
    words = draw.sample(WORDS, draw.randrange(9, 18))
    return " ".join([draw.choice(PLACES), *words, "near", draw.choice(PLACES)]) + "."


rows = []
for day in range(1, 29):
    for n in range(6):
        body = [f"{draw.choice(PLACES)} {draw.choice(WORDS)} {day}-{n} {sentence()}", *(sentence() for _ in range(7))]
        hour = draw.randrange(0, 12)
        rows.append({"id": f"wire-{day}-{n}", "outlet": "Selwyn Wire", "title": body[0][:40], "text": "\n\n".join(body),
                     "published": f"2031-03-{day:02}T{hour:02}:00:00Z"})
        for paper in draw.sample(PAPERS, draw.randrange(0, 5)):
            taken = body[: draw.randrange(3, len(body) + 1)] + [sentence() for _ in range(draw.randrange(0, 3))]
            credit = ["(Selwyn Wire)"] if draw.random() < 0.6 else []
            later = hour + draw.randrange(1, 12)
            rows.append({"id": f"{paper}-{day}-{n}", "outlet": paper, "title": body[0][:40], "text": "\n\n".join(taken + credit),
                         "published": f"2031-03-{day:02}T{later:02}:00:00Z"})
    rows.extend({"id": f"own-{day}-{paper}", "outlet": paper, "title": f"{paper} {day}", "text": "\n\n".join(sentence() for _ in range(6)),
                 "published": f"2031-03-{day:02}T09:30:00Z"} for paper in PAPERS)

tables = rashomon.group(rows)
print(len(rows), "articles,", len(set(tables.stories.to_pydict()["story"])), "stories,", len(tables.lineage), "relations")

# %% [markdown]
# Reports that take from the agency, by paper and by kind:

# %%
outlet = {row["id"]: row["outlet"] for row in rows}
lineage = tables.lineage.to_pydict()
from_wire = [
    (outlet[derived], kind)
    for source, derived, kind in zip(lineage["source"], lineage["derived"], lineage["kind"])
    if outlet[source] == "Selwyn Wire" and outlet[derived] != "Selwyn Wire"
]
by_paper = Counter(paper for paper, _ in from_wire)
all_of = Counter(row["outlet"] for row in rows)
for paper in PAPERS:
    print(f"{paper:16} {by_paper[paper]:3} of {all_of[paper]:3}  {dict(Counter(kind for p, kind in from_wire if p == paper))}")

# %% [markdown]
# The same as a picture:

# %%
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(7, 3))
axes.barh(PAPERS, [by_paper[paper] / all_of[paper] for paper in PAPERS])
axes.set_xlabel("share of reports that take from the agency")
figure.tight_layout()
plt.show()
