//! Do the packs read one article alike in every language? Numbers, times, direct speech and quoted lines of articles that were
//! translated line by line, each language held against English.

use crate::labelled::each_row;
use clap::Args as ClapArgs;
use rashomon::annotate::{Annotated, annotate};
use rashomon::language::Language;
use rashomon::lineage::{Sayings, Told, cross};
use rashomon::model::{Article, Span};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// Options of `languages`.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// JSONL of articles: `doc`, `language` and `text`, of which line for line says the same in every language
    input: String,
    /// Print what differs: `numbers`, `times`, `speech`, `lines` or `hidden`
    #[arg(long, value_name = "MEASURE")]
    differences: Option<String>,
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

/// Prints a table of shares, a language a row.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut docs: BTreeMap<String, BTreeMap<String, Read>> = BTreeMap::new();
    for line in std::fs::read_to_string(&args.input)?.lines().filter(|l| !l.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)?;
        docs.entry(row.doc.clone()).or_default().insert(row.language.clone(), Read::of(&row));
    }
    let mut languages: Vec<&str> = docs.values().flat_map(|it| it.keys().map(String::as_str)).collect();
    languages.sort_unstable();
    languages.dedup();
    let mut beside: Vec<String> = Vec::new();
    if let Some(path) = &args.beside {
        each_row(path, |it| beside.push(it.text)).map_err(io::Error::other)?;
    }
    println!("language  numbers  (all)    times    speech   lines    hidden P hidden R");
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
        let (precise, found) = hidden(&docs, language, &beside, shown("hidden"));
        let shares =
            [kept, all, times, speech, lines, precise, found].map(|it| format!("{:.4}", it.share())).join("   ");
        println!("{language:9} {shares}");
    }
    Ok(())
}

/// Three lines of each article hidden in another of the same language, among the English ones: the share of the translations
/// told that are none too many, and of the hidden passages that are found.
fn hidden(
    docs: &BTreeMap<String, BTreeMap<String, Read>>,
    language: &str,
    beside: &[String],
    shown: bool,
) -> (Score, Score) {
    const HIDDEN: usize = 3;
    let (english, of) = (Language::english(), Language::of(Some(language)));
    let both: Vec<[&Read; 2]> = docs.values().filter_map(|it| Some([it.get("en")?, it.get(language)?])).collect();
    let mut texts: Vec<(Cow<str>, &'static Language)> =
        both.iter().map(|[it, _]| (Cow::Borrowed(it.it.article.text.as_str()), english)).collect();
    // The English articles come first, then for each host what was hidden in it, and from which.
    let mut made: Vec<(usize, usize)> = Vec::new();
    for (n, [_, from]) in both.iter().enumerate() {
        let host = (n + 7) % both.len();
        let into = both[host][1];
        if from.lines.len() < HIDDEN + 3 || host == n {
            continue;
        }
        let first = 1 + n * 5 % (from.lines.len() - HIDDEN - 1);
        let cut = into.lines.len() / 2;
        let mut lines: Vec<&str> = (0..cut).map(|k| into.line(k)).collect();
        lines.extend((first..first + HIDDEN).map(|k| from.line(k)));
        lines.extend((cut..into.lines.len()).map(|k| into.line(k)));
        texts.push((Cow::Owned(lines.join("\n")), of));
        made.push((n, host));
    }
    texts.extend(beside.iter().map(|it| (Cow::Borrowed(it.as_str()), english)));
    let languages: Vec<&'static Language> = texts.iter().map(|it| it.1).collect();
    let found = cross(&languages, |n| Told { text: Cow::Borrowed(&texts[n].0), at: None });
    let (mut precise, mut recalled) = (Score::default(), Score { hits: 0, wanted: made.len() });
    for it in found.iter().filter(|it| it.is_translation()) {
        let (x, y) = it.pair;
        let place = [x, y].into_iter().find_map(|n| n.checked_sub(both.len()).filter(|k| *k < made.len()));
        let Some(place) = place else { continue };
        let other = if x == place + both.len() { y } else { x };
        let (from, host) = made[place];
        precise.wanted += 1;
        if other == from || other == host {
            precise.hits += 1;
        } else if shown {
            println!(
                "{language}: {} {}\n  {:.160}\n  {:.160}",
                it.rule,
                it.score,
                texts[other].0,
                texts[place + both.len()].0
            );
        }
        recalled.hits += usize::from(other == from);
    }
    (precise, recalled)
}

/// How often a quoted line finds its partner at first place among all quoted lines of the other language, both ways.
fn lines(docs: &BTreeMap<String, BTreeMap<String, Read>>, language: &str, shown: bool) -> Score {
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
