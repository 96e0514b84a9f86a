//! `rashomon check`: is this sentence in these articles as a quotation?

use crate::console::Console;
use crate::exit::Failure;
use crate::options::{Job, Shared};
use crate::{input, output};
use clap::ValueEnum;
use rashomon::annotate::Corpus;
use rashomon::compare::{Check, Relation, Verdict, check, may_hold, may_hold_translated};
use rashomon::model::{Article, Noted};
use rashomon::report;

/// Whether a sentence is quoted in articles, from whom, and in which words.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon check \"We will not leave the harbour\" reports/
  rashomon check - story.jsonl < sentence.txt          the sentence on standard input
  rashomon check \"…\" reports/ --format json | jq .verdict

Exit codes: 0 quoted verbatim, 1 not quoted, 2 wrong usage, 4 quoted with more words, 5 quoted in other words or with
the opposite sense, 6 quoted, but from somebody else than --speaker names, 7 reported without quotation marks,
8 denied by whom it is given to, 9 nothing could be read")]
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
    answer(args, console).map_err(|failure| match failure {
        // "Not quoted" is an answer; that nobody could look is none.
        Failure::Nothing(why) => {
            console.finish();
            console.error(&why);
            Failure::Answer(NOT_READ)
        }
        other => other,
    })
}

/// The exit code where nothing could be read.
const NOT_READ: u8 = 9;

fn answer(args: &Args, console: &mut Console) -> Result<(), Failure> {
    let format = args.job.format(Format::Text, Format::Json)?;
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
    let can_hold = |it: Article| {
        let holds = may_hold(&it.text, text) || may_hold_translated(it.language.as_deref(), text);
        Noted::quiet(holds.then_some(it))
    };
    input::each(&args.job.inputs, console, can_hold, |it| {
        articles.extend(it);
        Ok(())
    })?;
    console.doing("checking");
    let annotated = rashomon::annotate_all(articles);
    let corpus = Corpus::new(annotated.output);
    annotated.notes.iter().chain(&corpus.notes).for_each(|n| console.note(n));
    let found = check(&corpus.output, text);
    let found = args.speaker.as_deref().map_or(found.clone(), |name| found.by(name));
    console.step_aside();
    match format {
        Format::Text => {
            if let Some(name) = args.speaker.as_deref().filter(|_| found.verdict == Verdict::OtherSpeaker) {
                out.line(&format!("Nobody quotes {name} with it. From somebody else:"))?;
            }
            out.write(&*report::visible(&as_text(&corpus.output, text, &found)))?;
        }
        Format::Json => {
            let answer = rashomon::wire::Checked::new(&corpus.output, text, &found);
            out.line(&serde_json::to_string(&answer).map_err(Failure::nothing)?)?;
        }
    }
    out.finish()?;
    match found.verdict {
        Verdict::Verbatim => Ok(()),
        Verdict::Absent => Err(Failure::Answer(1)),
        Verdict::Truncated => Err(Failure::Answer(4)),
        Verdict::Altered | Verdict::Negated => Err(Failure::Answer(5)),
        Verdict::OtherSpeaker => Err(Failure::Answer(6)),
        Verdict::Reported => Err(Failure::Answer(7)),
        Verdict::Denied => Err(Failure::Answer(8)),
    }
}

fn as_text(corpus: &Corpus, text: &str, found: &Check) -> String {
    let mut out = String::new();
    let headline = match found.verdict {
        Verdict::Reported if found.forms.first().is_some_and(|f| f.translated) => "Quoted in another language.",
        Verdict::Altered | Verdict::Negated if found.forms.first().is_some_and(|f| f.translated) => {
            "Quoted in another language, and not the same."
        }
        Verdict::Verbatim => "Quoted in these words.",
        Verdict::Truncated => "Quoted with more words than these.",
        Verdict::Altered if found.forms.first().is_some_and(|f| f.relation == Relation::Reworded) => {
            "Quoted in other words."
        }
        Verdict::Altered => "Quoted with some words changed.",
        Verdict::Negated => "Quoted with the opposite sense.",
        Verdict::Reported => "Reported as somebody's words, but not between quotation marks.",
        Verdict::Denied => "Not said: whom it could be given to denies it.",
        Verdict::OtherSpeaker => "Quoted, but from another speaker.",
        Verdict::Absent if found.nearest.is_empty() => "Not quoted, nor anything like it.",
        Verdict::Absent => "Not quoted. What comes nearest:",
    };
    out.push_str(headline);
    out.push('\n');
    let shown = if found.forms.is_empty() { &found.nearest } else { &found.forms };
    for it in shown.iter().take(SHOWN) {
        let article = &corpus.get(it.anchor.article).article;
        let who = it.speaker.as_deref().unwrap_or(if it.kind.is_some() { "unknown speaker" } else { "the reporter" });
        let cue = it.cue_span.map(|c| format!(" ({})", c.text(&article.text))).unwrap_or_default();
        let place = report::name(article);
        out.push_str(&format!(
            "\n  {:<10} {who}{cue}, in {place} ({}..{})\n",
            it.relation.as_str(),
            it.anchor.span.start(),
            it.anchor.span.end()
        ));
        let quoted: Vec<&str> = corpus.text(it.anchor).split_whitespace().collect();
        out.push_str(&format!("    “{}”\n", quoted.join(" ")));
        for d in &it.differences {
            let held = d.best.text(&article.text);
            let asked = d.form.text(text);
            let sense = if d.negation { "   (turns the sense round)" } else { "" };
            out.push_str(&match (held.is_empty(), asked.is_empty()) {
                (false, false) => format!("    - {held}\n    + {asked}{sense}\n"),
                (false, true) => format!("    - {held}{sense}\n"),
                _ => format!("    + {asked}{sense}\n"),
            });
        }
    }
    if shown.len() > SHOWN {
        out.push_str(&format!("\n  and {} more; --format json lists all\n", shown.len() - SHOWN));
    }
    out
}

/// Places shown to people.
const SHOWN: usize = 12;
