//! Reads GUM's CoNLL-U files: text, tokens with gold tags, sentences, and named entities.

use rashomon::annotate::training::names::is_title_word;
use rashomon::annotate::{NameKind, Tag, Token};
use rashomon::model::Span;
use std::fs;
use std::io;
use std::path::Path;

/// One document.
pub(crate) struct Document {
    /// File name without its ending.
    pub(crate) name: String,
    /// Whether it is news.
    pub(crate) news: bool,
    /// Its sentences in order.
    pub(crate) sentences: Vec<GoldSentence>,
}

/// One sentence with its own text.
#[derive(Default)]
pub(crate) struct GoldSentence {
    /// The text the token spans point into.
    pub(crate) text: String,
    /// Tokens with their gold tag.
    pub(crate) tokens: Vec<Token>,
    /// Named mentions: first token, one past the last, kind.
    pub(crate) names: Vec<(usize, usize, NameKind)>,
}

/// All documents of a folder, in order of name.
pub(crate) fn read(folder: &Path) -> io::Result<Vec<Document>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "conllu"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let sentences = sentences(&fs::read_to_string(path)?);
            Ok(Document { news: name.contains("_news_"), name, sentences })
        })
        .collect()
}

struct Line<'a> {
    columns: Vec<&'a str>,
}

impl Line<'_> {
    fn tag(&self) -> &str {
        self.columns[4]
    }

    fn is_proper(&self) -> bool {
        self.tag().starts_with("NNP")
    }
}

fn sentences(file: &str) -> Vec<GoldSentence> {
    let mut out = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for block in file.split("\n\n") {
        let lines: Vec<Line> = block
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| Line { columns: l.split('\t').collect() })
            .filter(|l| l.columns.len() == 10 && l.columns[0].bytes().all(|b| b.is_ascii_digit()))
            .collect();
        if lines.is_empty() {
            continue;
        }
        let mut sentence = GoldSentence::default();
        for line in &lines {
            let start = sentence.text.len();
            sentence.text.push_str(line.columns[1]);
            sentence
                .tokens
                .push(Token { span: Span::new(start, sentence.text.len()), tag: Tag::from_penn(line.tag()) });
            if !line.columns[9].contains("SpaceAfter=No") {
                sentence.text.push(' ');
            }
        }
        open.clear();
        let mut found = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let Some(marks) = line.columns[9].split('|').find_map(|p| p.strip_prefix("Entity=")) else { continue };
            brackets(marks, i, &mut open, |first, end, kind| found.extend(name(&lines, first, end, kind)));
        }
        // Where names lie inside names the longest stays.
        found.sort_by_key(|(first, end, _)| (*first, std::cmp::Reverse(*end)));
        for (first, end, kind) in found {
            if sentence.names.last().is_none_or(|(_, last, _)| *last <= first) {
                sentence.names.push((first, end, kind));
            }
        }
        out.push(sentence);
    }
    out
}

struct Open {
    group: String,
    kind: String,
    first: usize,
}

/// Follows the brackets of one token's `Entity=` value.
fn brackets(marks: &str, at: usize, open: &mut Vec<Open>, mut close: impl FnMut(usize, usize, &str)) {
    let mut rest = marks;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('(') {
            let end = inner.find(['(', ')']).unwrap_or(inner.len());
            let mut fields = inner[..end].split('-');
            let group = fields.next().unwrap_or("").to_string();
            let kind = fields.next().unwrap_or("").to_string();
            open.push(Open { group, kind, first: at });
            rest = &inner[end..];
            if let Some(after) = rest.strip_prefix(')') {
                if let Some(it) = open.pop() {
                    close(it.first, at + 1, &it.kind);
                }
                rest = after;
            }
        } else {
            let end = rest.find(')').unwrap_or(rest.len());
            let group = &rest[..end];
            if let Some(i) = open.iter().rposition(|o| o.group == group) {
                let it = open.remove(i);
                close(it.first, at + 1, &it.kind);
            }
            rest = rest.get(end + 1..).unwrap_or("");
        }
    }
}

/// The name inside a mention, if its head is a proper noun: the run of proper nouns around the head.
fn name(lines: &[Line], first: usize, end: usize, kind: &str) -> Option<(usize, usize, NameKind)> {
    let kind = match kind {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Place,
        "time" => return None,
        _ => NameKind::Other,
    };
    let head_of = |i: usize| lines[i].columns[6].parse::<usize>().ok().and_then(|h| h.checked_sub(1));
    let head = (first..end).find(|&i| head_of(i).is_none_or(|h| h < first || h >= end))?;
    if !lines[head].is_proper() {
        return None;
    }
    let inside = |i: usize| lines[i].is_proper();
    let joins = |i: usize| {
        matches!(lines[i].tag(), "HYPH")
            || matches!(lines[i].columns[1], "&" | "of" | "de" | "van" | "von" | "la" | "the" | "and" | "for")
    };
    // To the left only what depends on the head; to the right also "of" and what follows it.
    let (mut from, mut to) = (head, head + 1);
    while from > first
        && (inside(from - 1)
            || (from > first + 1 && joins(from - 1) && lines[from - 1].tag() == "HYPH" && inside(from - 2)))
    {
        from -= 1;
    }
    while to < end {
        if inside(to) {
            to += 1;
        } else if to + 1 < end
            && inside(to + 1)
            && (lines[to].tag() == "HYPH"
                || (kind != NameKind::Person && matches!(lines[to].columns[1], "of" | "&" | "for" | "and")))
        {
            to += 2;
        } else if to + 2 < end
            && kind != NameKind::Person
            && lines[to].columns[1] == "of"
            && lines[to + 1].columns[1] == "the"
            && inside(to + 2)
        {
            to += 3;
        } else {
            break;
        }
    }
    // A title is not part of a person's name.
    if kind == NameKind::Person {
        while from + 1 < to && (is_title_word(lines[from].columns[1]) || lines[from].tag() == "HYPH") {
            from += 1;
        }
    }
    Some((from, to, kind))
}
