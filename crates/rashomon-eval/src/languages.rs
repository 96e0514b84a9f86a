//! Do the packs read one article alike in every language? Numbers, times, direct speech and quoted lines of articles that were
//! translated line by line, each language held against English.

mod bars;
mod conflicts;
mod hidden;

use crate::labelled::each_row;
use clap::Args as ClapArgs;
use rashomon::annotate::{Annotated, annotate};
use rashomon::language::Language;
use rashomon::lineage::{Bars, Sayings};
use rashomon::model::{Article, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// Options of `languages`.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// JSONL of articles: `doc`, `language` and `text`, of which line for line says the same in every language
    input: String,
    /// Print what differs: `numbers`, `times`, `speech`, `lines`, `hidden`, `conflicts` or `changed`
    #[arg(long, value_name = "MEASURE")]
    differences: Option<String>,
    /// Choose the bars of links on one half of the articles and measure on the other, both ways, instead; this file holds texts
    /// that tell of one event in other sentences
    #[arg(long, value_name = "FILE")]
    halves: Option<PathBuf>,
    /// How often three lines of each article are hidden in another
    #[arg(long, default_value_t = 1)]
    placements: usize,
    /// Look for hidden passages beside these articles too, as JSONL (.gz): English, of other news
    #[arg(long, value_name = "FILE")]
    beside: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Row {
    doc: String,
    language: String,
    text: String,
}

/// An article with its lines.
struct Read {
    it: Annotated,
    lines: Vec<Span>,
}

impl Read {
    fn of(row: &Row) -> Self {
        let article = Article { text: row.text.clone(), language: Some(row.language.clone()), ..Article::default() };
        let mut lines = Vec::new();
        let mut from = 0;
        for line in row.text.split('\n') {
            lines.push(Span::new(from, from + line.len()));
            from += line.len() + 1;
        }
        Self { it: annotate(article).output, lines }
    }

    fn line(&self, n: usize) -> &str {
        self.lines[n].text(&self.it.article.text)
    }

    fn numbers(&self, n: usize) -> Vec<String> {
        let here = self.it.numbers.iter().filter(|it| self.lines[n].contains(it.span));
        here.map(|it| it.value.to_string()).collect()
    }

    /// The numbers of a line that are written in figures: of those in words a translation keeps what it likes.
    fn figures(&self, n: usize) -> Vec<String> {
        let text = &self.it.article.text;
        let written = |it: &Span| it.text(text).contains(|c: char| c.is_ascii_digit());
        let here = self.it.numbers.iter().filter(|it| self.lines[n].contains(it.span) && written(&it.span));
        here.map(|it| it.value.to_string()).collect()
    }

    fn times(&self, n: usize) -> Vec<String> {
        self.it.times.iter().filter(|it| self.lines[n].contains(it.span)).map(|it| it.value.clone()).collect()
    }
}

/// Hits among what was asked for, and all that was found.
#[derive(Clone, Copy, Default)]
struct Score {
    hits: usize,
    wanted: usize,
}

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, more: Self) {
        self.hits += more.hits;
        self.wanted += more.wanted;
    }
}

impl Score {
    fn add(&mut self, wanted: &[String], found: &[String]) -> bool {
        let mut rest = found.to_vec();
        let mut hits = 0;
        for it in wanted {
            if let Some(n) = rest.iter().position(|other| other == it) {
                rest.swap_remove(n);
                hits += 1;
            }
        }
        self.hits += hits;
        self.wanted += wanted.len();
        hits == wanted.len()
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of lines")]
    fn share(self) -> f64 {
        self.hits as f64 / self.wanted.max(1) as f64
    }
}

/// The figures of a line, by their digits: a line that keeps them keeps its numbers, whatever its units became.
fn figures(line: &str) -> Vec<String> {
    let digits = |c: char| c.is_ascii_digit();
    let mut all: Vec<String> =
        line.split(|c: char| !digits(c)).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    all.sort_unstable();
    all
}

/// What stands between the double marks of quotation of a line, where each opens or closes beyond doubt: none inside another.
fn between_marks(line: &str) -> Option<Vec<(usize, usize)>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (n, c) in line.char_indices().filter(|it| matches!(it.1, '"' | '“' | '”' | '«' | '»' | '„')) {
        let free = line[..n].chars().next_back().is_none_or(|b| b.is_whitespace() || "([{—–-'’‘[".contains(b));
        match open {
            None if !free => return None,
            None => open = Some(n + c.len_utf8()),
            Some(from) => {
                out.push((from, n));
                open = None;
            }
        }
    }
    open.is_none().then_some(out)
}

/// Articles by what they tell and by language.
type Docs = BTreeMap<String, BTreeMap<String, Read>>;

fn read(input: &str) -> io::Result<Docs> {
    let mut docs = Docs::new();
    for line in std::fs::read_to_string(input)?.lines().filter(|l| !l.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)?;
        docs.entry(row.doc.clone()).or_default().insert(row.language.clone(), Read::of(&row));
    }
    Ok(docs)
}

/// The articles that are told in English and in `language`.
fn both<'d>(docs: impl Iterator<Item = &'d BTreeMap<String, Read>>, language: &str) -> Vec<[&'d Read; 2]> {
    docs.filter_map(|it| Some([it.get("en")?, it.get(language)?])).collect()
}

/// Prints a table of shares, a language a row.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let docs = read(&args.input)?;
    if let Some(halves) = &args.halves {
        return bars::run(&docs, &read(&halves.to_string_lossy())?, args.placements);
    }
    let mut languages: Vec<&str> = docs.values().flat_map(|it| it.keys().map(String::as_str)).collect();
    languages.sort_unstable();
    languages.dedup();
    let mut beside: Vec<String> = Vec::new();
    if let Some(path) = &args.beside {
        each_row(path, |it| beside.push(it.text)).map_err(io::Error::other)?;
    }
    println!("language  numbers  (all)    times    speech   lines    hidden P hidden R changed  conflicts");
    for language in languages.into_iter().filter(|it| *it != "en") {
        let (mut kept, mut all, mut times, mut speech) = <(Score, Score, Score, Score)>::default();
        let shown = |measure: &str| args.differences.as_deref() == Some(measure);
        for doc in docs.values() {
            let (Some(english), Some(other)) = (doc.get("en"), doc.get(language)) else { continue };
            for n in 0..english.lines.len().min(other.lines.len()) {
                let lines = [english.line(n), other.line(n)];
                let (wanted, found) = (english.numbers(n), other.numbers(n));
                let mut same = all.add(&wanted, &found);
                if figures(lines[0]) == figures(lines[1]) {
                    let wanted = english.figures(n);
                    same = kept.add(&wanted, &found);
                } else {
                    same |= true;
                }
                if shown("numbers") && !same {
                    println!("{language}: {wanted:?} {found:?}\n  {}\n  {}", lines[0], lines[1]);
                }
                let (wanted, found) = (english.times(n), other.times(n));
                if !times.add(&wanted, &found) && shown("times") {
                    println!("{language}: {wanted:?} {found:?}\n  {}\n  {}", lines[0], lines[1]);
                }
                let [Some(there), Some(here)] = lines.map(between_marks) else { continue };
                if there.len() == here.len() {
                    let from = other.lines[n].start();
                    let found = |it: &&(usize, usize)| {
                        let span = Span::new(from + it.0, from + it.1);
                        let text = &other.it.article.text;
                        other
                            .it
                            .quotes
                            .iter()
                            .any(|q| q.span.text(text).trim() == span.text(text).trim() && q.span.overlaps(span))
                    };
                    let hits = here.iter().filter(found).count();
                    speech.hits += hits;
                    speech.wanted += here.len();
                    if shown("speech") && hits < here.len() {
                        println!("{language}: {}", lines[1]);
                    }
                }
            }
        }
        let lines = lines(&docs, language, shown("lines"));
        let pairs = both(docs.values(), language);
        let (mut precise, mut found) = <(Score, Score)>::default();
        for turn in 0..args.placements {
            let it = hidden::Hidden::of(&pairs, language, turn, &beside);
            let (more, sure) = it.score(&it.found(&Bars::default()), shown("hidden"));
            found += more;
            precise += sure;
        }
        let wrong = conflicts::in_translations(&pairs, language, shown("conflicts"));
        let changed = conflicts::of_changed(&pairs, language, shown("changed"));
        let shares = [kept, all, times, speech, lines, precise, found, changed];
        let shares = shares.map(|it| format!("{:.4}", it.share())).join("   ");
        println!("{language:9} {shares}   {wrong}");
    }
    Ok(())
}

/// How often a quoted line finds its partner at first place among all quoted lines of the other language, both ways.
fn lines(docs: &Docs, language: &str, shown: bool) -> Score {
    let (english, of) = (Language::english(), Language::of(Some(language)));
    let both = || docs.values().filter_map(|it| Some([it.get("en")?, it.get(language)?]));
    let texts: Vec<(&str, &'static Language)> =
        both().flat_map(|[x, y]| [(x.it.article.text.as_str(), english), (y.it.article.text.as_str(), of)]).collect();
    let mut said: Vec<(&str, &'static Language)> = Vec::new();
    for [x, y] in both() {
        for n in 0..x.lines.len().min(y.lines.len()) {
            if x.line(n).contains(['"', '“', '”']) {
                said.extend([(x.line(n), english), (y.line(n), of)]);
            }
        }
    }
    let sayings = Sayings::of(&texts, &said);
    let (some, others): (Vec<usize>, Vec<usize>) = (0..said.len()).partition(|it| it % 2 == 0);
    let mut best: Vec<(f32, usize)> = vec![(f32::MIN, 0); said.len()];
    sayings.each_pair(&some, &others, |x, y, odds| {
        for (it, other) in [(x, y), (y, x)] {
            if odds > best[it].0 {
                best[it] = (odds, other);
            }
        }
    });
    let hit = |it: usize| best[it].1 == it ^ 1;
    if shown {
        for it in (0..said.len()).filter(|it| !hit(*it)) {
            println!("{language}: {}\n  {}", said[it].0, said[best[it].1].0);
        }
    }
    Score { hits: (0..said.len()).filter(|it| hit(*it)).count(), wanted: said.len() }
}
