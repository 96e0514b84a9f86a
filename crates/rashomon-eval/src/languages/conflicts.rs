//! What is said to be in conflict between an article and its translation: as it is, and with figures changed.

use super::{Read, Score, figures};
use rashomon::annotate::Number;
use rashomon::collate;
use rashomon::compare::Conflict;
use rashomon::model::{Article, ArticleId, Span};

/// A figure and another one of as many digits.
fn changed(figure: &str) -> String {
    let mut out = String::new();
    let mut first = true;
    for c in figure.chars() {
        let digit = c.to_digit(10).filter(|_| first);
        first &= digit.is_none();
        out.push(digit.map_or(c, |d| char::from_digit(d % 9 + 1, 10).unwrap_or(c)));
    }
    out
}

/// The conflicts of the two articles, with the id of the first.
fn conflicts(texts: [(&str, &str); 2]) -> (Vec<Conflict>, Option<ArticleId>) {
    let article = |(language, text): (&str, &str)| Article {
        id: language.into(),
        text: text.to_owned(),
        language: Some(language.to_owned()),
        ..Article::default()
    };
    let it = collate(texts.map(article).to_vec()).output;
    let first = it.corpus.iter().find(|a| &*a.1.article.id == texts[0].0).map(|a| a.0);
    let points = it.stories.into_iter().flat_map(|s| s.1.points);
    let all = points.flat_map(|p| p.conflicts).filter(|c| c.rule.name().ends_with("-in-another-language"));
    (all.collect(), first)
}

/// How many conflicts are shown between articles and their translations, where hardly one is real.
pub(super) fn in_translations(pairs: &[[&Read; 2]], language: &str, shown: bool) -> usize {
    let mut sum = 0;
    for [english, other] in pairs {
        let texts = [&english.it.article.text, &other.it.article.text];
        let (found, first) = conflicts([("en", texts[0]), (language, texts[1])]);
        sum += found.len();
        for it in found.iter().filter(|_| shown) {
            println!("{language}: {} {:?}", it.rule, it.values.iter().map(|v| &v.value).collect::<Vec<_>>());
            for v in &it.values {
                let side = usize::from(Some(v.anchor.article) != first);
                let line = [english, other][side].lines.iter().find(|line| line.contains(v.anchor.span));
                println!("  {}", line.map_or("", |line| line.text(texts[side])));
            }
        }
    }
    sum
}

/// The share of figures, of which each has been changed in the translation, that are shown as in conflict.
pub(super) fn of_changed(pairs: &[[&Read; 2]], language: &str, shown: bool) -> Score {
    let mut score = Score::default();
    for [english, other] in pairs {
        let text = &other.it.article.text;
        let (mut made, mut from) = (String::new(), 0);
        let mut lines: Vec<(usize, Span)> = Vec::new();
        for n in 0..english.lines.len().min(other.lines.len()) {
            if figures(english.line(n)) != figures(other.line(n)) {
                continue;
            }
            let line = other.lines[n];
            let figure = |it: &&Number| line.contains(it.span) && it.value >= 10.0 && it.high.is_none();
            let Some(number) = other.it.numbers.iter().find(figure) else { continue };
            let figure = number.span.text(text);
            if !figure.contains(|c: char| c.is_ascii_digit()) || !english.numbers(n).contains(&number.value.to_string())
            {
                continue;
            }
            made.push_str(&text[from..number.span.start()]);
            let start = made.len();
            made.push_str(&changed(figure));
            lines.push((n, Span::new(start, made.len())));
            from = number.span.end();
        }
        made.push_str(&text[from..]);
        let (found, first) = conflicts([("en", &english.it.article.text), (language, &made)]);
        for (n, place) in lines {
            let side = |it: &Conflict, of_first: bool, span: Span| {
                it.values.iter().any(|v| (Some(v.anchor.article) == first) == of_first && v.anchor.span.overlaps(span))
            };
            let hit = found.iter().any(|it| side(it, true, english.lines[n]) && side(it, false, place));
            score.wanted += 1;
            score.hits += usize::from(hit);
            if shown && !hit {
                println!("{language}: {}\n  {}\n  {}", place.text(&made), english.line(n), other.line(n));
            }
        }
    }
    score
}
