//! How good are the answers: every scorer of `../shared/eval` in one table.
//!
//! Each measure runs a program of the release build as a user would, holds its output against the gold of
//! `../shared/data` with the scorer that belongs to it, and gives rows of name, figure and target.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder with `data`, `eval` and `seeds`
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// Only measures whose name begins with one of these
    only: Vec<String>,
    /// Put the table, with date and commit, at the top of docs/quality.md
    #[arg(long)]
    keep: bool,
}

/// One line of the table.
struct Row {
    name: String,
    figure: f64,
    target: Option<f64>,
}

type Rows = Result<Vec<Row>, String>;

/// The programs and folders that a measure needs.
struct Bench {
    shared: PathBuf,
    out: tempfile::TempDir,
    bin: PathBuf,
}

/// A family of rows and how to get them.
type Measure = (&'static str, fn(&Bench) -> Rows);

const MEASURES: &[Measure] = &[
    ("seeds", seeds),
    ("points", points),
    ("held-out", held_out),
    ("unseen", unseen),
    ("groups", groups),
    ("copies", copies),
    ("quotes", quotes),
    ("times", times),
    ("pages", pages),
    ("languages", languages),
    ("pairs", pairs),
];

pub(crate) fn run(root: &Path, args: &Args) -> Result<(), String> {
    let shared = root.join(&args.shared);
    if !shared.join("eval").is_dir() {
        return Err(format!("{} holds no scorers; name the folder with --shared", shared.display()));
    }
    let build = ["build", "--release", "-p", "rashomon-cli", "-p", "rashomon-eval"];
    let built = Command::new("cargo").args(build).current_dir(root).status().map_err(|e| e.to_string())?;
    if !built.success() {
        return Err("the release build failed".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let out = tempfile::tempdir().map_err(|e| e.to_string())?;
    let bench = Bench { shared, out, bin: target.join("release") };

    let mut table = String::from("| measure | figure | target | |\n| --- | ---: | ---: | --- |\n");
    for (name, measure) in MEASURES {
        if !args.only.is_empty() && !args.only.iter().any(|o| name.starts_with(o.as_str())) {
            continue;
        }
        let start = Instant::now();
        match measure(&bench) {
            Ok(rows) => rows.iter().for_each(|r| table.push_str(&line(r))),
            Err(message) => table.push_str(&format!("| {name} | – | – | not measured: {message} |\n")),
        }
        eprintln!("{name}: {:.1} s", start.elapsed().as_secs_f64());
    }
    print!("{table}");
    if args.keep { keep(root, &table) } else { Ok(()) }
}

fn line(row: &Row) -> String {
    let (target, verdict) = match row.target {
        Some(t) if row.figure >= t => (format!("{t:.3}"), "met"),
        Some(t) => (format!("{t:.3}"), "missed"),
        None => ("–".into(), ""),
    };
    format!("| {} | {:.4} | {target} | {verdict} |\n", row.name, row.figure)
}

/// Puts the table under a heading with date and commit behind the marker line of docs/quality.md.
fn keep(root: &Path, table: &str) -> Result<(), String> {
    const MARKER: &str = "<!-- newest table below -->\n";
    let path = root.join("docs/quality.md");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let (head, rest) = text.split_once(MARKER).ok_or("docs/quality.md has lost its marker line")?;
    let said = |program: &str, args: &[&str]| {
        let it = Command::new(program).args(args).current_dir(root).output().map_err(|e| e.to_string())?;
        Ok::<_, String>(String::from_utf8_lossy(&it.stdout).trim().to_owned())
    };
    let date = said("git", &["log", "-1", "--format=%cs"])?;
    let commit = said("git", &["rev-parse", "--short", "HEAD"])?;
    let text = format!("{head}{MARKER}\n## {date}, commit {commit}\n\n{table}{rest}");
    std::fs::write(&path, text).map_err(|e| e.to_string())
}

impl Bench {
    fn data(&self, path: &str) -> PathBuf {
        self.shared.join("data").join(path)
    }

    /// Runs a program of the release build with its output in a file, and gives the file.
    fn output_of(&self, program: &str, args: &[&str], input: &Path) -> Result<PathBuf, String> {
        let task = args.first().copied().unwrap_or_default();
        let path =
            self.out.path().join(format!("{program}-{task}-{}", input.file_name().unwrap_or_default().display()));
        let file = File::create(&path).map_err(|e| e.to_string())?;
        let mut command = Command::new(self.bin.join(program));
        let status = command.args(args).arg(input).stdout(file).stderr(std::process::Stdio::null()).status();
        match status {
            Ok(s) if s.success() => Ok(path),
            Ok(s) => Err(format!("{program} {} ended with {s}", args.join(" "))),
            Err(e) => Err(format!("{program}: {e}")),
        }
    }

    /// What a scorer prints.
    fn score(&self, scorer: &str, args: &[&Path]) -> Result<String, String> {
        self.score_run(scorer, args, None)
    }

    /// What a scorer prints that runs `program` itself.
    fn score_run(&self, scorer: &str, args: &[&Path], program: Option<&str>) -> Result<String, String> {
        let mut command = Command::new("python3");
        command.arg(self.shared.join("eval").join(scorer)).args(args);
        if let Some(program) = program {
            command.arg("--run").arg(self.bin.join(program));
        }
        let it = command.output().map_err(|e| format!("python3: {e}"))?;
        if !it.status.success() {
            return Err(format!("{scorer}: {}", String::from_utf8_lossy(&it.stderr).trim()));
        }
        Ok(String::from_utf8_lossy(&it.stdout).into_owned())
    }
}

/// The number behind `key` in the line of `text` that begins with `head`.
fn figure(text: &str, head: &str, key: &str) -> Option<f64> {
    let line = text.lines().find(|l| l.starts_with(head))?;
    let rest = if key.is_empty() { &line[head.len()..] } else { line.split_once(key)?.1 };
    rest.split_whitespace().next()?.trim_end_matches(',').parse().ok()
}

fn row(name: impl Into<String>, figure: Option<f64>, target: Option<f64>) -> Result<Row, String> {
    let name = name.into();
    let figure = figure.ok_or_else(|| format!("no figure for {name} in the scorer's output"))?;
    Ok(Row { name, figure, target })
}

fn seeds(bench: &Bench) -> Rows {
    let folder = std::fs::read_dir(bench.shared.join("seeds")).map_err(|e| e.to_string())?;
    let mut texts: Vec<_> = folder.filter_map(|f| Some(f.ok()?.path().display().to_string())).collect();
    texts.retain(|f| f.ends_with(".txt"));
    texts.sort();
    let last = texts.pop().ok_or("no seeds")?;
    let args: Vec<&str> = ["collate", "--format", "json"].into_iter().chain(texts.iter().map(String::as_str)).collect();
    let out = bench.output_of("rashomon", &args, Path::new(&last))?;
    let said = bench.score("score_seeds.py", &[&out])?;
    let last = said.lines().last().and_then(|l| l.rsplit("= ").next()?.parse().ok());
    Ok(vec![row("seeds, all rows", last, Some(0.90))?])
}

/// What independent reports share. The figures are fitted: `docs/quality.md` holds the cross-validated ones.
fn points(bench: &Bench) -> Rows {
    let gold = [bench.data("points/dev.jsonl"), bench.data("groups/allsides-dev.jsonl.gz")];
    let said = bench.score_run("score_points.py", &[&gold[0], &gold[1]], Some("rashomon"))?;
    let targets = [
        ("joins-precision", Some(0.88)),
        ("joins-recall", Some(0.48)),
        ("recall-news", Some(0.75)),
        ("recall-quote", None),
        ("omissions", Some(0.93)),
        ("omissions-found", Some(0.40)),
        ("conflicts-precision", Some(0.70)),
        ("conflicts-recall", Some(0.40)),
        ("updates-precision", None),
        ("updates-recall", None),
        ("timeline-precision", Some(0.80)),
        ("timeline-recall", Some(0.60)),
        ("sources-recall", Some(0.75)),
        ("speakers", Some(0.92)),
    ];
    targets.into_iter().map(|(key, target)| row(format!("points, {key}"), figure(&said, key, key), target)).collect()
}

/// The same, each story collated with weights that were learned from others; and the marked stories of the repository.
fn held_out(bench: &Bench) -> Rows {
    let folder = bench.out.path().join("held-out");
    let texts = bench.data("groups/allsides-dev.jsonl.gz");
    let sets = [("points", bench.data("points/dev.jsonl")), ("points of 64 other stories", PathBuf::from(MARKS))];
    let pool = bench.data("stream/allsides.jsonl.gz");
    let mut command = Command::new(bench.bin.join("rashomon-eval"));
    command.args(["points", "--drawn", DRAWN]).arg("--texts").arg(&texts).arg("--pool").arg(&pool);
    for (_, set) in &sets {
        command.arg("--data").arg(set);
    }
    let it = command.arg("--output").arg(&folder).output().map_err(|e| format!("rashomon-eval: {e}"))?;
    if !it.status.success() {
        return Err(format!("rashomon-eval points: {}", String::from_utf8_lossy(&it.stderr).trim()));
    }
    let mut rows = Vec::new();
    let said = String::from_utf8_lossy(&it.stdout);
    let by_chance = figure(&said, "pairs drawn by chance", ":");
    rows.push(row("pairs of stories drawn by chance, precision held out", by_chance, None)?);
    for (name, set) in &sets {
        let said = bench.score("score_points.py", &[set, &texts, Path::new("--collations"), &folder])?;
        for (key, target) in SHARED {
            rows.push(row(format!("{name}, {key} held out"), figure(&said, key, key), Some(target))?);
        }
    }
    Ok(rows)
}

/// The same of stories that nothing was learned from, by the weights that ship.
fn unseen(bench: &Bench) -> Rows {
    let set = [PathBuf::from(POOLED), bench.data("stream/allsides.jsonl.gz")];
    let said = bench.score_run("score_points.py", &[&set[0], &set[1]], Some("rashomon"))?;
    let one = |(key, target)| {
        row(format!("points of 96 stories never learned from, {key}"), figure(&said, key, key), Some(target))
    };
    SHARED.into_iter().map(one).collect()
}

/// What independent reports share, with the targets.
const SHARED: [(&str, f64); 7] = [
    ("joins-precision", 0.88),
    ("joins-recall", 0.48),
    ("recall-news", 0.75),
    ("omissions", 0.93),
    ("omissions-found", 0.40),
    ("conflicts-precision", 0.70),
    ("conflicts-recall", 0.40),
];

/// Marked stories of the repository, and judged pairs.
const MARKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/rashomon-eval/marks/points.jsonl");
const POOLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/rashomon-eval/marks/pool.jsonl");
const DRAWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/rashomon-eval/marks/drawn.jsonl");

/// What is read from real pages: each is started as a process of its own.
fn pages(bench: &Bench) -> Rows {
    let mut rows = Vec::new();
    for (set, body, more) in [("fundus", 0.96, true), ("scrapinghub", 0.97, false), ("wcxb", 0.94, true)] {
        let gold = bench.data(&format!("pages/{set}/gold.jsonl"));
        let said = bench.score_run("score_pages.py", &[&gold], Some("rashomon"))?;
        rows.push(row(format!("{set} pages, body F1"), figure(&said, "body shF1", "shF1"), Some(body))?);
        if more {
            let (authors, day) = if set == "fundus" { (0.88, 0.985) } else { (0.78, 0.88) };
            rows.push(row(format!("{set} pages, headline exact"), figure(&said, "title exact", "exact"), Some(0.85))?);
            rows.push(row(format!("{set} pages, authors F1"), figure(&said, "auth F1", "F1"), Some(authors))?);
            rows.push(row(format!("{set} pages, day"), figure(&said, "date ok", "ok"), Some(day))?);
        }
    }
    Ok(rows)
}

/// Translations among news articles told in seven languages, and stories across languages that share no sentence.
fn languages(bench: &Bench) -> Rows {
    let tables = |file: &str| {
        let out = bench.out.path().join(file);
        let folder = out.display().to_string();
        bench.output_of("rashomon", &["group", "--format", "jsonl", "--out", &folder], &bench.data(file))?;
        Ok::<_, String>(out)
    };
    let mut rows = Vec::new();
    let gold = bench.data("languages/ntrex-dev.jsonl");
    let said =
        bench.score("score_translations.py", &[&gold, &tables("languages/ntrex-dev.jsonl")?.join("lineage.jsonl")])?;
    rows.push(row("NTREX translations, all pairs F1", figure(&said, "all ", "F1"), Some(0.95))?);
    for language in ["es", "pt", "fr", "de", "ru", "uk"] {
        let target = if language == "uk" { 0.95 } else { 0.97 };
        let recall = figure(&said, &format!("en-{language}"), " R ");
        rows.push(row(format!("NTREX en-{language}, recall"), recall, Some(target))?);
    }
    let gold = bench.data("languages/halves-dev.jsonl");
    let stories = tables("languages/halves-dev.jsonl")?.join("stories.jsonl");
    let said = bench.score("score_translations.py", &[&gold, Path::new("--stories"), &stories])?;
    rows.push(row("halves in one story, precision", figure(&said, "all ", " P "), Some(0.95))?);
    rows.push(row("halves in one story, F1", figure(&said, "all ", "F1"), Some(0.75))?);
    let out = bench.output_of("rashomon-eval", &["languages"], &bench.data("languages/ntrex-dev.jsonl"))?;
    let said = std::fs::read_to_string(out).map_err(|e| e.to_string())?;
    for line in said.lines().skip(1) {
        let mut columns = line.split_whitespace();
        let language = columns.next().unwrap_or_default();
        let figures: Vec<f64> = columns.filter_map(|it| it.parse().ok()).collect();
        let of_lines = match language {
            "ru" => 0.88,
            "uk" => 0.80,
            _ => 0.92,
        };
        let named = [
            ("numbers as in English, lines that keep them", Some(0.97)),
            ("numbers as in English, all lines", None),
            ("times as in English", Some(0.90)),
            ("marks of direct speech and extent", Some(0.97)),
            ("quoted lines, partner at first place", Some(of_lines)),
            ("passages hidden in other articles, precision", Some(0.98)),
            ("passages hidden in other articles, recall", Some(0.90)),
        ];
        for ((name, target), figure) in named.into_iter().zip(figures) {
            rows.push(row(format!("{language}: {name}"), Some(figure), target)?);
        }
    }
    Ok(rows)
}

fn groups(bench: &Bench) -> Rows {
    let mut rows = Vec::new();
    for (name, file, target) in
        [("ECB+", "groups/ecbplus-dev.jsonl", 0.92), ("AllSides", "groups/allsides-dev.jsonl.gz", 0.94)]
    {
        let out = bench.out.path().join(format!("groups-{name}"));
        let folder = out.display().to_string();
        bench.output_of("rashomon", &["group", "--format", "jsonl", "--out", &folder], &bench.data(file))?;
        let said = bench.score("score_groups.py", &[&bench.data(file), &out.join("stories.jsonl")])?;
        rows.push(row(format!("{name} stories, BCubed F1"), figure(&said, "bcubed_f1", ""), Some(target))?);
        rows.push(row(format!("{name} stories, pairwise precision"), figure(&said, "pair_p", ""), Some(0.85))?);
    }
    Ok(rows)
}

fn copies(bench: &Bench) -> Rows {
    let path = bench.data("copies/short-answers-dev.jsonl");
    let out = bench.output_of("rashomon-eval", &["copies"], &path)?;
    let gold = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
    let said = std::fs::read_to_string(out).map_err(|e| e.to_string())?;
    let level = |l: &str| serde_json::from_str::<serde_json::Value>(l).ok()?["level"].as_str().map(str::to_owned);
    let pairs: Vec<_> = gold.lines().filter_map(level).zip(said.lines().map(str::trim)).collect();
    #[allow(clippy::cast_precision_loss, reason = "a few dozen rows")]
    let share = |right: &dyn Fn(&(String, &str)) -> bool| {
        Some(pairs.iter().filter(|p| right(p)).count() as f64 / pairs.len() as f64)
    };
    Ok(vec![
        row("copy levels, four-way accuracy", share(&|(g, p)| g == p), Some(0.82))?,
        row("copied or not, accuracy", share(&|(g, p)| (g == "non") == (*p == "non")), Some(0.96))?,
    ])
}

fn quotes(bench: &Bench) -> Rows {
    let gold = bench.data("quotes/polnear-dev.jsonl");
    let out = bench.output_of("rashomon", &["annotate", "--format", "jsonl"], &gold)?;
    let said = bench.score("score_quotes.py", &[&gold, &out])?;
    Ok(vec![
        row("PolNeAR content, words F1", figure(&said, "tokens", "F1"), Some(0.85))?,
        row("PolNeAR content, exact F1", figure(&said, "all exact", "F1"), Some(0.60))?,
        row("PolNeAR content, overlap F1", figure(&said, "all overlap", "F1"), Some(0.85))?,
        row("PolNeAR source, overlap", figure(&said, "source", ""), Some(0.78))?,
        row("direct quotations, F1", figure(&said, "direct", "F1"), Some(0.92))?,
    ])
}

fn times(bench: &Bench) -> Rows {
    let gold = bench.data("times/timebank-dev.jsonl");
    let out = bench.output_of("rashomon", &["annotate", "--format", "jsonl"], &gold)?;
    let said = bench.score("score_times.py", &[&gold, &out])?;
    Ok(vec![
        row("TimeBank value F1", figure(&said, "value", "F1"), Some(0.82))?,
        row("TimeBank strict F1", figure(&said, "strict", "F1"), None)?,
    ])
}

fn pairs(bench: &Bench) -> Rows {
    let scores = |file: &str| bench.output_of("rashomon-eval", &["pairs"], &bench.data(file));
    let mut rows = Vec::new();
    let (tune, test) = ("pairs/mrpc-train.tsv", "pairs/mrpc-val.tsv");
    let said =
        bench.score("score_pairs.py", &[&bench.data(test), &scores(test)?, &bench.data(tune), &scores(tune)?])?;
    rows.push(row("MRPC val accuracy", figure(&said, "accuracy", ""), Some(0.775))?);
    rows.push(row("MRPC val F1", figure(&said, "f1", ""), Some(0.845))?);
    for (name, target) in [
        ("headlines-2013", Some(0.80)),
        ("headlines-2014", Some(0.80)),
        ("msrpar-train", Some(0.70)),
        ("deft-news-2014", None),
    ] {
        let file = format!("pairs/{name}.tsv");
        let said = bench.score("score_pairs.py", &[&bench.data(&file), &scores(&file)?])?;
        rows.push(row(format!("{name}, Pearson (tuned on)"), figure(&said, "pearson", ""), target)?);
    }
    Ok(rows)
}
