#!/usr/bin/env python3
"""The task of `rashomon group` in scikit-learn, and both in one go: articles a second and their ratio.

usage: stories.py FILE.jsonl[.gz] [ARTICLES] [PATH-OF-RASHOMON]

The peer: TF-IDF of headline and text, for each article its neighbours within ten days above a similarity, average linkage
on the connected parts. It holds all texts in memory and has no state, pins, reasons or second process. Both read the same
first ARTICLES lines (default: all) from a plain JSONL file and write `id` and `story` a line; both may use all cores.
"""
import datetime, gzip, json, os, subprocess, sys, tempfile, time

TOO_FAR_DAYS, LEAST_SIMILAR, JOINED_FROM = 10, 0.15, 0.26


def peer(source, target):
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = [json.loads(line) for line in open(source, encoding="utf-8")]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2).fit_transform(
        (row.get("title") or "") + " " + row["text"] for row in rows)
    day = np.array([datetime.date.fromisoformat(row["published"][:10]).toordinal() if row.get("published") else -1 for row in rows])
    order = np.argsort(day, kind="stable")
    vectors, day = vectors[order], day[order]
    lefts, rights, values = [], [], []
    for begin in range(0, len(rows), 256):
        end = min(begin + 256, len(rows))
        reach = np.searchsorted(day, day[end - 1] + TOO_FAR_DAYS, side="right")
        near = (vectors[begin:end] @ vectors[begin:reach].T).tocoo()
        keep = (near.data >= LEAST_SIMILAR) & (near.col > near.row) & (abs(day[begin + near.row] - day[begin + near.col]) <= TOO_FAR_DAYS)
        lefts.append(begin + near.row[keep]); rights.append(begin + near.col[keep]); values.append(near.data[keep])
    graph = csr_matrix((np.concatenate(values), (np.concatenate(lefts), np.concatenate(rights))), shape=(len(rows),) * 2)
    _, part = connected_components(graph, directed=False)
    story = np.zeros(len(rows), dtype=np.int64)
    by_part, next_story = np.argsort(part, kind="stable"), 0
    for members in np.split(by_part, np.flatnonzero(np.diff(part[by_part])) + 1):
        if len(members) == 1:
            story[members] = next_story
            next_story += 1
            continue
        away = 1.0 - (vectors[members] @ vectors[members].T).toarray()
        away[abs(day[members][:, None] - day[members][None]) > TOO_FAR_DAYS] = 1.0
        np.fill_diagonal(away, 0.0)
        label = fcluster(linkage(squareform(away.clip(0), checks=False), "average"), 1.0 - JOINED_FROM, "distance")
        story[members] = next_story + label
        next_story += label.max() + 1
    with open(target, "w", encoding="utf-8") as out:
        for place, number in zip(order, story):
            out.write(json.dumps({"id": rows[place]["id"], "story": str(number)}) + "\n")


def main():
    source, wanted = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10**9
    program = sys.argv[3] if len(sys.argv) > 3 else "target/release/rashomon"
    with tempfile.TemporaryDirectory() as desk:
        sample, count = os.path.join(desk, "in.jsonl"), 0
        with (gzip.open if source.endswith(".gz") else open)(source, "rb") as lines, open(sample, "wb") as out:
            for line in lines:
                if count == wanted:
                    break
                out.write(line)
                count += 1
        commands = {
            "rashomon": [program, "group", sample, "--no-lineage", "--out", os.path.join(desk, "out")],
            "scikit-learn": [sys.executable, os.path.abspath(__file__), "--peer", sample, os.path.join(desk, "peer.jsonl")],
        }
        seconds = {}
        for name, command in commands.items():
            begin = time.monotonic()
            before = os.times()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            after = os.times()
            wall = time.monotonic() - begin
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            seconds[name] = wall
            print(f"{name:12} {count} articles  {wall:7.1f} s wall  {cpu:7.1f} s CPU  {count / wall:8.0f}/s", flush=True)
        print(f"ratio {seconds['scikit-learn'] / seconds['rashomon']:.1f}")


if len(sys.argv) > 3 and sys.argv[1] == "--peer":
    peer(sys.argv[2], sys.argv[3])
elif len(sys.argv) > 1:
    main()
else:
    sys.exit(__doc__)
