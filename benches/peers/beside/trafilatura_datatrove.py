import json, struct, sys, tempfile
from pathlib import Path
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from trafilatura import extract

pages = sorted(Path(sys.argv[1]).glob("*.html"))
config = MinhashConfig(n_grams=3, num_buckets=14, hashes_per_bucket=8)
with tempfile.TemporaryDirectory() as work:
    texts = [Document(text=extract(it.read_text()) or "", id=it.stem) for it in pages]
    signatures = MinhashDedupSignature(f"{work}/signatures", config=config)
    LocalPipelineExecutor([texts, signatures], tasks=1, logging_dir=f"{work}/logs1").run()
    buckets = MinhashDedupBuckets(f"{work}/signatures", f"{work}/buckets", config=config)
    LocalPipelineExecutor([buckets], tasks=14, workers=1, logging_dir=f"{work}/logs2").run()
    # The pairs as they stand in the buckets; the next stage makes clusters of them, of which one page each is kept.
    pairs = set()
    for it in Path(f"{work}/buckets").rglob("*.dups"):
        for _, a, _, b in struct.iter_unpack("<4I", it.read_bytes()):
            pairs.add((pages[min(a, b)].stem, pages[max(a, b)].stem))
json.dump({"pairs": [{"source": a, "derived": b} for a, b in sorted(pairs)]}, sys.stdout)
