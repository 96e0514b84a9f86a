"""Near-duplicate pairs with rensa or datasketch: JSONL in, pairs out.

usage: python.py rensa|datasketch FILE.jsonl [lean|shown|words]

lean     runs of three words; one article at a time, all its runs in one call: the least time and memory (default)
shown    runs of three words, by the calls of each tool's own page: rensa's README hands lists of tokens of all texts to
         `from_token_sets`, datasketch's pages call `update` for each token of a set
words    the same calls with the tokens of those pages: single words
"""
import json, sys

which, path = sys.argv[1:3]
way = sys.argv[3] if len(sys.argv) > 3 else "lean"
if which == "rensa":
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
else:
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=0.5, num_perm=128)

def tokens(text):
    words = text.lower().split()
    return words if way == "words" else [" ".join(words[i:i + 3]) for i in range(len(words) - 2)]

ids, made = [], []
rows = map(json.loads, open(path, encoding="utf-8"))
if which == "rensa" and way != "lean":
    sets = []
    for row in rows:
        ids.append(row["id"])
        sets.append(tokens(row["text"]))
    made = RMinHash.from_token_sets(sets, num_perm=128, seed=42)
else:
    for row in rows:
        ids.append(row["id"])
        if which == "rensa":
            m = RMinHash(num_perm=128, seed=42)
            m.update(tokens(row["text"]))
        else:
            m = MinHash(num_perm=128)
            if way == "lean":
                m.update_batch([s.encode() for s in tokens(row["text"])])
            else:
                for token in set(tokens(row["text"])):
                    m.update(token.encode("utf8"))
        made.append(m)
for n, m in enumerate(made):
    lsh.insert(n, m)
for n, m in enumerate(made):
    for o in sorted(x for x in lsh.query(m) if x > n):
        print(ids[n], ids[o], sep="\t")
