//! `rashomon check`: is this sentence in these articles as a quotation?

use crate::args::{Job, Shared};
use crate::console::Console;
use crate::exit::Failure;
use crate::{input, output};
use clap::ValueEnum;
use rashomon::annotate::Corpus;
use rashomon::compare::{Check, Match, Verdict, check, may_hold};
use rashomon::model::{Article, Noted, Span};
use serde_json::{Value, json};

/// Whether a sentence is quoted in articles, from whom, and in which words.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon check \"We will not leave the harbour\" reports/
  rashomon check - story.jsonl < sentence.txt          the sentence on standard input
  rashomon check \"…\" reports/ --format json | jq .verdict

Exit codes: 0 quoted verbatim, 1 not quoted, 2 wrong usage, 4 quoted with more words, 5 quoted in other words,
6 quoted, but from somebody else than --speaker names")]
pub(crate) struct Args {
    /// The sentence; `-` for standard input
    #[arg(value_name = "TEXT")]
    text: String,
    /// Who is said to have said it; a surname will do
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    #[command(flatten)]
    job: Job<Format>,
}

/// What the answer is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One document for programs
    Json,
}

/// Reads all inputs, looks for the sentence and prints where it stands.
pub(crate) fn run(args: &Args, _shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.job.output)?;
    let text = match args.text.as_str() {
        "-" => std::io::read_to_string(std::io::stdin()).map_err(Failure::nothing)?,
        text => text.to_owned(),
    };
    let text = text.trim();
    if !text.contains(char::is_alphanumeric) {
        return Err(Failure::Usage("the sentence has no words".into()));
    }
    console.doing("reading");
    let mut articles = Vec::new();
    let can_hold = |it: Article| Noted::quiet(may_hold(&it.text, text).then_some(it));
    input::each(&args.job.inputs, console, can_hold, |it| {
        articles.extend(it);
        Ok(())
    })?;
    console.doing("checking");
    let annotated = rashomon::annotate_all(articles);
    let corpus = Corpus::new(annotated.output);
    annotated.notes.iter().chain(&corpus.notes).for_each(|n| console.note(n));
    let mut found = check(&corpus.output, text);
    let others = args.speaker.as_deref().is_some_and(|name| by_others(&mut found, name));
    match args.job.format(Format::Text, Format::Json) {
        Format::Text => {
            if let Some(name) = args.speaker.as_deref().filter(|_| others) {
                out.line(&format!("Nobody quotes {name} with it. From somebody else:"))?;
            }
            out.write(as_text(&corpus.output, text, &found))?;
        }
        Format::Json => out.line(&as_json(&corpus.output, text, &found).to_string())?,
    }
    out.finish()?;
    match found.verdict {
        _ if others => Err(Failure::Answer(6)),
        Verdict::Verbatim => Ok(()),
        Verdict::Truncated => Err(Failure::Answer(4)),
        Verdict::Altered | Verdict::Reworded | Verdict::Reported => Err(Failure::Answer(5)),
        Verdict::Unquoted | Verdict::Missing => Err(Failure::Answer(1)),
    }
}

/// Leaves only what is given to `name`, if anything quoted is; else whether there is something quoted from others.
fn by_others(found: &mut Check, name: &str) -> bool {
    let quoted = |it: &Match| it.kind.is_some() && it.verdict != Verdict::Missing;
    if !found.matches.iter().any(quoted) {
        return false;
    }
    if !found.matches.iter().any(|it| quoted(it) && it.is_by(name)) {
        return true;
    }
    found.matches.retain(|it| it.is_by(name));
    found.verdict = found.matches.first().map_or(Verdict::Missing, |it| it.verdict);
    false
}

fn as_text(corpus: &Corpus, text: &str, found: &Check) -> String {
    let mut out = String::new();
    let headline = match found.verdict {
        Verdict::Verbatim => "Quoted in these words.",
        Verdict::Truncated => "Quoted with more words than these.",
        Verdict::Altered => "Quoted with some words changed.",
        Verdict::Reworded => "Quoted in other words.",
        Verdict::Reported => "Reported as somebody's words, but not between quotation marks.",
        Verdict::Unquoted => "The words stand there, but nobody is quoted with them.",
        Verdict::Missing if found.matches.is_empty() => "Not quoted, nor anything like it.",
        Verdict::Missing => "Not quoted. What comes nearest:",
    };
    out.push_str(headline);
    out.push('\n');
    for it in found.matches.iter().take(SHOWN) {
        let article = &corpus.get(it.anchor.article).article;
        let who = it.speaker.as_deref().unwrap_or(if it.kind.is_some() { "unknown speaker" } else { "the reporter" });
        let cue = it.cue_span.map(|c| format!(" ({})", c.text(&article.text))).unwrap_or_default();
        let place = article.outlet.as_deref().or(article.title.as_deref()).unwrap_or(&article.source);
        out.push_str(&format!(
            "\n  {:<10} {who}{cue}, in {place} ({}..{})\n",
            if it.verdict == Verdict::Missing { "nearest" } else { it.verdict.as_str() },
            it.anchor.span.start(),
            it.anchor.span.end()
        ));
        let quoted: Vec<&str> = corpus.text(it.anchor).split_whitespace().collect();
        out.push_str(&format!("    “{}”\n", quoted.join(" ")));
        for d in &it.differences {
            let held = d.best.text(&article.text);
            let asked = d.form.text(text);
            out.push_str(&match (held.is_empty(), asked.is_empty()) {
                (false, false) => format!("    - {held}\n    + {asked}\n"),
                (false, true) => format!("    - {held}\n"),
                _ => format!("    + {asked}\n"),
            });
        }
    }
    if found.matches.len() > SHOWN {
        out.push_str(&format!("\n  and {} more; --format json lists all\n", found.matches.len() - SHOWN));
    }
    out
}

/// Places shown to people.
const SHOWN: usize = 12;

fn as_json(corpus: &Corpus, text: &str, found: &Check) -> Value {
    let pair = |s: Span| json!([s.start(), s.end()]);
    let one = |it: &Match| {
        let article = &corpus.get(it.anchor.article).article;
        let differences: Vec<Value> = it
            .differences
            .iter()
            .map(|d| {
                json!({"kind": d.kind.as_str(), "article_span": pair(d.best), "article": d.best.text(&article.text),
                    "text_span": pair(d.form), "text": d.form.text(text)})
            })
            .collect();
        json!({"article": article.id, "source": article.source, "outlet": article.outlet, "span": pair(it.anchor.span),
            "quotation": corpus.text(it.anchor), "kind": it.kind.map(|k| k.as_str()), "speaker": it.speaker,
            "cue_span": it.cue_span.map(pair), "verdict": it.verdict.as_str(), "share": (it.share * 1000.0).round() / 1000.0,
            "differences": differences})
    };
    json!({"text": text, "verdict": found.verdict.as_str(), "matches": found.matches.iter().map(one).collect::<Vec<_>>()})
}
