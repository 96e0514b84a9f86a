//! The words of a point, with those set apart that no other report has the like of.

use crate::phrase;
use crate::report::{Point, Report};
use crate::visible::line;

/// The words of a point on one line, in parts, each with whether no other report has words like it.
///
/// Words that are too long to be shown whole are one part, and so are those whose parts do not lie in order inside them.
pub(crate) fn parts(it: &Report, point: &Point, most: usize) -> Vec<(String, bool)> {
    let said = point.said_by.is_some();
    let whole = || vec![(line(&phrase::point(&point.text, said), most), false)];
    if point.alone.iter().any(|e| e.witness != point.wording.witness) {
        return whole();
    }
    let text = &it.witnesses[point.wording.witness].text;
    let mut at = point.wording.span.start();
    let mut cut: Vec<(&str, bool)> = Vec::new();
    for e in &point.alone {
        let (before, own) = (text.get(at..e.span.start()), text.get(e.span.start()..e.span.end()));
        let (Some(before), Some(own)) = (before, own) else { return whole() };
        cut.extend([(before, false), (own, true)]);
        at = e.span.end();
    }
    let Some(rest) = text.get(at..point.wording.span.end()) else { return whole() };
    cut.push((rest, false));
    cut.retain(|(words, _)| !words.is_empty());
    // Between the words may stand what is none of the article's text; and who uses these marks already means something else.
    let told: String = cut.iter().map(|it| it.0).collect();
    if cut.len() < 2 || told != point.text || told.len() > most || told.contains(['‹', '›']) {
        return whole();
    }
    let last = cut.len() - 1;
    let edge = |it: Option<char>| if it.is_some_and(char::is_whitespace) { " " } else { "" };
    let part = |(n, (words, alone)): (usize, (&str, bool))| {
        let shown = if n == last { phrase::point(words, said) } else { words.into() };
        let (before, behind) = (edge(words.chars().next()), edge(words.chars().next_back()));
        let shown = line(&shown, most);
        if shown.is_empty() { (" ".into(), alone) } else { (format!("{before}{shown}{behind}"), alone) }
    };
    cut.into_iter().enumerate().map(part).collect()
}
