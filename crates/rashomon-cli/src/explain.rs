//! `rashomon explain`: what a rule finds, why that matters, an example, and when it is wrong.

use crate::exit::Failure;
use crate::options::Output;
use crate::output;
use clap::ValueEnum;
use rashomon::model::Rule;
use rashomon::{StageRules, rules};
use std::fmt::Write as _;

/// What a rule finds, why it matters, an example, and when it is wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon explain                     all rules, one a line
  rashomon explain growing-count       what stands behind a statement with this name
  rashomon explain --format json | jq '.[].name'")]
pub(crate) struct Args {
    /// Name of a rule, as it stands beside a statement; without one, all are listed
    rule: Option<String>,
    /// As what
    #[arg(long, default_value = "text")]
    format: Format,
    #[command(flatten)]
    output: Output,
}

/// What rules are printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// A page of a book
    Md,
    /// For programs
    Json,
}

/// Prints what is known about one rule or all of them.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let one = match &args.rule {
        Some(name) => Some(rashomon::rule(name).ok_or_else(|| Failure::Usage(unknown(name)))?),
        None => None,
    };
    let all = || rules().into_iter().flat_map(|(_, rules)| rules).copied();
    let printed = match (args.format, one) {
        (Format::Text, Some(it)) => told(it),
        (Format::Text, None) => listed(&rules()),
        (Format::Md, Some(it)) => section(it),
        (Format::Md, None) => page(&rules()),
        (Format::Json, Some(it)) => data(it).to_string() + "\n",
        (Format::Json, None) => serde_json::Value::from_iter(all().map(data)).to_string() + "\n",
    };
    let mut out = output::Output::open(&args.output)?;
    out.write(printed)?;
    out.finish()
}

/// How near a name must be to be offered, by Jaro-Winkler.
const NEAR: f64 = 0.75;
/// Names that are offered.
const OFFERED: usize = 3;

fn unknown(name: &str) -> String {
    let mut near: Vec<(f64, &str)> = rules()
        .into_iter()
        .flat_map(|(_, rules)| rules)
        .map(|r| (strsim::jaro_winkler(name, r.name), r.name))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let names: Vec<&str> = near.into_iter().take(OFFERED).map(|(_, name)| name).collect();
    if names.is_empty() {
        return format!("no rule is named {name}; `rashomon explain` lists them");
    }
    format!("no rule is named {name}; near: {}", names.join(", "))
}

/// All rules, one a line.
fn listed(stages: &[StageRules]) -> String {
    let mut out = String::new();
    let width = stages.iter().flat_map(|(_, rules)| *rules).map(|r| r.name.len()).max().unwrap_or(0);
    for (stage, rules) in stages {
        let _ = writeln!(out, "{stage}");
        for it in *rules {
            let _ = writeln!(out, "  {:width$}  {}", it.name, it.finds);
        }
    }
    out
}

fn told(it: Rule) -> String {
    let mut out = format!("{}\n  Finds {}.\n\nWhy it matters\n  {}\n\nExample\n", it.name, it.finds, it.matters);
    for report in it.reports {
        let _ = writeln!(out, "  {}", head(report.publisher, report.published));
        for line in textwrap::wrap(&report.text.replace("\n\n", "\n"), 96) {
            let _ = writeln!(out, "    {line}");
        }
    }
    let _ = writeln!(out, "  It finds: {}", it.shows);
    let _ = writeln!(out, "\nWhen it is wrong\n  {}\n\nMeasured on\n  {}", it.wrong_when, it.measured);
    out
}

fn head(publisher: &str, published: &str) -> String {
    match (publisher, published) {
        ("", day) => day.to_owned(),
        (name, "") => name.to_owned(),
        (name, day) => format!("{name}, {day}"),
    }
}

/// The page of the book.
fn page(stages: &[StageRules]) -> String {
    let mut out = "# Rules\n\nEvery statement names the rule that made it.\n`rashomon explain RULE` prints what stands here.\nThe examples are invented, and run as tests.\nThis page is made by `cargo xtask rules`.\n".to_owned();
    for (stage, rules) in stages {
        let _ = write!(out, "\n## {stage}\n");
        for it in *rules {
            out.push('\n');
            out.push_str(&section(*it));
        }
    }
    out
}

fn section(it: Rule) -> String {
    let mut out = format!("### {}\n\nFinds {}.\n{}\n", it.name, it.finds, it.matters);
    for report in it.reports {
        let _ = write!(out, "\n> **{}**\n", head(report.publisher, report.published));
        report.text.lines().for_each(|line| {
            let _ = writeln!(out, "{}", format!("> {}", line.replace('<', "&lt;")).trim_end());
        });
    }
    let _ = writeln!(out, "\n- It finds: {}", it.shows);
    let _ = writeln!(out, "- When it is wrong: {}", it.wrong_when);
    let _ = writeln!(out, "- Measured on: {}", it.measured);
    out
}

fn data(it: Rule) -> serde_json::Value {
    let report = |r: &rashomon::model::ExampleReport| serde_json::json!({"publisher": r.publisher, "published": r.published, "text": r.text});
    serde_json::json!({
        "name": it.name, "finds": it.finds, "matters": it.matters,
        "reports": it.reports.iter().map(report).collect::<Vec<_>>(), "shows": it.shows,
        "wrong_when": it.wrong_when, "measured": it.measured,
    })
}
