//! Which relations does a pile of articles hold? For reading them, and for time and memory against other tools.

use crate::pool;
use clap::Args as ClapArgs;
use rashomon::lineage::{Finder, Sketch};
use std::borrow::Cow;
use std::io::Write;

/// Options of `relations`.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Articles, as JSONL
    input: String,
    /// Print the shared passages too
    #[arg(long)]
    passages: bool,
}

/// Prints one relation a line, as JSON.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let rows = pool::read(&args.input)?;
    let mut finder = Finder::default();
    for r in &rows {
        finder.add(&r.card(), &Sketch::of(&r.text));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for f in finder.find(|n| (rows[n].card(), Cow::Borrowed(rows[n].text.as_str()))) {
        let (x, y) = (&rows[f.source], &rows[f.derived]);
        let mut row = serde_json::json!({
            "source": x.id, "derived": y.id, "outlets": [x.outlet, y.outlet], "kind": f.kind.as_str(),
            "directed": f.directed, "score": f.score, "rule": f.rule, "reasons": f.reasons,
        });
        if args.passages {
            row["passages"] =
                f.passages.iter().map(|(p, q)| serde_json::json!([p.text(&x.text), q.text(&y.text)])).collect();
        }
        writeln!(out, "{row}").map_err(|e| e.to_string())?;
    }
    out.flush().map_err(|e| e.to_string())
}
