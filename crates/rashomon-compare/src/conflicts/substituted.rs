//! One word put for another in sentences that are otherwise told alike: "the fire started in the kitchen", "… in the attic".

use super::{Aligned, Clash, Side, is_spoken};
use crate::ConflictKind;
use crate::meaning::{Class, Term};
use crate::rules;
use rashomon_annotate::Tag;
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::Span;

/// The one noun that each of two sentences has instead of the other's, where all the rest agrees and the two words have
/// nothing to do with each other. Another verb is mostly another way to tell it: of 22 pairs of the marked stories with another
/// verb or noun in one place 19 stated one fact.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let negated = |s: &Side| s.gist.negated(pair.vocabulary);
    if !pair.joined || negated(&pair.a) || negated(&pair.b) {
        return Vec::new();
    }
    let (left, right) = (own(pair, &pair.a, true), own(pair, &pair.b, false));
    let (Some(x), Some(y)) = (left, right) else { return Vec::new() };
    let (head, other) = (pair.a.gist.terms[x.head], pair.b.gist.terms[y.head]);
    if head.class != other.class || x.shared.min(y.shared) < LEAST_SHARED {
        return Vec::new();
    }
    let related = |s: &Term, t: &Term| pair.vocabulary.related(s.entry, t.entry);
    let (p, q) = (x.words(&pair.a), y.words(&pair.b));
    if p.iter().any(|s| q.iter().any(|t| related(s, t))) {
        return Vec::new();
    }
    // A report that has the other's word as well may tell of both.
    let knows =
        |side: &Side, word: &str| side.article.tokens.iter().any(|t| side.text(t.span).eq_ignore_ascii_case(word));
    if knows(&pair.b, pair.a.text(head.span)) || knows(&pair.a, pair.b.text(other.span)) {
        return Vec::new();
    }
    let (agree, differ) = pair.frame(x.span, y.span);
    if agree == 0 || differ > 0 || is_spoken(pair.a.article, x.span) != is_spoken(pair.b.article, y.span) {
        return Vec::new();
    }
    let reason = "the same is told with another noun";
    let shown = |side: &Side, span: Span| (side.text(span).to_owned(), span);
    vec![pair.clash(
        ConflictKind::Name,
        rules::WORD_IN_PLACE_OF_ANOTHER,
        reason,
        shown(&pair.a, x.span),
        shown(&pair.b, y.span),
    )]
}

/// The words of a sentence that have no partner, where they stand together.
struct Own {
    span: Span,
    /// Indices of its terms.
    terms: Vec<usize>,
    /// The noun of them.
    head: usize,
    /// Content terms of the rest.
    shared: usize,
}

impl Own {
    fn words(&self, side: &Side) -> Vec<Term> {
        self.terms.iter().map(|i| side.gist.terms[*i]).collect()
    }
}

fn own(pair: &Aligned, side: &Side, first: bool) -> Option<Own> {
    let partner = |i: usize| {
        let mine = |l: &&crate::meaning::Link| if first { l.a == i } else { l.b == i };
        pair.alignment.links.iter().find(mine).is_some_and(|l| l.likeness >= PARTNER)
    };
    let terms = &side.gist.terms;
    let content: Vec<usize> = (0..terms.len()).filter(|i| terms[*i].class != Class::Function).collect();
    let alone: Vec<usize> = (0..content.len()).filter(|k| !partner(content[*k])).collect();
    let (from, to) = (*alone.first()?, *alone.last()?);
    // A word alone, or with one that describes it: "red car".
    let first_tag = side.article.tokens_in(terms[content[from]].span).first()?.tag;
    let together = to == from || to == from + 1 && alone.len() == MOST_OWN && first_tag == Tag::JJ;
    let plain = alone.iter().all(|k| matches!(terms[content[*k]].class, Class::Verb | Class::Content));
    let head = content[to];
    let tag = side.article.tokens_in(terms[head].span).first()?.tag;
    let tells = tag == Tag::NN;
    let word = side.text(terms[head].span).to_lowercase();
    // "said" and "told", "people" and "residents": words that stand for many.
    let says = Language::english().list(Fact::ReportingVerbs).contains(&word);
    let vague = VAGUE.contains(word.as_str()) || says;
    let terms = alone.iter().map(|k| content[*k]).collect();
    let span = side.gist.terms[content[from]].span.cover(side.gist.terms[head].span);
    (together && plain && tells && !vague).then(|| Own { span, terms, head, shared: content.len() - alone.len() })
}

/// Whether a sentence may hold such a word: as many of its content terms as may stand alone are not in the other.
pub(super) fn may_clash(a: &Side, b: &Side) -> bool {
    let own =
        |s: &Side, o: &Side| s.gist.content().filter(|t| !o.gist.terms.iter().any(|u| u.entry == t.entry)).count();
    let near = |n: usize| (1..=MOST_OWN + 1).contains(&n);
    near(own(a, b)) && near(own(b, a))
}

static VAGUE: WordSet = WordSet::english(Fact::VagueNouns, "vague");

/// How alike partners are, at least.
const PARTNER: f32 = 0.75;
/// Content terms of a sentence that may have no partner: "red car", "white van".
const MOST_OWN: usize = 2;
/// Content terms that the rest of both sentences has in common, at least.
const LEAST_SHARED: usize = 2;
