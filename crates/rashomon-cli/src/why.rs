//! `rashomon why`: why two articles are, or are not, in one story.

use crate::console::Console;
use crate::exit::Failure;
use crate::group::{Known, gather};
use crate::input;
use crate::options::INPUTS;
use rashomon::group::{self, Light, Why};
use rashomon::model::{Article, Noted};
use rashomon::read;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;

/// Why two articles are, or are not, in one story.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon why a17 b4 day.jsonl.gz
  rashomon why a17 b4 --state news.state         numbers only: a state keeps no words
  rashomon why a17 b4 day.jsonl --state news.state")]
pub(crate) struct Args {
    /// Id of one article
    a: String,
    /// Id of the other
    b: String,
    #[arg(value_name = "INPUT", required_unless_present = "state", help = INPUTS)]
    inputs: Vec<OsString>,
    #[command(flatten)]
    known: Known,
}

/// Measures that are shown.
const SHOWN: usize = 8;

/// Groups everything as `group` does and tells what was decided about the two.
pub(crate) fn run(args: &Args, console: &mut Console) -> Result<(), Failure> {
    let grouper = gather(&args.inputs, &args.known, None, console)?.grouper;
    let Some(why) = group::why(grouper, &args.a, &args.b) else {
        return Err(Failure::nothing(format!("no article with the id {} or {}", args.a, args.b)));
    };
    let mut both: Vec<Article> = Vec::new();
    if !args.inputs.is_empty() && !args.inputs.iter().any(|it| it == "-") {
        let wanted = |it: Article| Noted::quiet((it.id == args.a || it.id == args.b).then_some(it));
        let mut quiet = Console::new(true);
        input::each_read(&args.inputs, &mut quiet, read::bare_article, wanted, |it| {
            both.extend(it);
            Ok(())
        })?;
    }
    let find = |id: &str| both.iter().find(|it| it.id == id);
    let text = tell(args, &why, find(&args.a).zip(find(&args.b)));
    let text = rashomon::report::visible(&text);
    std::io::stdout().write_all(text.as_bytes()).map_err(|e| Failure::write("standard output", &e))
}

fn tell(args: &Args, why: &Why, articles: Option<(&Article, &Article)>) -> String {
    let mut out = String::new();
    let (a, b) = (&args.a, &args.b);
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    let reports = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    if why.together {
        line(format!("{a} and {b} are in one story, {}, of {}.", why.stories[0], reports(why.sizes[0])));
    } else {
        line(format!(
            "{a} and {b} are in two stories: {} of {}, {} of {}.",
            why.stories[0],
            reports(why.sizes[0]),
            why.stories[1],
            reports(why.sizes[1])
        ));
    }
    match why.pinned {
        Some(true) => line("A pin joins them.".into()),
        Some(false) => line("A pin parts them.".into()),
        None => {}
    }
    if !why.compared {
        line("They were not compared with each other: too far apart in time, or too few rare words in common.".into());
    }
    if why.far_apart {
        line("The dated reports of their stories lie further apart than those of one event do.".into());
    }
    if why.strangers {
        line(
            "Both are short and share hardly more than a place, its people or a template: never joined for that."
                .into(),
        );
    }
    line(format!("Probability that the two, seen alone, report one event: {:.3}.", why.pair));
    if let Some(p) = why.stories_as_one {
        line(format!("Probability that their stories, seen whole, are one: {p:.3}; joined from {:.3}.", why.threshold));
    }
    if let Some((x, y)) = articles {
        let (p, q) = (Light::from(x), Light::from(y));
        line(format!("\n{a}: {}\n{b}: {}", p.title, q.title));
        for reason in group::explain(&p, &q) {
            line(format!("- {reason}"));
        }
        for (id, from, to) in [(a, &p, &q), (b, &q, &p)] {
            let words = group::missing(from, to);
            if !words.is_empty() {
                line(format!("- only {id} has: {}", words.join(", ")));
            }
        }
    }
    line("\nmeasure                       value   log-odds".into());
    for (name, value, weighed) in why.measures.iter().take(SHOWN) {
        line(format!("{name:26} {value:8.3}   {weighed:+8.3}"));
    }
    out
}
