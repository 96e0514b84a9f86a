//! Reports as one self-contained page that asks no network for anything and reads without scripts.

mod body;
mod graph;
mod matrix;
mod page;

use crate::report::{Evidence, Report};
use crate::visible::{line, visible};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, HtmlEscape, Output, State, UndefinedBehavior, Value, context};
use rashomon_model::{Note, Span};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Style and script stand in the page; their digests stand in its security policy, so nothing else can run.
pub const STYLE: &str = include_str!("../templates/page.css");
/// Opens the words behind a reference and filters the points; a page that shows [`story_part`] can serve it as a file.
pub const SCRIPT: &str = include_str!("../templates/page.js");

/// Notes on the input that are shown before the rest is only counted.
const NOTES: usize = 200;

/// Stories on one page, where there may be several.
const STORIES: usize = 20;

/// The reports as an HTML page: stories of several reports in full, then those that stand alone in one line each.
///
/// All text is escaped where it is put in; the page's policy forbids every connection and every other script.
#[must_use]
pub fn html(reports: &[Report], notes: &[Note]) -> String {
    pages(reports, notes, usize::MAX, &|_| String::new()).pop().unwrap_or_default()
}

/// The same on as many pages as it takes, twenty on each; the first has the index of all. `name` is what the page of a
/// number, from 1, is called in the links of the others.
#[must_use]
pub fn html_pages(reports: &[Report], notes: &[Note], name: &dyn Fn(usize) -> String) -> Vec<String> {
    pages(reports, notes, STORIES, name)
}

/// A story in the index.
#[derive(Serialize)]
struct Entry {
    href: String,
    headline: String,
    reports: usize,
}

fn pages(reports: &[Report], notes: &[Note], on_one: usize, name: &dyn Fn(usize) -> String) -> Vec<String> {
    let told: Vec<&Report> = reports.iter().filter(|r| reports.len() == 1 || r.witnesses.len() > 1).collect();
    let count = told.len().div_ceil(on_one).max(1);
    let entry = |(n, r): (usize, &&Report)| {
        let page = n / on_one + 1;
        let file = if page == 1 { String::new() } else { name(page) };
        Entry { href: format!("{file}#s{}", n + 1), headline: line(&r.headline, 200), reports: r.witnesses.len() }
    };
    let index: Vec<Entry> = told.iter().enumerate().map(entry).collect();
    let environment = environment();
    let one = |number: usize| {
        let from = (number - 1).saturating_mul(on_one);
        let shown = &told[from..told.len().min(from.saturating_add(on_one))];
        let story = if shown.len() > 1 { page::Story::among_others } else { page::Story::new };
        let stories = shown.iter().enumerate().map(|(n, r)| story(r, from + n + 1)).collect();
        let around = Around {
            index: if number == 1 { &index } else { &[] },
            before: (number > 1).then(|| name(number - 1)),
            after: (number < count).then(|| name(number + 1)),
            which: if count > 1 {
                format!("{} to {} of {} stories", from + 1, from + shown.len(), told.len())
            } else {
                String::new()
            },
        };
        let (alone, notes) = if number == 1 { (reports, notes) } else { (&[][..], &[][..]) };
        page(&environment, shown, stories, alone, notes, &around)
    };
    (1..=count).map(one).collect()
}

/// What the window says all the while: the headline of a page's only story, else how many there are.
fn title(told: &[&Report], around: &Around<'_>) -> String {
    match told {
        [] => "Reports".to_owned(),
        [one] => line(&one.headline, 160),
        _ if !around.which.is_empty() => around.which.clone(),
        _ => format!("{} stories", told.len()),
    }
}

/// Where a page stands among others.
struct Around<'a> {
    index: &'a [Entry],
    before: Option<String>,
    after: Option<String>,
    which: String,
}

fn page(
    environment: &Environment<'_>,
    told: &[&Report],
    stories: Vec<page::Story>,
    reports: &[Report],
    notes: &[Note],
    around: &Around<'_>,
) -> String {
    let alone = reports.iter().filter(|r| reports.len() > 1 && r.witnesses.len() == 1);
    let alone: Vec<_> = alone.map(page::Alone::new).collect();
    let page = context! {
        title => title(told, around),
        index => Value::from(Serde(around.index)),
        before => &around.before,
        after => &around.after,
        which => &around.which,
        style => Value::from_safe_string(STYLE.to_owned()),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        style_digest => digest(STYLE),
        script_digest => digest(SCRIPT),
        stories => Value::from(Serde(stories)),
        alone => Value::from(Serde(alone)),
        notes => notes.iter().take(NOTES).map(|n| format!("{}: {}", n.place, n.message)).collect::<Vec<_>>(),
        notes_folded => notes.len().saturating_sub(NOTES),
        version => env!("CARGO_PKG_VERSION"),
    };
    let template = environment.get_template("page").expect("the templates are part of the program");
    template.render(page).expect("every name in the templates is given")
}

/// One story as a part of a larger page, for a program that serves pages of its own.
///
/// `link` gives the address of an article by its id; the words behind a reference then have an address of their own.
#[must_use]
pub fn story_part(report: &Report, link: &dyn Fn(&str) -> Option<String>) -> String {
    let story = page::Story::linked(report, 1, link);
    let environment = environment();
    let template = environment.get_template("part").expect("the templates are part of the program");
    template.render(context! { story => Value::from(Serde(story)) }).expect("every name in the templates is given")
}

/// The templates of a story, escaping as all our pages do; a program that serves pages of its own adds its own to them.
///
/// # Panics
/// Not with the templates that are part of the program.
#[must_use]
pub fn environment() -> Environment<'static> {
    let mut it = Environment::new();
    it.set_auto_escape_callback(|_| AutoEscape::Html);
    it.set_formatter(escape);
    it.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    it.set_syntax(syntax.expect("the delimiters are the usual ones"));
    let templates = [
        ("page", include_str!("../templates/page.html")),
        ("part", "{% from \"story\" import story as told %}{{ told(story) }}"),
        ("story", include_str!("../templates/story.html")),
        ("graph", include_str!("../templates/graph.html")),
        ("parts", include_str!("../templates/parts.html")),
    ];
    for (name, source) in templates {
        it.add_template(name, source).expect("the templates are part of the program");
    }
    it
}

/// Writes a value with hidden characters shown and markup escaped.
fn escape(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str().filter(|_| !value.is_safe()).map(visible) {
        Some(Cow::Owned(shown)) => write!(out, "{}", HtmlEscape(&shown)).map_err(Error::from),
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// SHA-256 in base64 (RFC 4648), as a content security policy wants it.
fn digest(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for bytes in Sha256::digest(text).chunks(3) {
        let bits = bytes.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - bytes.len()));
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n <= bytes.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// A reference that opens a report at its place.
#[derive(Clone, Serialize)]
struct Ref {
    /// `A:12`.
    label: String,
    /// Without the `#`.
    href: String,
    /// The words there.
    words: String,
}

impl Ref {
    fn new(report: &Report, story: usize, it: Evidence) -> Self {
        let letter = &report.witnesses[it.witness].letter;
        Self { label: report.reference(it), href: place(story, letter, it.span), words: line(report.text(it), 90) }
    }

    fn all<'a>(report: &Report, story: usize, all: impl IntoIterator<Item = &'a Evidence>) -> Vec<Self> {
        all.into_iter().map(|e| Self::new(report, story, *e)).collect()
    }
}

/// The page's name for a place: story, letter, first and last byte.
fn place(story: usize, letter: &str, span: Span) -> String {
    format!("s{story}.{letter}.{}.{}", span.start(), span.end())
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn digests_are_as_browsers_write_them() {
        assert_eq!(digest(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
