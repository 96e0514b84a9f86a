//! `rashomon stories`, `rashomon search` and `rashomon versions`: what a store knows.

use crate::add::plural;
use crate::console::Console;
use crate::exit::Failure;
use crate::options::{Output, Shared};
use crate::output;
use crate::place::{Place, since};
use clap::ValueEnum;
use jiff::Timestamp;
use rashomon_store::{Alert, Diff, Store, StoryQuery, VersionRow};

/// What answers are printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// A JSON object a line
    Jsonl,
}

/// What alerts are printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AlertFormat {
    /// For people
    Text,
    /// A JSON object a line
    Jsonl,
    /// An Atom feed
    #[cfg(feature = "serve")]
    Atom,
}

/// What a person should know of the stories of a store, the newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon alerts --since 24h
  rashomon alerts --format atom -o alerts.xml     a feed for any reader; `rashomon serve` has it at /feeds/alerts.atom")]
pub(crate) struct Alerts {
    /// Only those since then: 24h, 7d, a day, RFC 3339
    #[arg(long, value_name = "WHEN", value_parser = since)]
    since: Option<Timestamp>,
    /// Only those that nobody has marked as seen
    #[arg(long)]
    unseen: bool,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
    /// [default: text for a terminal, else JSON]
    #[arg(long)]
    format: Option<AlertFormat>,
    /// In Atom: where `rashomon serve` answers
    #[cfg(feature = "serve")]
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8787")]
    base: String,
}

/// How an answer is printed.
#[derive(Debug, clap::Args)]
struct Printed {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
    /// [default: text for a terminal, else JSON]
    #[arg(long)]
    format: Option<Format>,
}

impl Printed {
    fn is_text(&self) -> bool {
        self.format.map_or_else(|| self.output.is_terminal(), |it| it == Format::Text)
    }
}

/// The stories of a store, the one that changed last first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon stories --since 24h               what is new or has grown since yesterday
  rashomon stories --least 3 --store news.db
  rashomon collate --story ID                one of them in full")]
pub(crate) struct Stories {
    /// Only stories that changed since then: 24h, 7d, a day, RFC 3339
    #[arg(long, value_name = "WHEN", value_parser = since)]
    since: Option<Timestamp>,
    /// Only stories of at least so many articles
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: u32,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    printed: Printed,
}

/// Articles that have all of the words, the best first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon search ferry aground
  rashomon search '\"port nora\" -train'       words in quotation marks stand together, a - leaves out")]
pub(crate) struct Search {
    /// Words; in quotation marks they must stand together, with a `-` before they must not be there
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    #[command(flatten)]
    printed: Printed,
}

/// The history of an article, and what changed from one version to another
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon versions https://paper.example/ferry-aground       all versions, and what each changed
  rashomon versions https://paper.example/ferry-aground 1 4   what changed from the first to the fourth
  rashomon versions 3f2a77c0d1e29b84 --addresses              where it was found, and why that is one article")]
pub(crate) struct Versions {
    /// Address or id of the article
    #[arg(value_name = "ARTICLE")]
    article: String,
    /// Two versions to hold against each other
    #[arg(value_name = "N", num_args = 2)]
    numbers: Vec<u32>,
    /// Its addresses, each with what made it this article's
    #[arg(long)]
    addresses: bool,
    /// Show trivial versions and changes as well: marks, spaces, counters
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    printed: Printed,
}

fn json(it: &impl serde::Serialize) -> String {
    serde_json::to_string(it).unwrap_or_default()
}

/// A line that a terminal may show: no control characters out of what others wrote.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

pub(crate) fn stories(args: &Stories, _shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.printed.output)?;
    let store = args.printed.place.read()?;
    let mut query = StoryQuery { since: args.since, least_articles: args.least, cursor: None, limit: 100 };
    let mut left = args.limit;
    while left > 0 {
        let page = store.stories(&query).map_err(Failure::nothing)?;
        if query.cursor.is_none() && page.items.is_empty() {
            console.remark("no such story");
        }
        for it in page.items.iter().take(left) {
            if args.printed.is_text() {
                let accounts = match (it.independent_low, it.independent_high) {
                    (Some(low), Some(high)) if low == high => {
                        format!(", {}", plural(low as usize, "account", "accounts"))
                    }
                    (Some(low), Some(high)) => format!(", {low} to {high} accounts"),
                    _ => String::new(),
                };
                out.line(&format!(
                    "{}  {}\n    {}, {}{accounts}; {}",
                    it.id,
                    plain(it.headline.as_deref().filter(|it| !it.is_empty()).unwrap_or("(no headline)")),
                    plural(it.articles as usize, "article", "articles"),
                    plural(it.outlets as usize, "outlet", "outlets"),
                    it.last_published
                        .as_deref()
                        .map_or_else(|| format!("changed {}", it.changed), |at| format!("to {at}")),
                ))?;
            } else {
                out.line(&json(it))?;
            }
        }
        left -= page.items.len().min(left);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => break,
        }
    }
    out.finish()
}

pub(crate) fn alerts(args: &Alerts, _shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.output)?;
    let store = args.place.read()?;
    let mut all: Vec<Alert> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = store.alerts(args.unseen, cursor.as_deref(), 100).map_err(Failure::nothing)?;
        let before = |it: &Alert| args.since.is_some_and(|since| it.at.parse::<Timestamp>().is_ok_and(|at| at < since));
        let old = page.items.iter().any(before);
        all.extend(page.items.into_iter().filter(|it| !before(it)));
        match page.next.filter(|_| !old && all.len() < args.limit) {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    all.truncate(args.limit);
    if all.is_empty() {
        console.remark("no alert");
    }
    let piped = if args.output.is_terminal() { AlertFormat::Text } else { AlertFormat::Jsonl };
    match args.format.unwrap_or(piped) {
        AlertFormat::Jsonl => all.iter().try_for_each(|it| out.line(&json(it)))?,
        AlertFormat::Text => {
            for it in &all {
                out.line(&format!("{}  {}  {}", it.at, it.kind, plain(&it.text)))?;
                let places = it.proof.as_array().map(Vec::as_slice).unwrap_or_default();
                for place in places {
                    let (article, exact) = (place["article"].as_str(), place["exact"].as_str());
                    if let (Some(article), Some(exact)) = (article, exact) {
                        let version = place["version"].as_u64().map(|n| format!(" version {n}")).unwrap_or_default();
                        out.line(&format!("    {}{version}: “{}”", plain(article), plain(exact)))?;
                    }
                }
            }
        }
        #[cfg(feature = "serve")]
        AlertFormat::Atom => out.write(rashomon_serve::alerts_atom(all, args.base.trim_end_matches('/')))?,
    }
    out.finish()
}

pub(crate) fn search(args: &Search, _shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.printed.output)?;
    let mut store = args.printed.place.read()?;
    // A shell takes quotation marks away: an argument of several words is a phrase.
    let words: Vec<String> = args
        .words
        .iter()
        .map(|it| {
            if args.words.len() > 1 && it.contains(' ') && !it.contains('"') { format!("\"{it}\"") } else { it.clone() }
        })
        .collect();
    let page = store.search(&words.join(" "), None, args.limit.clamp(1, 100)).map_err(Failure::nothing)?;
    if page.items.is_empty() {
        console.remark("no article has all of these words");
    }
    for it in &page.items {
        if args.printed.is_text() {
            let a = &it.article;
            let of: Vec<&str> =
                [a.outlet.as_deref(), a.published.as_deref(), a.url.as_deref()].into_iter().flatten().collect();
            out.line(&format!(
                "{}  {}\n    {}\n    … {} …",
                a.id,
                plain(a.title.as_deref().unwrap_or("(no headline)")),
                plain(&of.join(", ")),
                plain(&it.excerpt)
            ))?;
        } else {
            out.line(&json(it))?;
        }
    }
    out.finish()
}

pub(crate) fn versions(args: &Versions, _shared: &Shared, _console: &mut Console) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.printed.output)?;
    let mut store = args.printed.place.read()?;
    let article = store.find_article(&args.article).map_err(Failure::nothing)?;
    let text = args.printed.is_text();
    if args.addresses {
        for it in store.addresses(&article.id).map_err(Failure::nothing)? {
            if text {
                let reason = it.reason.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
                out.line(&format!("{}\n    {}{reason}, since {}", plain(&it.url), it.rule, it.since))?;
            } else {
                out.line(&json(&it))?;
            }
        }
        return out.finish();
    }
    if let [from, to] = args.numbers[..] {
        let diff = store.diff(&article.id, from, to).map_err(Failure::nothing)?;
        show(&diff, text, args.all, &mut out)?;
        return out.finish();
    }
    let all = store.versions(&article.id).map_err(Failure::nothing)?;
    if text {
        out.line(&format!("{}  {}", article.id, plain(article.title.as_deref().unwrap_or("(no headline)"))))?;
    }
    let mut before: Option<u32> = None;
    let mut folded = 0;
    for it in &all {
        if it.trivial && !args.all {
            folded += 1;
            continue;
        }
        history(&mut store, it, before, text, args.all, &mut out)?;
        before = Some(it.number);
    }
    if text && folded > 0 {
        out.line(&format!("{} not shown; --all shows them", plural(folded, "trivial version", "trivial versions")))?;
    }
    out.finish()
}

/// One version, and what it changed in the one before.
fn history(
    store: &mut Store,
    it: &VersionRow,
    before: Option<u32>,
    text: bool,
    all: bool,
    out: &mut output::Output,
) -> Result<(), Failure> {
    let diff = before.map(|before| store.diff(&it.article, before, it.number)).transpose().map_err(Failure::nothing)?;
    if !text {
        let mut row = serde_json::to_value(it).unwrap_or_default();
        if let (Some(row), Some(diff)) = (row.as_object_mut(), &diff) {
            row.insert("changes".into(), serde_json::to_value(diff.rows()).unwrap_or_default());
        }
        return out.line(&row.to_string());
    }
    let status = it.status.map(|it| format!(", HTTP {it}")).unwrap_or_default();
    let signal = it.signal.as_deref().map(|it| format!(", {it}")).unwrap_or_default();
    out.line(&format!("\nversion {}, retrieved {}{status}{signal}, {} bytes", it.number, it.retrieved, it.bytes))?;
    diff.map_or(Ok(()), |diff| show(&diff, true, all, out))
}

/// The changes between two versions.
fn show(diff: &Diff, text: bool, all: bool, out: &mut output::Output) -> Result<(), Failure> {
    let rows = diff.rows();
    if !text {
        return rows.iter().filter(|it| all || !it.trivial).try_for_each(|it| out.line(&json(it)));
    }
    if let Some((from, to)) = &diff.title {
        out.line(&format!("  headline\n    - {}\n    + {}", plain(from), plain(to)))?;
    }
    let shown: Vec<_> = rows.iter().filter(|it| all || !it.trivial).collect();
    for it in &shown {
        let touches = if it.touches.is_empty() { String::new() } else { format!(": {}", it.touches.join(", ")) };
        out.line(&format!("  {}{touches}", it.kind))?;
        for (mark, words) in [("-", &it.from), ("+", &it.to)] {
            if !words.is_empty() {
                out.line(&format!("    {mark} {}", plain(words)))?;
            }
        }
    }
    let hidden = rows.len() - shown.len();
    if shown.is_empty() && diff.title.is_none() {
        out.line("  nothing that a reader would see")?;
    }
    if hidden > 0 {
        out.line(&format!("  {} not shown", plural(hidden, "trivial change", "trivial changes")))?;
    }
    Ok(())
}
