//! Who is meant by the words that name a speaker.
//!
//! A name is the entity it belongs to; a role ("the minister", "the spokeswoman") is the entity that was given that role;
//! a pronoun is the most salient person before it that fits (in the manner of Lappin & Leass 1994: nearness, place in its
//! sentence, whether the person spoke last). Who cannot be told keeps the words of the article.

use super::cues::act;
use super::definites::{body_before, body_called, first_mention, outlet_called};
use super::mentions::{
    Mention, behind_preposition, joined_names, mention, name_before_apposition, name_in_apposition, noun_phrase_before,
    proper_name, with_given_name,
};
use super::persons::{agrees, names_person};
use super::subjects;
use crate::gazetteer::GAZETTEER;
use crate::{Act, Annotated, Name, NameKind, Quote, QuoteKind, Tag};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::Span;
use rustc_hash::FxHashMap;

static PRONOUNS: WordSet = WordSet::english(Fact::Pronouns, "speaker-phrase");

static PARTICLES: WordSet = WordSet::english(Fact::NameConnectors, "speaker");

/// Fills in the speaker's name and entity where a quotation says who speaks.
pub(crate) fn resolve(it: &Annotated, quotes: &mut [Quote]) {
    let contents: Vec<Span> =
        quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Headline)).map(|q| q.span).collect();
    let mut last: Option<Last> = None;
    let mut last_phrase: Option<Phrase> = None;
    let mut known: FxHashMap<Span, (Option<usize>, String)> = FxHashMap::default();
    let mut issued: FxHashMap<String, usize> = FxHashMap::default();
    let mut fullest: FxHashMap<String, Option<String>> = FxHashMap::default();
    for quote in quotes.iter_mut() {
        subjects::mend(it, quote);
        if quote.speaker_span.is_none() {
            quote.speaker_span = in_sight(it, quote, &contents);
        }
        let Some(span) = quote.speaker_span else { continue };
        let mention = mention(it, span);
        // A day or a decade speaks as little as a bare "of".
        if it.times_over(mention.head).any(|t| t.span.contains(mention.head))
            || !it.text(mention.head).contains(char::is_alphanumeric)
            || matches!(it.text(mention.head), "'s" | "’s" | "'S" | "’S")
        {
            quote.speaker_span = None;
            continue;
        }
        quote.speaker_span = Some(mention.whole);
        let at = quote.cue_span.unwrap_or(span).start().max(quote.span.start());
        let (entity, name) = known.get(&span).cloned().unwrap_or_else(|| {
            // Of two who say something together neither is the speaker alone.
            if let Some(both) = joined_names(it, mention.head).filter(|both| beside_cue(it, quote, both)) {
                let names: Vec<String> = both.iter().map(|s| fullest_name(it, *s, &mut fullest)).collect();
                return (None, list(&names));
            }
            // "Stone's sister said … Asked again, she said": she is the sister, not the last person named.
            let spoken = |p: &&Phrase| {
                let noun = p.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
                let pronoun = it.text(mention.head).to_lowercase();
                // A name that the name finder missed is as good.
                let named = p.person && !p.plural && p.name.contains(' ') && matches!(pronoun.as_str(), "he" | "she");
                let proper = || p.name.split(' ').all(|w| w.starts_with(char::is_uppercase));
                p.near(it, mention.head) && (agrees(&pronoun, &noun) || named && proper())
            };
            if let Some(phrase) = last_phrase.as_ref().filter(|p| last.is_none_or(|l| l.at < p.at)).filter(spoken) {
                return (None, phrase.name.clone());
            }
            let entity = entity(it, mention.head, last, &contents, quote.span)
                .or_else(|| if mention.whole == mention.head { None } else { name_in_apposition(it, mention.whole) })
                .or_else(|| issuer(it, mention.head, &issued));
            let name = match entity {
                Some(e) => full_name(it, e, mention.head, &mut fullest),
                None => phrase_name(it, mention, last_phrase.as_ref(), &mut fullest),
            };
            (entity, name)
        });
        if entity.is_none() && !is_pronoun(&name.to_lowercase()) && !is_pronoun(&it.text(mention.head).to_lowercase()) {
            let noun = it.tokens_in(mention.head).last();
            let plural = noun.is_some_and(|t| matches!(t.tag, Tag::NNS | Tag::NNPS)) || name.contains(" and ");
            let person = noun.is_some_and(|t| t.tag.is_proper() || names_person(&it.text(t.span).to_lowercase()));
            last_phrase = Some(Phrase { name: name.clone(), plural, person, at });
        } else if let Some(e) = entity {
            last_phrase = (it.entities[e].kind != NameKind::Person).then(|| Phrase {
                name: name.clone(),
                plural: false,
                person: false,
                at,
            });
        }
        known.insert(span, (entity, name.clone()));
        quote.speaker_entity = entity;
        // A pronoun that stands for nobody in sight names nobody.
        quote.speaker = Some(name).filter(|name| entity.is_some() || !is_pronoun(&name.to_lowercase()));
        if let Some(entity) = entity {
            last = Some(Last { entity, at });
            issued.extend(issues(it, at).map(|noun| (noun, entity)));
        }
    }
    from_body(it, quotes);
}

/// The documents that the words around `at` bring in as the speaker's own, within their sentence: "said in a statement", "her
/// letter", "released a report". "Rejected a report" brings in somebody else's.
fn issues(it: &Annotated, at: usize) -> impl Iterator<Item = String> + '_ {
    let sentence = it.sentence_at(at).map_or(0..0, |s| it.sentences[s].first_token..it.sentences[s].end_token);
    let cue = it.tokens.partition_point(|t| t.span.end() <= at);
    let near = sentence.start.max(cue.saturating_sub(AROUND))..sentence.end.min(cue + AROUND);
    near.filter_map(move |i| {
        let noun = it.text(it.tokens[i].span).to_lowercase();
        let known = Language::english().list(Fact::Documents).contains(&noun);
        let word = |k: usize| it.text(it.tokens[k].span).to_lowercase();
        let article = known.then(|| (i.saturating_sub(3).max(sentence.start)..i).rev()).and_then(|mut before| {
            before.find(|&k| matches!(word(k).as_str(), "a" | "an" | "his" | "her" | "its" | "their"))
        })?;
        let own = !matches!(word(article).as_str(), "a" | "an");
        let through = article.checked_sub(1).filter(|&k| k >= sentence.start).is_some_and(|k| {
            let issuing = Language::english().list(Fact::IssuingVerbs);
            matches!(word(k).as_str(), "in" | "via" | "through" | "by") || issuing.contains(&word(k))
        });
        (own || through).then_some(noun)
    })
}

/// Tokens on either side of a cue in which a document is brought in.
const AROUND: usize = 40;

/// Who issued the document that speaks at `head`: "the statement" is of whom a statement was quoted last.
fn issuer(it: &Annotated, head: Span, issued: &FxHashMap<String, usize>) -> Option<usize> {
    let words = it.text(head).to_lowercase();
    let noun = words.strip_prefix("the ").or_else(|| words.strip_prefix("this "))?;
    issued.get(noun).copied()
}

/// Whether the names of several speakers stand right before or behind the cue of `quote`.
fn beside_cue(it: &Annotated, quote: &Quote, names: &[Span]) -> bool {
    let (Some(cue), Some(first), Some(last)) = (quote.cue_span, names.first(), names.last()) else { return false };
    let near = |from: usize, to: usize| {
        from <= to && it.article.text.get(from..to).is_some_and(|gap| gap.split_whitespace().count() <= 2)
    };
    near(last.end(), cue.start()) || near(cue.end(), first.start())
}

/// "Ada Stone, Bo Marsh and Cy Dahl".
fn list(names: &[String]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}

fn fullest_name(it: &Annotated, span: Span, fullest: &mut FxHashMap<String, Option<String>>) -> String {
    match named(it, span) {
        Some(name) => full_name(it, name.entity, span, fullest),
        None => single_spaced(it.text(span)),
    }
}

/// A quotation in a headline is by whom the article quotes with its words, in their order.
fn from_body(it: &Annotated, quotes: &mut [Quote]) {
    let words = |span: Span| {
        it.tokens_in(span)
            .iter()
            .map(|t| it.text(t.span).to_lowercase())
            .filter(|w| w.starts_with(char::is_alphanumeric))
            .collect::<Vec<_>>()
    };
    let open = |q: &Quote| q.kind == QuoteKind::Headline && q.speaker.is_none();
    for n in 0..quotes.len() {
        if !open(&quotes[n]) {
            continue;
        }
        let asked = words(quotes[n].span);
        let holds = |q: &&Quote| {
            let mut rest = asked.iter().peekable();
            words(q.span).iter().for_each(|w| {
                rest.next_if(|a| *a == w);
            });
            rest.peek().is_none()
        };
        let bodies =
            quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Mixed) && q.speaker.is_some());
        if asked.len() >= 3
            && let Some(body) = bodies.clone().find(holds)
        {
            let (name, entity, span) = (body.speaker.clone(), body.speaker_entity, body.speaker_span);
            (quotes[n].speaker, quotes[n].speaker_entity, quotes[n].speaker_span) = (name, entity, span);
        }
    }
}

/// Who spoke last, and where.
#[derive(Clone, Copy)]
struct Last {
    entity: usize,
    at: usize,
}

/// Who spoke last, where it is no person with a name.
struct Phrase {
    name: String,
    plural: bool,
    /// Whether it can be a person, whom "he" or "she" means.
    person: bool,
    at: usize,
}

impl Phrase {
    /// Whether it spoke in the sentence of `head` or one of the two before.
    fn near(&self, it: &Annotated, head: Span) -> bool {
        let (there, here) = (it.sentence_at(self.at), it.sentence_at(head.start()));
        there.zip(here).is_some_and(|(t, h)| t <= h && h - t <= 2)
    }
}

/// Who speaks a quotation that is a paragraph of its own, where nothing says so and no quotation came before: the only
/// person named in the paragraph before it.
fn in_sight(it: &Annotated, quote: &Quote, contents: &[Span]) -> Option<Span> {
    if quote.kind != QuoteKind::Direct || quote.cue_span.is_some() {
        return None;
    }
    let here = &it.sentences[it.sentence_at(quote.span.start())?];
    let text = &it.article.text;
    let whole = text[..quote.span.start()].trim_end_matches(['"', '“', '‘', '\'', '«', '„']).ends_with('\n')
        && text[quote.span.end()..]
            .trim_start_matches(['"', '”', '’', '\'', '»', '“'])
            .chars()
            .next()
            .is_none_or(|c| c == '\n');
    let Some(before) = here.paragraph.checked_sub(1).filter(|_| whole) else { return told_of(it, quote, contents) };
    let from = it.sentences.partition_point(|s| s.paragraph < before);
    let to = it.sentences.partition_point(|s| s.paragraph <= before);
    let (first, last) = (it.sentences.get(from)?, it.sentences.get(to.checked_sub(1)?)?);
    if first.heading || from >= to {
        return None;
    }
    let paragraph = first.span.cover(last.span);
    let mut people = it.names_in(paragraph).iter().filter(|n| n.kind == NameKind::Person);
    let Some(name) = people.next() else { return label(it, paragraph) };
    let alone = people.all(|n| n.entity == name.entity) && !touched(contents, paragraph);
    // "Or in Ada Stone's words:"
    let next = it.tokens.partition_point(|t| t.span.start() < name.span.end());
    let owns_words = possessive(it, name) && it.tokens.get(next + 1).is_some_and(|t| it.text(t.span) == "words");
    (alone && (owns_words || !possessive(it, name) && !behind_preposition(it, name))).then_some(name.span)
}

/// The name that ends a line with a colon, where the name finder saw none: "Harbour lawyer Miles Reed:".
fn label(it: &Annotated, paragraph: Span) -> Option<Span> {
    let tokens = it.tokens_in(paragraph);
    let (colon, title) = tokens.split_last().filter(|(last, _)| it.text(last.span) == ":")?;
    let named = title.iter().rev().take_while(|t| t.tag.is_proper()).count();
    let plain = |t: &crate::Token| t.tag.is_noun() || matches!(t.tag, Tag::JJ | Tag::DT | Tag::Hyph | Tag::POS);
    let whole = (2..=4).contains(&named) && title.len() <= MOST_LABEL && title.iter().all(plain);
    whole.then(|| Span::new(title[title.len() - named].span.start(), colon.span.start()).trimmed(&it.article.text))
}

/// Tokens of a line that names who speaks in the next paragraph.
const MOST_LABEL: usize = 8;

/// Who speaks of himself behind the sentence that tells of him alone: "Ada Stone was held for a week. “They took my boat.”"
fn told_of(it: &Annotated, quote: &Quote, contents: &[Span]) -> Option<Span> {
    let here = it.sentence_at(quote.span.start())?;
    let before = it.sentences[..here].last().filter(|s| s.paragraph == it.sentences[here].paragraph && !s.heading)?;
    let opens = it.text(it.sentences[here].span).starts_with(['“', '"', '‘']);
    let own =
        |t: &crate::Token| matches!(it.text(t.span).to_lowercase().as_str(), "i" | "me" | "my" | "myself" | "i'm");
    if !opens || !it.tokens_in(quote.span).iter().any(own) || touched(contents, before.span) {
        return None;
    }
    let mut people = it.names_in(before.span).iter().filter(|n| n.kind == NameKind::Person);
    let name = people.next()?;
    let alone = people.all(|n| n.entity == name.entity);
    (alone && !possessive(it, name) && !behind_preposition(it, name)).then_some(name.span)
}

/// The fullest form of the name of entity `e`, mentioned at `head`.
fn full_name(it: &Annotated, e: usize, head: Span, fullest: &mut FxHashMap<String, Option<String>>) -> String {
    let entity = &it.entities[e];
    let words = |s: &str| s.split_whitespace().count();
    // A name that the name finder took for two: "Ada" and "Stone". A day before it is none of it: "On Friday Ada Stone said".
    let run = proper_name(it, head).filter(|s| it.times_over(*s).next().is_none());
    if let Some(run) = run.map(|s| single_spaced(it.text(s)))
        && words(&run) > words(&entity.name)
        && words(&run) <= 6
        && run.ends_with(entity.name.as_str())
    {
        return run;
    }
    // The name finder took the given name alone, for the surname is a word too or has a particle: "Ann Lake", "Ann de Witt".
    if entity.kind == NameKind::Person
        && words(&entity.name) == 1
        && let Some(run) = goes_on(it, head, &entity.name)
    {
        return run;
    }
    // "St Anne's Hospital", of which the name finder took the last word.
    if entity.kind != NameKind::Person
        && let Some(owner) = it.text(head).strip_suffix(entity.name.as_str())
        && owner.trim_end().ends_with("'s") | owner.trim_end().ends_with("’s")
        && it.tokens_in(head).iter().take_while(|t| t.tag != Tag::POS).all(|t| t.tag.is_proper() || t.tag == Tag::DT)
    {
        let written = single_spaced(it.text(head));
        return written.strip_prefix("the ").or(written.strip_prefix("The ")).unwrap_or(&written).to_owned();
    }
    if entity.kind == NameKind::Person && words(&entity.name) == 1 {
        let full = fullest.entry(entity.name.clone()).or_insert_with(|| {
            with_given_name(it, &entity.name)
                .or_else(|| surname_elsewhere(it, e))
                .or_else(|| only_bearer(it, &entity.name))
        });
        if let Some(full) = full {
            return full.clone();
        }
    }
    entity.name.clone()
}

/// The given name of entity `e` with the surname that stands behind it at another mention.
fn surname_elsewhere(it: &Annotated, e: usize) -> Option<String> {
    let mentions = it.names.iter().filter(|n| n.entity == e).take(MENTIONS);
    mentions.filter_map(|n| goes_on(it, n.span, &it.entities[e].name)).next()
}

/// The only one in the article with the given name `name`, or with the title that the name finder took for a name: "Ada" is
/// Ada Stone, "Minister" who is called minister.
fn only_bearer(it: &Annotated, name: &str) -> Option<String> {
    let title = GAZETTEER.heads.contains(name.to_lowercase().as_str());
    let bears = |e: &&crate::Entity| {
        let words = e.name.split(' ').count();
        let given = e.kind != NameKind::Organization && e.name.split(' ').next() == Some(name);
        (2..=3).contains(&words)
            && if title { e.kind == NameKind::Person && e.roles.iter().any(|r| r.ends_with(name)) } else { given }
    };
    let mut bearers = it.entities.iter().filter(bears);
    bearers.next().filter(|_| bearers.next().is_none()).map(|only| only.name.clone())
}

/// Mentions of a person that are searched for a surname behind the given name.
const MENTIONS: usize = 6;

/// The name that begins with `given` at the end of `head` or inside it and goes on with a surname behind it.
fn goes_on(it: &Annotated, head: Span, given: &str) -> Option<String> {
    let from = it.tokens.partition_point(|t| t.span.end() <= head.start());
    let here = it.sentence_at(head.start()).map(|s| it.sentences[s])?;
    let at = (from..here.end_token)
        .take_while(|&i| it.tokens[i].span.start() < head.end())
        .find(|&i| it.text(it.tokens[i].span) == given)?;
    let title = |i: usize| {
        let word = it.text(it.tokens[i].span).to_lowercase();
        let word = word.trim_end_matches('.');
        GAZETTEER.heads.contains(word) || names_person(word)
    };
    // The phrase itself goes on: "said Tove Call, 61".
    let whole = || it.text(head).strip_prefix(given).is_some_and(|rest| rest.starts_with(' '));
    let known = GAZETTEER.given.contains_key(given) || at > here.first_token && title(at - 1) || whole();
    if here.heading || !known {
        return None;
    }
    let word = |i: usize| if i < here.end_token { it.text(it.tokens[i].span) } else { "" };
    let capital = |i: usize| {
        let word = word(i);
        word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    let particle = |i: usize| PARTICLES.contains(word(i));
    let mut end = at + 1;
    while particle(end) {
        end += 1;
    }
    if !capital(end) || end > at + 3 {
        return None;
    }
    let surname = it.tokens[end].span;
    // A day behind it is none: "told Ann Monday".
    if it.times_over(surname).any(|t| t.span.start() >= surname.start()) && word(end).ends_with("day") {
        return None;
    }
    Some(single_spaced(it.text(it.tokens[at].span.cover(surname))))
}

/// What a speaker is called who is no entity: a name that the name finder missed, the phrase that a pronoun stands for,
/// or the words themselves.
fn phrase_name(
    it: &Annotated,
    mention: Mention,
    last: Option<&Phrase>,
    fullest: &mut FxHashMap<String, Option<String>>,
) -> String {
    let written = single_spaced(it.text(mention.head));
    let lower = written.to_lowercase();
    if is_pronoun(&lower) {
        if matches!(lower.as_str(), "who" | "which" | "that") {
            return antecedent(it, mention.head).map_or(written, |s| single_spaced(it.text(s)));
        }
        let plural = matches!(lower.as_str(), "they" | "them" | "their");
        let fits = |p: &&Phrase| match lower.as_str() {
            "he" | "she" => p.person && !p.plural,
            "it" | "its" | "they" | "their" => plural == p.plural,
            _ => false,
        };
        return match last.filter(|p| p.near(it, mention.head)).filter(fits) {
            Some(phrase) => phrase.name.clone(),
            None if lower == "they" => plural_subject(it, mention.head).map_or(written, |s| single_spaced(it.text(s))),
            None => written,
        };
    }
    let Some(name) = proper_name(it, mention.head).map(|s| single_spaced(it.text(s))) else {
        let first = if mention.whole == mention.head { first_mention(it, mention.head) } else { None };
        return single_spaced(it.text(first.unwrap_or(mention.whole)));
    };
    if !name.contains(' ') {
        // "STONE" in a heading of capitals.
        let capitals = name.len() > 3 && name.chars().all(|c| c.is_uppercase());
        let surname = |e: &str| {
            let last = e.rsplit(' ').next().unwrap_or(e);
            last == name && e.len() > name.len() || capitals && last.to_uppercase() == name
        };
        let bearer = it.entities.iter().find(|e| e.kind == NameKind::Person && surname(&e.name));
        if let Some(bearer) = bearer {
            return bearer.name.clone();
        }
        if let Some(full) = fullest.entry(name.clone()).or_insert_with(|| with_given_name(it, &name)) {
            return full.clone();
        }
    }
    // "The Archbishop of Ost" has no name.
    if it.text(mention.head).starts_with("The ") && GAZETTEER.heads.contains(name.to_lowercase().as_str()) {
        return single_spaced(it.text(mention.whole));
    }
    // "former Harbour Secretary Ada Stone" is Ada Stone.
    let first = it.tokens_in(mention.head).first().map_or(Tag::Other, |t| t.tag);
    let given = name.split(' ').next().is_some_and(|w| GAZETTEER.given.contains_key(w));
    let titled = it
        .tokens_in(mention.head)
        .iter()
        .rev()
        .nth(name.split(' ').count())
        .is_some_and(|t| GAZETTEER.heads.contains(it.text(t.span).to_lowercase().trim_end_matches('.')));
    if name.contains(' ') && (titled || given && !matches!(first, Tag::DT | Tag::PRPS)) {
        return name;
    }
    // "the Ost council" keeps its article; a person's title goes.
    if it.text(mention.head).starts_with(char::is_lowercase) { written } else { name }
}

/// The plural noun phrase before a finite verb that is nearest before "they" at `span`, in its sentence or the last one.
fn plural_subject(it: &Annotated, span: Span) -> Option<Span> {
    let here = it.sentence_at(span.start())?;
    let at = it.tokens.partition_point(|t| t.span.start() < span.start());
    let finite = |i: usize| matches!(it.tokens[i].tag, Tag::VBD | Tag::VBP | Tag::MD);
    [here, here.checked_sub(1)?].into_iter().find_map(|n| {
        let sentence = it.sentences[n].first_token..it.sentences[n].end_token.min(at);
        let head = sentence
            .clone()
            .rev()
            .find(|&i| matches!(it.tokens[i].tag, Tag::NNS | Tag::NNPS) && i + 1 < sentence.end && finite(i + 1))?;
        let first = noun_phrase_before(it, head + 1, &sentence)?;
        Some(it.tokens[first].span.cover(it.tokens[head].span))
    })
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_pronoun(lower: &str) -> bool {
    PRONOUNS.contains(lower)
}

/// The entity that the words of `span` mean.
fn entity(it: &Annotated, span: Span, last: Option<Last>, contents: &[Span], own: Span) -> Option<usize> {
    if let Some(name) = named(it, span) {
        return Some(name.entity);
    }
    let words = it.text(span).to_lowercase();
    match words.as_str() {
        handle if handle.trim_start_matches('.').starts_with('@') => of_account(it, handle),
        "he" | "him" | "his" => person(it, span, Some('m'), last, contents, own),
        "she" | "her" => person(it, span, Some('f'), last, contents, own),
        "who" | "whom" | "which" => relative(it, span, words == "which"),
        "it" => body_before(it, span),
        _ if words.starts_with("his ") | words.starts_with("her ") && utters(it, span) => {
            let owner = Span::new(span.start(), span.start() + 3);
            person(it, owner, Some(if words.starts_with("his") { 'm' } else { 'f' }), last, contents, own)
        }
        _ => name_in_apposition(it, span)
            .or_else(|| name_before_apposition(it, span))
            .or_else(|| by_role(it, span, &words))
            .or_else(|| possessor(it, span))
            .or_else(|| body_called(it, span))
            .or_else(|| outlet_called(it, span)),
    }
}

/// The name that heads `span`: a person's before another's, the last of several. In "a Gazette writer" and "Stone's aide"
/// the head is no name.
fn named(it: &Annotated, span: Span) -> Option<&Name> {
    let from = it.names.partition_point(|n| n.span.end() <= span.start());
    let found = || it.names[from..].iter().take_while(|n| n.span.start() < span.end());
    let name = found().filter(|n| n.kind == NameKind::Person).last().or_else(|| found().last())?;
    let rest = Span::new(name.span.end().min(span.end()), span.end());
    let small = it.tokens_in(rest).last().is_some_and(|t| it.text(t.span).starts_with(char::is_lowercase));
    let common = small || it.tokens_in(rest).iter().any(|t| matches!(t.tag, Tag::NN | Tag::NNS));
    let proper = it.tokens_in(rest).last().is_some_and(|t| t.tag.is_proper()) && name.kind != NameKind::Person;
    (!common && !proper).then_some(name)
}

/// Whether the phrase `span` names words: "his claim".
fn utters(it: &Annotated, span: Span) -> bool {
    it.tokens_in(span).last().is_some_and(|head| act(&it.text(head.span).to_lowercase()) == Act::Communication)
}

/// Whose words they are, where the phrase names the words: "Stone's claim"; "Stone's aides" is not Stone.
fn possessor(it: &Annotated, span: Span) -> Option<usize> {
    let name = it.names_in(span).first()?;
    (utters(it, span) && possessive(it, name)).then_some(name.entity)
}

/// The entity that a relative pronoun at `span` stands for: the name before it; a person before a place or a body.
fn relative(it: &Annotated, span: Span, thing: bool) -> Option<usize> {
    let name = antecedent(it, span).map(|s| (s, named(it, s)));
    match name {
        Some((_, Some(name))) if thing || name.kind == NameKind::Person => Some(name.entity),
        // "the Tories who"
        Some((phrase, Some(name))) if it.tokens_in(phrase).last().is_some_and(|t| t.tag == Tag::NNPS) => {
            Some(name.entity)
        }
        // "the officials who" are no person named before them; in "Ada Stone, a fellow of Ost Studies, who has", one is.
        Some((phrase, None)) if !is_one(it, span) && it.tokens_in(phrase).last().is_some_and(|t| t.tag == Tag::NNS) => {
            None
        }
        _ if thing => None,
        _ => before_in_sentence(it, span),
    }
}

/// Whether a relative pronoun at `span`, behind a comma, has a verb in the singular.
fn is_one(it: &Annotated, span: Span) -> bool {
    let at = it.tokens.partition_point(|t| t.span.start() < span.start());
    let word = |i: usize| it.tokens.get(i).map_or("", |t| it.text(t.span));
    at > 0
        && word(at - 1) == ","
        && (it.tokens.get(at + 1).is_some_and(|t| t.tag == Tag::VBZ) || matches!(word(at + 1), "was"))
}

/// The noun phrase before a relative pronoun, with a comma between or without; "a man" of "a man in Ost, who".
fn antecedent(it: &Annotated, span: Span) -> Option<Span> {
    let sentence = it.sentences[it.sentence_at(span.start())?];
    let at = it.tokens.partition_point(|t| t.span.start() < span.start());
    let mut end = at;
    while end > sentence.first_token && matches!(it.text(it.tokens[end - 1].span), "," | "(" | "—" | "–" | "--") {
        end -= 1;
    }
    let first = noun_phrase_before(it, end, &(sentence.first_token..sentence.end_token))?;
    let near = it.tokens[first].span.cover(it.tokens[end - 1].span);
    let plural = matches!(it.tokens[end - 1].tag, Tag::NNS | Tag::NNPS) && end == at;
    Some(if plural || it.text(span).eq_ignore_ascii_case("which") { near } else { mention(it, near).head })
}

/// The nearest name before a relative pronoun in its sentence.
fn before_in_sentence(it: &Annotated, span: Span) -> Option<usize> {
    let sentence = it.sentences[it.sentence_at(span.start())?].span;
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let name =
        it.names[..end].iter().rev().take_while(|n| sentence.contains(n.span)).find(|n| n.kind == NameKind::Person)?;
    Some(name.entity)
}

/// The person of the article whose surname the name of an account holds: "@MayorStone" is Ada Stone; no one if two are.
fn of_account(it: &Annotated, handle: &str) -> Option<usize> {
    let handle: String = handle.chars().filter(|c| c.is_alphanumeric()).collect();
    let bears = |name: &str| {
        let surname: String =
            name.rsplit(' ').next().unwrap_or(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        surname.chars().count() >= 4 && handle.contains(&surname)
    };
    let mut bearers = it.entities.iter().enumerate().filter(|(_, e)| e.kind == NameKind::Person && bears(&e.name));
    let (first, _) = bearers.next()?;
    bearers.next().is_none().then_some(first)
}

/// Sentences in which an antecedent is looked for; those of direct speech do not count.
const REACH: usize = 6;

/// Whether `place` lies in one of `contents`, which are in order.
fn within(contents: &[Span], place: Span) -> bool {
    let at = contents.partition_point(|c| c.end() <= place.start());
    contents[at..].iter().take_while(|c| c.start() <= place.start()).any(|c| c.contains(place))
}

/// Whether `place` shares a byte with one of `contents`, which are in order.
fn touched(contents: &[Span], place: Span) -> bool {
    let at = contents.partition_point(|c| c.end() <= place.start());
    contents.get(at).is_some_and(|c| c.overlaps(place))
}

/// Sentences from `there` to `here` that are not wholly direct speech.
fn distance(it: &Annotated, there: usize, here: usize, contents: &[Span]) -> usize {
    let told = |s: &usize| !within(contents, it.sentences[*s].span);
    (there..here).filter(told).count()
}

/// The person that a personal pronoun at `span` means, who is said to have said `own`.
fn person(
    it: &Annotated,
    span: Span,
    gender: Option<char>,
    last: Option<Last>,
    contents: &[Span],
    own: Span,
) -> Option<usize> {
    let here = it.sentence_at(span.start())?;
    let in_content = |place: Span| within(contents, place);
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let mut best: Option<(f32, usize)> = None;
    let mut first_of = usize::MAX;
    for (n, name) in it.names[..end].iter().enumerate().rev() {
        let Some(there) = it.sentence_at(name.span.start()) else { continue };
        if here - there > REACH && (here - there > 4 * REACH || distance(it, there, here, contents) > REACH) {
            break;
        }
        // Nobody calls himself by name, and "the Stones" are no "he".
        if name.kind != NameKind::Person || in_content(name.span) && own.contains(name.span) || is_family(it, name) {
            continue;
        }
        let entity = &it.entities[name.entity];
        if gender.is_some() && entity.gender.is_some() && entity.gender != gender {
            continue;
        }
        let sentence = it.sentences[there].span;
        if first_of == usize::MAX || it.sentence_at(it.names[first_of].span.start()) != Some(there) {
            first_of = it.names[..=n].iter().rposition(|x| x.span.start() < sentence.start()).map_or(0, |i| i + 1);
            while it.names[first_of].kind != NameKind::Person {
                first_of += 1;
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "at most REACH sentences")]
        let mut score = -(1.2 * distance(it, there, here, contents) as f32);
        if n == first_of {
            score += if possessive(it, name) { OWNS } else { 1.0 };
        } else if there == here && acts(it, name) {
            score += ACTS;
        }
        if behind_preposition(it, name) {
            score -= 0.8;
        }
        if possessive(it, name) {
            score -= 0.8;
        }
        if is_relative(it, name) {
            score -= 1.6;
        }
        if in_content(name.span) {
            score -= 2.0;
        }
        if entity.gender == gender && gender.is_some() {
            score += 0.4;
        }
        if there == here {
            score -= 0.3;
        }
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, name.entity));
        }
    }
    // "The president was late. He tweeted".
    if let Some(subject) = role_before(it, here, span)
        && it.entities[subject].gender.is_none_or(|g| gender.is_none_or(|asked| asked == g))
        && best.is_none_or(|(s, _)| ROLE_BEFORE > s)
    {
        best = Some((ROLE_BEFORE, subject));
    }
    if let Some(last) = last
        && let Some(there) = it.sentence_at(last.at)
        && here >= there
        && (here - there <= REACH || distance(it, there, here, contents) <= REACH)
        && it.entities[last.entity].kind == NameKind::Person
        && (it.entities[last.entity].gender.is_none() || it.entities[last.entity].gender == gender)
    {
        #[allow(clippy::cast_precision_loss, reason = "at most REACH sentences")]
        let score = 1.3 - 0.9 * distance(it, there, here, contents) as f32;
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, last.entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// What speaks for somebody whose name in the possessive comes first in a sentence, who does something in the pronoun's own
/// sentence, and for whom the sentence before calls by his
/// role. Set by hand beside the other weights.
const OWNS: f32 = 0.4;
const ACTS: f32 = 0.7;
const ROLE_BEFORE: f32 = 0.5;

/// Whether a finite verb follows a name, so that it is its subject.
fn acts(it: &Annotated, name: &Name) -> bool {
    let at = it.tokens.partition_point(|t| t.span.start() < name.span.end());
    it.tokens.get(at).is_some_and(|t| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD))
}

/// Whom the sentence before `here` calls by a role that opens it, where the pronoun at `span` opens its own: "The president
/// was late. He tweeted".
fn role_before(it: &Annotated, here: usize, span: Span) -> Option<usize> {
    let sentence = it.sentences[here];
    let first = it.tokens.partition_point(|t| t.span.start() < span.start());
    let before = &it.sentences[here.checked_sub(1)?];
    let opens = first <= sentence.first_token + 1 && before.paragraph == sentence.paragraph && !before.heading;
    let tokens = it.tokens_of(before);
    let the = tokens.first().filter(|t| it.text(t.span) == "The" && opens)?;
    let head = tokens.get(1..)?.iter().take_while(|t| t.tag.is_noun() || t.tag == Tag::JJ).last()?;
    let phrase = the.span.cover(head.span);
    by_role(it, phrase, &it.text(phrase).to_lowercase())
}

/// Whether a name is that of a family: "the Stones".
fn is_family(it: &Annotated, name: &Name) -> bool {
    it.text(name.span).ends_with('s') && token_before(it, name).eq_ignore_ascii_case("the")
}

fn token_before<'a>(it: &'a Annotated, name: &Name) -> &'a str {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    at.checked_sub(1).map_or("", |i| it.text(it.tokens[i].span))
}

/// Whether a name is given to somebody's relative or aide: "his son, Max", "her lawyer Ada Stone".
fn is_relative(it: &Annotated, name: &Name) -> bool {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    let before = |n: usize| at.checked_sub(n).map(|i| &it.tokens[i]);
    let comma = usize::from(before(1).is_some_and(|t| t.tag == Tag::Comma));
    before(1 + comma).is_some_and(|t| t.tag == Tag::NN) && before(2 + comma).is_some_and(|t| t.tag == Tag::PRPS)
}

fn possessive(it: &Annotated, name: &Name) -> bool {
    let rest = &it.article.text[name.span.end()..];
    rest.starts_with("'s") || rest.starts_with("’s")
}

/// Words that make a noun phrase definite.
static DEFINITE: WordSet = WordSet::english(Fact::Determiners, "definite");

/// The entity whose role in this article is the head of the words at `span`; only for definite phrases.
fn by_role(it: &Annotated, span: Span, words: &str) -> Option<usize> {
    let words: Vec<&str> = words.split_whitespace().filter(|w| !DEFINITE.contains(w)).collect();
    let head = *words.last()?;
    let first = it.text(span).split_whitespace().next().map(str::to_lowercase)?;
    let definite = DEFINITE.contains(first.as_str()) || DEFINITE.contains(token_before_span(it, span).as_str());
    if !definite || head.len() < 4 {
        return None;
    }
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let bears = |e: usize| {
        it.entities[e].roles.iter().any(|r| {
            let role = r.to_lowercase();
            let mut role_words = role.split_whitespace().map(spelled_out);
            words.iter().all(|w| role.split_whitespace().map(spelled_out).any(|r| r == *w))
                || role_words.next_back() == Some(head)
        })
    };
    it.names[..end].iter().rev().find(|n| bears(n.entity)).map(|n| n.entity)
}

/// The word that a title before a name abbreviates: "Dr." is a doctor.
fn spelled_out(title: &str) -> &str {
    let bare = title.trim_end_matches('.');
    Language::english().list(Fact::ShortTitles).get(bare).unwrap_or(title)
}

fn token_before_span(it: &Annotated, span: Span) -> String {
    let at = it.tokens.partition_point(|t| t.span.end() <= span.start());
    let word =
        |back: usize| at.checked_sub(back).map(|i| it.text(it.tokens[i].span).to_lowercase()).unwrap_or_default();
    let near = word(1);
    if DEFINITE.contains(near.as_str()) { near } else { word(2) }
}
