"""Near-duplicate pairs with rensa or datasketch: JSONL in, pairs out. usage: python.py rensa|datasketch FILE.jsonl"""
import json, sys

which, path = sys.argv[1:3]
if which == "rensa":
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
else:
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
ids, made = [], []
for n, line in enumerate(open(path, encoding="utf-8")):
    row = json.loads(line)
    words = row["text"].lower().split()
    shingles = [" ".join(words[i:i + 3]) for i in range(len(words) - 2)]
    if which == "rensa":
        m = RMinHash(num_perm=128, seed=42)
        m.update(shingles)
    else:
        m = MinHash(num_perm=128)
        m.update_batch([s.encode() for s in shingles])
    ids.append(row["id"]); made.append(m); lsh.insert(n, m)
for n, m in enumerate(made):
    for o in sorted(x for x in lsh.query(m) if x > n):
        print(ids[n], ids[o], sep="\t")
