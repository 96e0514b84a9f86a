//! What a byte of a hostile text costs, at growing sizes: lines without end, marks that nothing closes, tags in tags.

use rashomon::annotate::annotate;
use rashomon::annotate::quotes::rows;
use rashomon::model::Article;
use rashomon::read::{Format, Record, article};
use std::fmt::Write;
use std::io::{self, Write as _};
use std::time::Instant;

/// What a byte of a hostile text costs, as a table: seconds a megabyte.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Sizes in kilobytes
    #[arg(long, value_delimiter = ',', default_values_t = [250, 500, 1000, 2000, 4000])]
    sizes: Vec<usize>,
    /// Only texts with this in their name
    #[arg(long, default_value = "")]
    only: String,
    /// Stages: read, annotate, quotes, collate
    #[arg(long, value_delimiter = ',', default_values = ["read", "annotate", "quotes", "collate"])]
    stages: Vec<String>,
    /// A text that costs more seconds a megabyte is not measured at larger sizes
    #[arg(long, default_value_t = 20.0)]
    most: f64,
    /// Prints the text of one name at the first of the sizes instead
    #[arg(long)]
    print: bool,
}

/// A text by name: its beginning, what is repeated, its end.
struct Kind {
    name: &'static str,
    format: Format,
    begins: &'static str,
    unit: fn(usize, &mut String),
    ends: &'static str,
}

fn kinds() -> Vec<Kind> {
    let plain = |name, unit: fn(usize, &mut String)| Kind { name, format: Format::Plain, begins: "", unit, ends: "" };
    let html =
        |name, begins, unit: fn(usize, &mut String), ends| Kind { name, format: Format::Html, begins, unit, ends };
    vec![
        plain("ordinary paragraphs", |n, out| {
            let _ = write!(
                out,
                "The council of Orrin met on Monday to decide about pier {n}, which Mayor Ada Lorne had closed in May.\n\n\
                 \"We have {n} boats and nowhere to put them,\" said Mara Quill, who runs the yard. She said that the work \
                 would cost $3 million.\n\n"
            );
        }),
        plain("short lines", |n, out| {
            let _ = writeln!(out, "The gate of dam {n} jammed on Monday, the operator of lock {} said.", n % 97);
        }),
        plain("short lines without ends", |n, out| {
            let _ = writeln!(out, "boats at the quay of Orrin and number {n} of the yard");
        }),
        plain("one word", |_, out| out.push_str("gate")),
        plain("one sentence", |_, out| out.push_str("the gate of the dam was closed and ")),
        plain("quotation marks", |_, out| out.push('"')),
        plain("spaced quotation marks", |_, out| out.push_str("\" ")),
        plain("opening marks", |_, out| out.push('“')),
        plain("apostrophes", |_, out| out.push_str("'s ")),
        plain("nested quotations", |_, out| out.push_str("“He said ‘she said ")),
        plain("unclosed quotations", |_, out| out.push_str("\"We stay, he said. ")),
        plain("quotations in one line", |n, out| {
            let _ = write!(out, "\"We stay at quay {n},\" said Ada Lorne. ");
        }),
        plain("capital words", |_, out| out.push_str("Orrin ")),
        plain("many names", |n, out| {
            let _ = write!(
                out,
                "{}{}o ",
                char::from(b'A' + (n % 26) as u8),
                ["ra", "le", "mi", "to"][n / 26 % 4].repeat(1 + n % 3)
            );
        }),
        plain("persons", |n, out| {
            let letter = |k: usize| char::from(b'a' + (n / k % 26) as u8);
            let _ = write!(
                out,
                "Mayor Ada {}{}{}{}son said so. ",
                letter(26).to_ascii_uppercase(),
                letter(1),
                letter(676),
                letter(17_576)
            );
        }),
        plain("digits", |_, out| out.push('7')),
        plain("numbers", |n, out| {
            let _ = write!(out, "{n} ");
        }),
        plain("commas", |_, out| out.push(',')),
        plain("spaced commas", |_, out| out.push_str(", and ")),
        plain("full stops", |_, out| out.push_str(". ")),
        plain("stops in one word", |_, out| out.push_str("a.")),
        plain("percentages", |_, out| out.push_str("per cent ")),
        plain("dates", |n, out| {
            let _ = write!(out, "on {} May {}, ", 1 + n % 28, 1990 + n % 40);
        }),
        plain("line ends", |_, out| out.push_str("a\n\n")),
        plain("brackets", |_, out| out.push('(')),
        plain("dashes", |_, out| out.push_str("— ")),
        html(
            "attributes",
            "<html><body><p ",
            |n, out| {
                let _ = write!(out, "a{n}=\"b\" ");
            },
            ">The gate jammed on Monday.</p></body></html>",
        ),
        html("nested divisions", "<html><body>", |_, out| out.push_str("<div>a "), "</body></html>"),
        html("nested spans", "<html><body><p>", |_, out| out.push_str("<span>a "), "</body></html>"),
        html(
            "unclosed bold",
            "<html><body>",
            |_, out| out.push_str("<p><b>The gate jammed on Monday. "),
            "</body></html>",
        ),
        html(
            "paragraphs",
            "<html><body><article>",
            |n, out| {
                let _ = write!(out, "<p>The gate of dam {n} jammed on Monday, its operator said.</p>");
            },
            "</article></body></html>",
        ),
        html(
            "articles behind the first",
            "<html><body><article><h1>The gate jammed</h1><p>The gate jammed on Monday.</p></article>",
            |n, out| {
                let _ = write!(
                    out,
                    "<article><h2>Dam {n}</h2><p>The gate of dam {n} jammed on Monday, and was shut by its operator for \
                     days, the town said.</p></article>"
                );
            },
            "</body></html>",
        ),
        html(
            "links",
            "<html><body>",
            |n, out| {
                let _ = write!(out, "<a href=\"/{n}\">gate {n}</a> ");
            },
            "</body></html>",
        ),
        html("table cells", "<html><body><table>", |_, out| out.push_str("<tr><td>a<td>b"), "</table></body></html>"),
        html("entities", "<html><body><p>", |_, out| out.push_str("&amp;"), "</p></body></html>"),
        html("comments", "<html><body><p>Gate.</p>", |_, out| out.push_str("<!--a-->"), "</body></html>"),
        html("open angles", "<html><body><p>Gate.</p>", |_, out| out.push('<'), "</body></html>"),
    ]
}

impl Kind {
    fn record(&self, bytes: usize) -> Record {
        let mut text = String::with_capacity(bytes + 256);
        text.push_str(self.begins);
        let mut n = 0;
        while text.len() + self.ends.len() < bytes {
            (self.unit)(n, &mut text);
            n += 1;
        }
        text.push_str(self.ends);
        Record { place: self.name.to_owned(), format: self.format, bytes: text.into_bytes() }
    }
}

fn run_stage(stage: &str, record: &Record) {
    let read = |record: &Record| article(record).output.unwrap_or_default();
    match stage {
        "read" => drop(std::hint::black_box(read(record))),
        "annotate" => drop(std::hint::black_box(annotate(read(record)))),
        "quotes" => {
            let annotated = annotate(read(record)).output;
            std::hint::black_box(rows(&annotated).len());
        }
        _ => {
            // Against a second report that has half of it, and something of its own.
            let first = read(record);
            let half = rashomon::model::Span::new(0, first.text.len() / 2).text(&first.text);
            let text = format!("{half}\n\nAnother report has this sentence of its own.");
            let second = Article { id: "second".into(), digest: "second".into(), text, ..Article::default() };
            drop(std::hint::black_box(rashomon::collate(vec![first, second])));
        }
    }
}

pub(crate) fn run(args: &Args) -> io::Result<()> {
    let chosen: Vec<Kind> = kinds().into_iter().filter(|it| it.name.contains(&args.only)).collect();
    let mut out = io::stdout().lock();
    if args.print {
        let size = args.sizes.first().copied().unwrap_or(250) * 1000;
        return chosen.iter().take(1).try_for_each(|it| out.write_all(&it.record(size).bytes));
    }
    let heads: Vec<String> = args.sizes.iter().map(|kb| format!("{} MB", *kb as f64 / 1000.0)).collect();
    writeln!(out, "| seconds a megabyte | stage | {} | last to first |", heads.join(" | "))?;
    writeln!(out, "| --- | --- | {} ---: |", "---: | ".repeat(heads.len()))?;
    for kind in &chosen {
        for stage in &args.stages {
            let mut costs: Vec<f64> = Vec::new();
            for kb in &args.sizes {
                if costs.last().is_some_and(|cost| *cost > args.most) {
                    break;
                }
                let record = kind.record(kb * 1000);
                let began = Instant::now();
                run_stage(stage, &record);
                costs.push(began.elapsed().as_secs_f64() * 1e6 / record.bytes.len() as f64);
            }
            let cells: Vec<String> = args
                .sizes
                .iter()
                .enumerate()
                .map(|(n, _)| costs.get(n).map_or("–".into(), |c| format!("{c:.3}")))
                .collect();
            let growth = costs.last().zip(costs.first()).map_or(0.0, |(last, first)| last / first);
            writeln!(out, "| {} | {stage} | {} | {growth:.1} |", kind.name, cells.join(" | "))?;
            out.flush()?;
        }
    }
    Ok(())
}
