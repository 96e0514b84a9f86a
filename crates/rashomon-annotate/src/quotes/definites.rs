//! Who is meant by "the court", "the paper", "it" and "the official": what was brought in before.

use super::mentions::{behind_complement, behind_preposition, noun_phrase_before};
use super::persons::names_person;
use crate::{Annotated, Name, NameKind, Tag};
use rashomon_language::{Fact, Language};
use rashomon_model::{Span, is_outlet};

/// The body that "it" at `span` means: the one named before the first finite verb of the sentence before.
pub(super) fn body_before(it: &Annotated, span: Span) -> Option<usize> {
    let here = it.sentence_at(span.start())?;
    let before = it.sentences[here.checked_sub(1)?];
    let at = |t: &crate::Token| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD);
    let verb = it.tokens_of(&before).iter().find(|t| at(t))?;
    let subject = Span::new(before.span.start(), verb.span.start().max(before.span.start()));
    let name = it.names_in(subject).iter().rfind(|n| n.kind != NameKind::Other)?;
    (name.kind == NameKind::Organization && !behind_preposition(it, name)).then_some(name.entity)
}

/// The company that "the company" means: the one that is the subject of the sentence before, in its paragraph.
pub(super) fn company_called(it: &Annotated, span: Span) -> Option<usize> {
    let [the, noun] = it.tokens_in(span) else { return None };
    let noun = it.text(noun.span).to_lowercase();
    if !it.text(the.span).eq_ignore_ascii_case("the") || !COMPANIES.contains(&noun.as_str()) {
        return None;
    }
    let here = it.sentence_at(span.start())?;
    let before = &it.sentences[here.checked_sub(1)?];
    let opens = it.sentences[here].span.start() == span.start() && before.paragraph == it.sentences[here].paragraph;
    if opens { body_before(it, span) } else { None }
}

/// Nouns for a company, whatever it makes.
const COMPANIES: [&str; 12] = [
    "company",
    "firm",
    "automaker",
    "carmaker",
    "airline",
    "manufacturer",
    "retailer",
    "drugmaker",
    "bank",
    "insurer",
    "utility",
    "chain",
];

/// The body that "the court" means: the one named last whose name holds the noun, "the Harbour Court"; of two named near, the one
/// that spoke last or none.
pub(super) fn body_called(it: &Annotated, span: Span, last: Option<usize>) -> Option<usize> {
    let [the, noun] = it.tokens_in(span) else { return None };
    if !it.text(the.span).eq_ignore_ascii_case("the") || noun.tag != Tag::NN && noun.tag != Tag::NNP {
        return None;
    }
    let noun = it.text(noun.span).to_lowercase();
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let holds = |n: &&Name| {
        let name = &it.entities[n.entity].name;
        n.kind == NameKind::Organization && name.contains(' ') && heads(name, &noun)
    };
    let nearest = it.names[..end].iter().rfind(holds)?;
    let here = it.sentence_at(span.start())?;
    let near = |n: &&Name| it.sentence_at(n.span.start()).is_some_and(|there| there + NEAR_BODY >= here);
    let mut others = it.names[..end].iter().rev().take_while(near).filter(holds).filter(|n| n.entity != nearest.entity);
    match others.next() {
        None => Some(nearest.entity),
        Some(other) => last.filter(|l| [nearest.entity, other.entity].contains(l)),
    }
}

/// Sentences in which two bodies named make "the court" doubtful. Chosen by hand, not measured.
const NEAR_BODY: usize = 6;

/// Whether `noun`, in lower case, heads a body's name: "the court" of "the Harbour Court" and "the Court of Ost"; "the budget" is no
/// "Budget Committee".
fn heads(name: &str, noun: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let is = |i: usize| words[i].starts_with(char::is_uppercase) && words[i].to_lowercase() == noun;
    (0..words.len()).any(|i| is(i) && words.get(i + 1).is_none_or(|next| next.starts_with(char::is_lowercase)))
}

/// The outlet that "the paper" means: the one named last, a few sentences ago.
pub(super) fn outlet_called(it: &Annotated, span: Span) -> Option<usize> {
    let [the, noun] = it.tokens_in(span) else { return None };
    let nouns = Language::english().list(Fact::OutletNouns);
    if !it.text(the.span).eq_ignore_ascii_case("the") || !nouns.contains(&it.text(noun.span).to_lowercase()) {
        return None;
    }
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let here = it.sentence_at(span.start())?;
    let near = |n: &&Name| it.sentence_at(n.span.start()).is_some_and(|there| there + NEAR_OUTLET >= here);
    let newsroom = Language::english().list(Fact::NewsroomWords);
    let outlet = |n: &&Name| {
        let name = &it.entities[n.entity].name;
        n.kind != NameKind::Person
            && (is_outlet(name) || name.contains(".com") || name.split(' ').any(|w| newsroom.contains(w)))
    };
    it.names[..end].iter().rev().take_while(near).find(outlet).map(|n| n.entity)
}

/// Sentences in which "the paper" can have been named. Chosen by hand, not measured.
const NEAR_OUTLET: usize = 3;

/// The phrase that brought in whom "the official" means: "a senior official of the council", with the same noun.
pub(super) fn first_mention(it: &Annotated, head: Span) -> Option<Span> {
    let [the, noun] = it.tokens_in(head) else { return None };
    let word = it.text(noun.span).to_lowercase();
    if !matches!(it.text(the.span).to_lowercase().as_str(), "the" | "this" | "that")
        || !matches!(noun.tag, Tag::NN | Tag::JJ)
        || !names_person(&word)
    {
        return None;
    }
    let here = it.sentence_at(head.start())?;
    let at = it.tokens.partition_point(|t| t.span.start() < head.start());
    (here.saturating_sub(FIRST_MENTION)..=here).rev().find_map(|n| {
        let sentence = it.sentences[n].first_token..it.sentences[n].end_token.min(at);
        sentence.clone().rev().find_map(|i| {
            let same =
                matches!(it.tokens[i].tag, Tag::NN | Tag::JJ) && it.text(it.tokens[i].span).eq_ignore_ascii_case(&word);
            let phrase = |end: usize| noun_phrase_before(it, end, &sentence);
            // The tagger may take "official" for an adjective.
            let first = if same { phrase(i + 1).or_else(|| phrase(i))? } else { return None };
            let new = matches!(it.text(it.tokens[first].span).to_lowercase().as_str(), "a" | "an" | "one" | "another");
            let last = behind_complement(it, i + 1).unwrap_or(i + 1).min(sentence.end) - 1;
            // "A person" says no more than "the person".
            (new && last > first + 1).then(|| it.tokens[first].span.cover(it.tokens[last].span))
        })
    })
}

/// Sentences before a definite phrase in which an indefinite one is looked for. Chosen by hand, not measured.
const FIRST_MENTION: usize = 8;
