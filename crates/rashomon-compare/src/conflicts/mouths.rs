//! One utterance that two reports give to two persons.

use super::tolls::home;
use crate::quotes::{Identity, identity, is_named, named_beside};
use crate::rules;
use crate::{Conflict, ConflictKind, ConflictValue, Form, FormRelation, Point, Utterance};
use rashomon_annotate::{Corpus, NameKind, QuoteKind};
use rashomon_model::{Anchor, Span};

/// Files what is put into two mouths with the points that hold the words. Both reports must name the person beside the
/// words: who is meant by "she" may be read wrongly.
pub(crate) fn mouths(corpus: &Corpus, quotes: &[Utterance], points: &mut [Point]) {
    for utterance in quotes.iter().filter(|u| !u.other_speakers.is_empty()) {
        let told: Vec<(&Form, &str, Anchor)> = utterance.forms.iter().filter_map(|f| named(corpus, f)).collect();
        let mut values: Vec<(&Form, &str, Anchor)> = Vec::new();
        for it in &told {
            let apart = |o: &(&Form, &str, Anchor)| {
                o.2.article != it.2.article
                    && identity(Some(o.1), Some(it.1)) == Identity::Different
                    && surname(o.1) != surname(it.1)
            };
            if told.iter().any(apart) && !values.iter().any(|v| v.2.article == it.2.article) {
                values.push(*it);
            }
        }
        if values.len() < 2 {
            continue;
        }
        let places: Vec<Anchor> = values.iter().map(|v| v.0.anchor).collect();
        let Some(home) = home(points, &places, Span::overlaps) else { continue };
        let value = |v: &(&Form, &str, Anchor)| ConflictValue { value: v.1.to_owned(), amount: None, anchor: v.2 };
        points[home].conflicts.push(Conflict {
            kind: ConflictKind::Name,
            update: false,
            values: values.iter().map(value).collect(),
            rule: rules::GIVEN_TO_ANOTHER,
            reason: "the reports give the same words to different persons".to_owned(),
        });
    }
}

/// Who a form says speaks, where it is nearly the whole wording and names him itself.
fn named<'a, 'b>(corpus: &'a Corpus, form: &'b Form) -> Option<(&'b Form, &'a str, Anchor)> {
    let it = corpus.get(form.anchor.article);
    let span = form.speaker_span?;
    let whole = matches!(form.relation, FormRelation::Verbatim | FormRelation::Truncated);
    let spoken = matches!(form.kind, QuoteKind::Direct | QuoteKind::Mixed);
    let quote = it.quotes_over(form.anchor.span).find(|q| q.speaker_span == Some(span))?;
    let name = quote.speaker.as_deref().filter(|n| is_named(n) && n.contains(' '))?;
    // A body has many mouths, and whose report another outlet passes on is not who speaks.
    let person = it.entities.iter().any(|e| e.kind == NameKind::Person && e.name == name);
    let words = it.text(form.anchor.span).split_whitespace().count();
    (whole && spoken && person && words >= LEAST && named_beside(it, quote))
        .then(|| (form, name, Anchor::new(form.anchor.article, span)))
}

/// The last word of a name. Two persons of one surname are told apart by readers, and not by "Roe said".
fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Words of a form, at least: shorter ones are said by many.
const LEAST: usize = 5;
