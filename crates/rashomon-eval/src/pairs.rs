//! `pairs`: how alike the library finds the two sentences of each line.

use rashomon::annotate::{Annotated, annotate};
use rashomon::compare::meaning;
use rashomon::model::Article;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// `gold<TAB>sentence<TAB>sentence` a line; the first column is never read
    file: PathBuf,
    /// Prints the features of each pair instead
    #[arg(long)]
    features: bool,
}

/// Prints one similarity, 0 to 1, for each line.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for (a, b) in read(&args.file)? {
        let (a, b) = (sentence(&a), sentence(&b));
        if args.features {
            let row: Vec<String> = meaning::features(&a, &b).iter().map(|x| format!("{x:.5}")).collect();
            writeln!(out, "{}", row.join("\t"))?;
        } else {
            writeln!(out, "{:.6}", meaning::similarity(&a, &b))?;
        }
    }
    Ok(())
}

/// The second and third column of each line that is not blank.
pub(crate) fn read(path: &Path) -> io::Result<Vec<(String, String)>> {
    let text = fs::read_to_string(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let pair = |line: &str| {
        let mut columns = line.split('\t').skip(1).map(str::to_owned);
        (columns.next().unwrap_or_default(), columns.next().unwrap_or_default())
    };
    Ok(text.split('\n').map(|l| l.trim_end_matches('\r')).filter(|l| !l.trim().is_empty()).map(pair).collect())
}

/// A sentence as an annotated article without headline, date or source.
pub(crate) fn sentence(text: &str) -> Annotated {
    annotate(Article { text: text.to_owned(), ..Article::default() }).output
}
