//! The options that several subcommands share.

use crate::exit::Failure;
use clap::{ColorChoice, ValueEnum};
use rashomon::report::Look;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Options that every subcommand takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Shared {
    /// When to colour text; `auto` heeds NO_COLOR
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Shared options")]
    color: ColorChoice,
    /// Number of threads; results do not depend on it [default: one a core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Shared options")]
    threads: Option<u16>,
    /// What one article may grow to when it is unpacked, as bytes or with K, M or G; larger ones are left out by name
    #[arg(long, global = true, value_name = "SIZE", default_value = "64M", value_parser = size, help_heading = "Shared options")]
    largest: u64,
    /// No progress and no notes; inputs that were left out are still named
    #[arg(short, long, global = true, help_heading = "Shared options")]
    pub(crate) quiet: bool,
    /// Show text on a terminal as it comes, not through RASHOMON_PAGER, PAGER or less
    #[arg(long, global = true, help_heading = "Shared options")]
    no_pager: bool,
    /// Who published articles that do not say so themselves
    #[arg(long, global = true, value_name = "NAME", help_heading = "Shared options")]
    outlet: Option<String>,
    /// When articles were published that do not say so themselves: a day, or RFC 3339
    #[arg(long, global = true, value_name = "WHEN", value_parser = when, help_heading = "Shared options")]
    published: Option<rashomon::model::Moment>,
    /// Columns of tables under other names: FROM is read as TO, such as story=text (repeatable)
    #[cfg(feature = "inputs")]
    #[arg(long, global = true, value_name = "FROM=TO", value_parser = renaming, help_heading = "Shared options")]
    map: Vec<(String, String)>,
    #[cfg(feature = "watch")]
    #[command(flatten)]
    pub(crate) net: crate::net::NetArgs,
}

/// `FROM=TO`.
#[cfg(feature = "inputs")]
fn renaming(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok((from.to_owned(), to.to_owned())),
        _ => Err("a name, `=`, and the name it is read as".into()),
    }
}

impl Shared {
    /// Puts the number of threads into effect.
    pub(crate) fn start(&self) -> Result<(), Failure> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global().map_err(Failure::nothing)?;
        }
        crate::source::configure(crate::source::How {
            #[cfg(not(feature = "inputs"))]
            largest: self.largest,
            #[cfg(feature = "inputs")]
            options: rashomon_inputs::Options { map: self.map.clone(), largest: self.largest },
            #[cfg(feature = "watch")]
            net: self.net.clone(),
            outlet: self.outlet.clone(),
            published: self.published,
        });
        Ok(())
    }

    /// What text is shown with that goes to `output`, if anything.
    pub(crate) fn pager(&self, output: &Output) -> Option<String> {
        let wanted = !self.no_pager && output.is_terminal();
        wanted.then(|| pager(|name| std::env::var(name).ok())).flatten()
    }

    /// Whether results that go to `output` are coloured.
    pub(crate) fn colors(&self, output: &Output) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                output.is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
                    && std::env::var_os("TERM").is_none_or(|it| it != "dumb")
            }
        }
    }
}

/// Where results go.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// Write to FILE, which appears only when all is done, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Output {
    /// Whether results are shown on a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.output.is_none() && std::io::stdout().is_terminal()
    }

    /// Columns that text may take: those of the terminal, else COLUMNS, else 80.
    pub(crate) fn width(&self) -> usize {
        let terminal = || terminal_size::terminal_size().map(|(width, _)| width.0.into());
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        self.is_terminal().then(terminal).flatten().or_else(columns).unwrap_or(80)
    }
}

/// Where inputs come from, as far as it is built in.
#[cfg(feature = "watch")]
macro_rules! places {
    () => {
        "Files, folders, addresses of pages, feeds and sitemaps, or `-` for standard input"
    };
}
#[cfg(not(feature = "watch"))]
macro_rules! places {
    () => {
        "Files, folders, or `-` for standard input"
    };
}

/// What inputs may be, as far as it is built in.
#[cfg(feature = "inputs")]
macro_rules! kinds {
    () => {
        "plain text, HTML, JSONL, RSS, Atom, JSON Feed, WARC, WACZ, CSV, TSV, Parquet, ninjs, NewsML-G2, and what `read`, \
         `annotate` and `collate` print; all but WACZ also as .gz or .zst; told apart by content"
    };
}
#[cfg(not(feature = "inputs"))]
macro_rules! kinds {
    () => {
        "plain text, HTML, JSONL, and what `read`, `annotate` and `collate` print; all also as .gz or .zst; told apart by content"
    };
}
pub(crate) use {kinds, places};

/// What an INPUT may be.
pub(crate) const INPUTS: &str = concat!(places!(), ": ", kinds!());

/// What to read, where results go, and as what: the same for every subcommand that turns inputs into one output.
#[derive(Debug, clap::Args)]
pub(crate) struct Job<F: ValueEnum + Copy + Send + Sync + 'static> {
    #[arg(value_name = "INPUT", required = true, help = INPUTS)]
    pub(crate) inputs: Vec<OsString>,
    #[command(flatten)]
    pub(crate) output: Output,
    /// [default: by the ending of FILE; text for a terminal, else JSON]
    #[arg(long)]
    format: Option<F>,
}

impl<F: ValueEnum + Copy + Send + Sync + 'static> Job<F> {
    /// The format that was asked for; else the one that the file's name ends in; else `text` for a terminal and `piped` elsewhere.
    ///
    /// An ending that is none of the formats is refused: what is in a file is not to be guessed from a wrong name.
    pub(crate) fn format(&self, text: F, piped: F) -> Result<F, Failure> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let Some(path) = &self.output.output else {
            return Ok(if self.output.is_terminal() { text } else { piped });
        };
        let Some(ending) = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()) else {
            return Ok(piped);
        };
        let known = match &*ending {
            "txt" => F::from_str("text", true),
            "htm" => F::from_str("html", true),
            "ndjson" => F::from_str("jsonl", true),
            ending => F::from_str(ending, true),
        };
        known.map_err(|_| {
            let names: Vec<_> = F::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
            let names: Vec<_> = names.iter().map(clap::builder::PossibleValue::get_name).collect();
            Failure::Usage(format!(
                "{}: the ending .{ending} names none of the formats {}; --format says which is meant",
                path.display(),
                names.join(", ")
            ))
        })
    }

    /// How text is laid out where the results go.
    pub(crate) fn look(&self, shared: &Shared, evidence: bool) -> Look {
        Look { width: self.output.width(), color: shared.colors(&self.output), evidence }
    }
}

/// The program that pages text: what the first variable that is set names, else `less`; an empty one and `cat` mean none.
fn pager(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let named = ["RASHOMON_PAGER", "PAGER"].into_iter().find_map(variable);
    let named = named.unwrap_or_else(|| "less".into());
    Some(named.trim().to_owned()).filter(|it| !it.is_empty() && it != "cat")
}

/// A day, or a time of RFC 3339.
fn when(written: &str) -> Result<rashomon::model::Moment, String> {
    let found = rashomon::read::moment(written.trim());
    found.ok_or_else(|| "expected a day such as 2025-03-11, or a time such as 2025-03-11T17:42:00+01:00".into())
}

/// A size in bytes, or with K, M or G of 1024 each: `64M`.
fn size(written: &str) -> Result<u64, String> {
    let number = written.trim_end_matches(['K', 'k', 'M', 'm', 'G', 'g']);
    let shift = match written[number.len()..].to_ascii_uppercase().as_str() {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return Err("a number of bytes, or one with K, M or G".to_owned()),
    };
    let size = number.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift)).filter(|n| *n > 0);
    size.ok_or_else(|| "a number of bytes, or one with K, M or G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::pager;

    #[test]
    fn the_pager_is_the_one_that_was_named_for_this_program() {
        let with = |set: &'static [(&str, &str)]| {
            pager(|name| set.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(with(&[]).as_deref(), Some("less"));
        assert_eq!(with(&[("PAGER", "more -s")]).as_deref(), Some("more -s"));
        assert_eq!(with(&[("PAGER", "more"), ("RASHOMON_PAGER", "less -S")]).as_deref(), Some("less -S"));
        assert_eq!(with(&[("PAGER", "more"), ("RASHOMON_PAGER", "")]), None);
        assert_eq!(with(&[("PAGER", "cat")]), None);
    }
}
