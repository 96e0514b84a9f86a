//! `rashomon quotes`: all quotations as a table.

use crate::console::Console;
use crate::exit::Failure;
use crate::options::{Job, Shared};
use crate::{input, interrupt, output};
use clap::ValueEnum;
use rashomon::annotate::annotate;
use rashomon::model::{Article, Noted};
use rashomon::report;
use rashomon::wire::{QuoteRow, json};
use rashomon_tables::{Column, Kind, Table, Value};
use std::borrow::Cow;

/// All quotations as a table, one row each, with their speakers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon quotes article.txt                       who said what, on the terminal
  rashomon quotes articles.jsonl.gz -o quotes.parquet
  rashomon quotes reports/ --format csv --kind direct,mixed > quotes.csv
  rashomon quotes article.txt --all                 with beliefs, findings and intentions")]
pub(crate) struct Args {
    #[command(flatten)]
    job: Job<Format>,
    /// Only these kinds
    #[arg(long, value_delimiter = ',', value_name = "KIND", default_values = ["direct", "indirect", "mixed", "headline"])]
    kind: Vec<QuoteKind>,
    /// Also what sources are said to think, find or want, which is not speech
    #[arg(long)]
    all: bool,
}

/// What the table is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line
    #[value(alias = "json")]
    Jsonl,
    /// Comma-separated values (RFC 4180)
    Csv,
    /// Apache Parquet
    Parquet,
}

/// Kinds of quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum QuoteKind {
    Direct,
    Indirect,
    Mixed,
    Headline,
    Scare,
}

/// Annotates and prints the quotations of articles as they come.
pub(crate) fn run(args: &Args, shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let format = args.job.format(Format::Text, Format::Jsonl)?;
    let mut out = output::Output::shown(&args.job.output, shared, format == Format::Text)?;
    console.doing("annotating");
    if args.job.output.is_terminal() {
        console.step_aside();
    }
    let kinds: Vec<String> =
        args.kind.iter().filter_map(|k| k.to_possible_value().map(|v| v.get_name().to_owned())).collect();
    let make = |article: Article| {
        let Noted { output, notes } = annotate(article);
        let rows = QuoteRow::of(&output, &kinds, args.all);
        Noted { output: (report::name(&output.article), rows), notes }
    };
    if format == Format::Parquet {
        return parquet(args, console, make, out);
    }
    if format == Format::Csv {
        out.line(&QuoteRow::COLUMNS.join(","))?;
    }
    let mut article = String::new();
    input::each(&args.job.inputs, console, make, |(name, lines): (String, Vec<QuoteRow>)| {
        for line in lines {
            if format == Format::Text && line.article != article {
                article.clone_from(&line.article);
                let of = line.title.as_ref().map_or_else(|| name.clone(), |it| format!("{it} ({name})"));
                out.line(&format!("\n{}", one_line(&of)))?;
            }
            out.line(&match format {
                Format::Csv => csv(&line),
                Format::Text => {
                    let speaker = one_line(line.speaker.as_deref().unwrap_or("unknown"));
                    // Words that somebody denies are not shown as his.
                    let stance = match line.stance {
                        "denies" => " denies",
                        "open" => " leaves open",
                        _ => "",
                    };
                    format!("  {:<9}{speaker}{stance}: {}", line.kind, one_line(&line.quotation))
                }
                Format::Jsonl | Format::Parquet => json(&line),
            })?;
        }
        Ok(())
    })?;
    out.finish()
}

fn one_line(text: &str) -> String {
    report::visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn integer(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn csv(line: &QuoteRow) -> String {
    let (start, end) = (line.start.to_string(), line.end.to_string());
    let none = "";
    [
        line.quote_id.as_str(),
        &line.utterance,
        &line.quotation,
        line.speaker.as_deref().unwrap_or(none),
        line.kind,
        line.act,
        line.stance,
        &line.article,
        line.url.as_deref().unwrap_or(none),
        line.outlet.as_deref().unwrap_or(none),
        line.title.as_deref().unwrap_or(none),
        line.date.as_deref().unwrap_or(none),
        line.published.as_deref().unwrap_or(none),
        &start,
        &end,
        &json(&line.parts),
        line.mention.as_deref().unwrap_or(none),
        line.cue.as_deref().unwrap_or(none),
        line.rule,
    ]
    .map(field)
    .join(",")
}

/// A field of RFC 4180: quoted where it has to be. Control characters are shown, and what a spreadsheet would take for a
/// formula gets an apostrophe before it, as OWASP advises: words of others must not run in it.
fn field(value: &str) -> String {
    let mut value = report::visible(value);
    if value.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        value = Cow::Owned(format!("'{value}"));
    }
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.into_owned()
    }
}

/// Writes the table beside its place and hands its bytes on when all is done.
fn parquet(
    args: &Args,
    console: &mut Console,
    make: impl Fn(Article) -> Noted<(String, Vec<QuoteRow>)> + Sync,
    mut out: output::Output,
) -> Result<(), Failure> {
    let folder = interrupt::make(tempfile::tempdir, |folder| folder.path()).map_err(Failure::nothing)?;
    let columns = QuoteRow::COLUMNS.map(|name| match name {
        "start" | "end" => Column::new(name, Kind::Integer),
        "quoteID" | "utterance" | "quotation" | "parts" | "kind" | "act" | "stance" | "article" | "rule" => {
            Column::new(name, Kind::Text)
        }
        _ => Column::new(name, Kind::Text).optional(),
    });
    let mut table =
        Table::create(folder.path(), "quotes", &columns, rashomon_tables::Format::Parquet).map_err(Failure::nothing)?;
    input::each(&args.job.inputs, console, make, |(_, lines): (String, Vec<QuoteRow>)| {
        for line in lines {
            table
                .row(&[
                    Value::Text(&line.quote_id),
                    Value::Text(&line.utterance),
                    Value::Text(&line.quotation),
                    line.speaker.as_deref().into(),
                    Value::Text(line.kind),
                    Value::Text(line.act),
                    Value::Text(line.stance),
                    Value::Text(&line.article),
                    line.url.as_deref().into(),
                    line.outlet.as_deref().into(),
                    line.title.as_deref().into(),
                    line.date.as_deref().into(),
                    line.published.as_deref().into(),
                    Value::Integer(integer(line.start)),
                    Value::Integer(integer(line.end)),
                    Value::Text(&json(&line.parts)),
                    line.mention.as_deref().into(),
                    line.cue.as_deref().into(),
                    Value::Text(line.rule),
                ])
                .map_err(Failure::nothing)?;
        }
        Ok(())
    })?;
    let path = table.finish().map_err(Failure::nothing)?;
    out.write(std::fs::read(path).map_err(Failure::nothing)?)?;
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(field("plain"), "plain");
        assert_eq!(field("a \"b\", c"), "\"a \"\"b\"\", c\"");
    }

    #[test]
    fn nothing_runs_in_a_spreadsheet_or_drives_a_terminal() {
        for formula in ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(field(formula).starts_with('\''), "{formula}");
        }
        assert_eq!(field("a=b"), "a=b");
        assert_eq!(field("red \u{1b}[31m"), "red ␛[31m");
    }
}
