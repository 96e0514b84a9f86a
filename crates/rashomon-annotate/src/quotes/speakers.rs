//! Who is meant by the words that name a speaker.
//!
//! A name is the entity it belongs to; a role ("the minister", "the spokeswoman") is the entity that was given that role;
//! a pronoun is the most salient person before it that fits (in the manner of Lappin & Leass 1994: nearness, place in its
//! sentence, whether the person spoke last). Who cannot be told keeps the words of the article.

mod called;
mod documents;
mod last;
mod members;
mod named;
mod pronouns;
mod roles;
mod unsaid;

use super::cues::{act, reporting_verb};
use super::definites::{body_before, body_called, company_called, outlet_called};
use super::mentions::{joined_names, mention, name_before_apposition, name_in_apposition};
use super::persons::{agrees, names_person, takes_name};
use super::{agents, messages, relayed, replies, subjects};
use crate::rules;
use crate::{Act, Annotated, NameKind, Quote, QuoteKind, Tag};
use called::{Fullest, full_name, fullest_name, list, phrase_name};
use documents::{Issued, issuer, issues};
use last::{Last, Phrase};
use members::{Members, excluded, member};
use named::{is_pronoun, named, possessive};
use pronouns::{person, relative};
use rashomon_language::{Fact, Language};
use rashomon_model::Span;
use roles::by_role;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use unsaid::{from_body, in_sight};

/// Fills in the speaker's name and entity where a quotation says who speaks.
pub(crate) fn resolve(it: &Annotated, quotes: &mut [Quote]) {
    let contents: Vec<Span> =
        quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Headline)).map(|q| q.span).collect();
    let mut last: Option<Last> = None;
    let mut last_phrase: Option<Phrase> = None;
    let mut known: FxHashMap<Span, (Option<usize>, String)> = FxHashMap::default();
    let mut issued: Issued = FxHashMap::default();
    let mut sighted: Option<(usize, Span)> = None;
    let mut broken: Option<(Span, Span)> = None;
    let mut fullest: Fullest = FxHashMap::default();
    let members = OnceCell::new();
    for quote in quotes.iter_mut() {
        // "“…” — Ada Stone" under "What readers said:" is as it stands.
        let stands = quote.rule == rules::SIGNED;
        let mended = stands
            || replies::mend(it, quote)
            || relayed::mend_called_by(it, quote)
            || agents::mend_agent_behind(it, quote)
            || relayed::mend_what_called(it, quote)
            || agents::mend_object_says(it, quote)
            || messages::mend_message(it, quote)
            || messages::mend_message_behind(it, quote)
            || relayed::mend_borne(it, quote)
            || relayed::mend_owned(it, quote)
            || relayed::mend_told(it, quote)
            || subjects::beside_marks(it, quote)
            || relayed::mend(it, quote);
        if !mended {
            subjects::mend(it, quote);
        }
        if let Some((cue, source)) = broken.filter(|(cue, _)| goes_on_behind(it, quote, *cue)) {
            (quote.cue_span, quote.speaker_span) = (Some(cue), Some(source));
        }
        broken = quote.cue_span.filter(|c| c.start() >= quote.span.end()).zip(quote.speaker_span);
        if quote.speaker_span.is_none() {
            quote.speaker_span = in_sight(it, quote, &contents);
            // The next paragraph of the same speech: the mark before was left open.
            let open = |end: usize| it.article.text[end..quote.span.start().max(end)].starts_with('\n');
            if let Some((end, speaker)) = sighted.filter(|(end, _)| {
                quote.speaker_span.is_none()
                    && quote.cue_span.is_none()
                    && quote.kind == QuoteKind::Direct
                    && open(*end)
            }) {
                quote.speaker_span = Some(speaker);
                sighted = Some((end.max(quote.span.end()), speaker));
            } else if let Some(speaker) = quote.speaker_span {
                sighted = Some((quote.span.end(), speaker));
            }
        }
        let Some(span) = quote.speaker_span else { continue };
        let mention = mention(it, span);
        // A day or a decade speaks as little as a bare "of".
        if it.times_over(mention.head).any(|t| t.span.contains(mention.head))
            || !it.text(mention.head).contains(char::is_alphanumeric)
            // "Ada Stone/AP" took a picture.
            || it.article.text[mention.head.end()..].starts_with('/')
                && named(it, mention.head).is_some_and(|n| n.kind == NameKind::Person)
            // "Q:" and "A:" of an interview name nobody.
            || matches!(it.text(mention.head), "'s" | "’s" | "'S" | "’S" | "Q" | "A")
            || is_label(it, quote, mention.head)
            // "a firm that bills itself as “…”": whoever it is, it is nobody.
            || calls_itself(it, quote) && named(it, mention.head).is_some_and(|n| n.kind == NameKind::Person)
        {
            quote.speaker_span = None;
            continue;
        }
        quote.speaker_span = Some(mention.whole);
        let at = quote.cue_span.unwrap_or(span).start().max(quote.span.start());
        let (entity, name) = known.get(&span).cloned().unwrap_or_else(|| {
            // Of two who say something together neither is the speaker alone; of two who say two things nobody says both.
            if let Some(both) = joined_names(it, mention.head).filter(|both| stands || beside_cue(it, quote, both)) {
                let names: Vec<String> = both.iter().map(|s| fullest_name(it, *s, &mut fullest)).collect();
                return (None, if is_respective(it, quote) { String::from("they") } else { list(&names) });
            }
            if is_respective(it, quote) {
                return (None, String::from("they"));
            }
            // "Stone's sister said … Asked again, she said": she is the sister, not the last person named.
            let spoken = |p: &&Phrase| {
                let noun = p.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
                let pronoun = it.text(mention.head).to_lowercase();
                // A name that the name finder missed is as good.
                let named = p.person && !p.plural && p.name.contains(' ') && matches!(pronoun.as_str(), "he" | "she");
                let proper = || p.name.split(' ').all(|w| w.starts_with(char::is_uppercase));
                // "A minister said it was late. … he said": the one told of last.
                let role = p.person
                    && !p.plural
                    && p.name.contains(' ')
                    && is_somebody(&noun)
                    && !p.name.starts_with("another ")
                    && matches!(pronoun.as_str(), "he" | "she");
                let next =
                    || it.sentence_at(p.at).zip(it.sentence_at(mention.head.start())).is_some_and(|(t, h)| h - t <= 1);
                p.near(it, mention.head) && (agrees(&pronoun, &noun) || named && proper() || role && next())
            };
            if let Some(phrase) = last_phrase.as_ref().filter(|p| last.is_none_or(|l| l.at <= p.at)).filter(spoken) {
                return (None, phrase.name.clone());
            }
            let entity = entity(it, mention.head, last, &contents, quote.span, &members)
                .or_else(|| if mention.whole == mention.head { None } else { name_in_apposition(it, mention.whole) })
                .or_else(|| issuer(it, mention.head, &issued)?.0);
            let name = match entity {
                Some(e) => full_name(it, e, mention.head, &mut fullest),
                None => match issuer(it, mention.head, &issued) {
                    Some((_, name)) => name.clone(),
                    None => phrase_name(it, mention, last_phrase.as_ref(), &mut fullest),
                },
            };
            (entity, name)
        });
        let unnamed = entity.is_none() && !is_pronoun(&name.to_lowercase());
        if unnamed && is_pronoun(&it.text(mention.head).to_lowercase()) {
            // "They said it leaked. They said it sank": the same again, and so is the sister who said it with "she".
            let pronoun = it.text(mention.head).to_lowercase();
            let noun = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            if pronoun == "they" && quote.act == Act::Communication || agrees(&pronoun, &noun) {
                last_phrase = Some(Phrase { name: name.clone(), plural: pronoun == "they", person: true, at });
            }
        } else if unnamed {
            let noun = it.tokens_in(mention.head).last();
            let plural = noun.is_some_and(|t| matches!(t.tag, Tag::NNS | Tag::NNPS)) || name.contains(" and ");
            // "the Harbour Ledger" is nobody.
            let the = it.tokens_in(mention.head).first().is_some_and(|t| it.text(t.span).eq_ignore_ascii_case("the"));
            let person =
                noun.is_some_and(|t| t.tag.is_proper() && !the || is_somebody(&it.text(t.span).to_lowercase()));
            // Who only asks is not who answers: "“Is it safe?” a reporter asked. “Yes,” she said".
            if asks(it, quote, &name) {
                last_phrase = None;
                known.insert(span, (entity, name.clone()));
                quote.speaker = Some(name);
                continue;
            }
            issued.extend(issues(it, at).map(|noun| (noun, (None, name.clone()))));
            last_phrase = Some(Phrase { name: name.clone(), plural, person, at });
        } else if let Some(e) = entity {
            // "Ada Park", taken for a place.
            let given = name.split(' ').next().filter(|_| name.contains(' '));
            let person = it.entities[e].kind == NameKind::Place
                && given.is_some_and(|g| Language::english().list(Fact::GivenNames).contains(g));
            last_phrase = (it.entities[e].kind != NameKind::Person).then(|| Phrase {
                name: name.clone(),
                plural: false,
                person,
                at,
            });
        }
        known.insert(span, (entity, name.clone()));
        quote.speaker_entity = entity;
        // A pronoun that stands for nobody in sight names nobody.
        quote.speaker = Some(name).filter(|name| entity.is_some() || !is_pronoun(&name.to_lowercase()));
        if let Some(entity) = entity {
            // "Stone's call to close it": whose call it is has not spoken last.
            let behind = &it.article.text[mention.head.end()..];
            let owner = behind.starts_with("'s") || behind.starts_with("’s");
            // "the Harbour Ledger", which the name finder took for a person, is no he.
            let the = it.entities[entity].name.contains(' ')
                && it.text(mention.head).strip_prefix("the ").is_some_and(|rest| rest == it.entities[entity].name);
            // "Asked by Stone whether it leaked, Marsh demurred": the next words are his.
            let asked = quote.cue_span.is_some_and(|c| {
                mention.head.start() > c.end() && reporting_verb(&it.text(c).to_lowercase()) == Some("ask")
            });
            if !the && !asked && (!owner || is_pronoun(&it.text(mention.head).to_lowercase())) {
                last = Some(Last { entity, at });
            }
            let name = quote.speaker.as_deref().unwrap_or_default();
            issued.extend(issues(it, at).map(|noun| (noun, (Some(entity), name.to_owned()))));
        }
    }
    from_body(it, quotes);
}

/// Whether `quote` is what its cue broke, which stands right before it: "“At noon,” the report states, “Stone left.”".
fn goes_on_behind(it: &Annotated, quote: &Quote, cue: Span) -> bool {
    let alone = quote.cue_span.is_none() && quote.speaker_span.is_none() && !quote.parts.is_empty();
    let gap = it.article.text.get(cue.end()..quote.span.start());
    alone
        && gap.is_some_and(|g| g.starts_with(',') && g.chars().all(|c| matches!(c, ',' | ' ' | '“' | '"' | '‘' | '\'')))
}

/// Whether something calls itself by the words of `quote`: "bills itself as a “global enterprise”".
fn calls_itself(it: &Annotated, quote: &Quote) -> bool {
    let before = it.tokens.partition_point(|t| t.span.end() <= quote.span.start());
    let word = |n: usize| before.checked_sub(n).map_or("", |i| it.text(it.tokens[i].span));
    let mark = 1 + usize::from(before > 0 && it.tokens[before - 1].tag == Tag::Quote);
    let article = mark + usize::from(matches!(word(mark), "a" | "an" | "the"));
    word(article + usize::from(word(article) == "as")) == "itself"
}

/// Whether a noun, in lower case, is for a person or for whoever holds an office.
fn is_somebody(noun: &str) -> bool {
    names_person(noun) || takes_name(noun)
}

/// Whether what stands before a colon is a label of the page and names nobody: "STORY: …", "Answer: …".
fn is_label(it: &Annotated, quote: &Quote, head: Span) -> bool {
    let colon = quote.cue_span.is_some_and(|c| it.text(c) == ":");
    let bare = it.text(head).trim_start_matches("Just ").to_lowercase();
    colon
        && matches!(
            bare.as_str(),
            "story" | "video" | "watch" | "photos" | "related" | "answer" | "question" | "update" | "out" | "more"
        )
}

/// Whether `quote` is a question that somebody without a name asks: "“Is it safe?” a reporter asked".
fn asks(it: &Annotated, quote: &Quote, name: &str) -> bool {
    let question = it.text(quote.span).trim_end_matches(['”', '"', '’']).ends_with('?');
    let asked = quote.cue_span.is_some_and(|c| reporting_verb(&it.text(c).to_lowercase()) == Some("ask"));
    question && asked && ["a ", "an ", "one ", "another "].iter().any(|a| name.to_lowercase().starts_with(a))
}

/// Whether "respectively" behind marks deals out what stands in them and in those before: the first within reach.
fn is_respective(it: &Annotated, quote: &Quote) -> bool {
    let Some(sentence) = it.sentence_at(quote.span.start()).filter(|_| !quote.parts.is_empty()) else { return false };
    let from = it.tokens.partition_point(|t| t.span.end() <= quote.span.start());
    let end = it.sentences[sentence].end_token.min(from + DEALT);
    let dealt = |i: usize| {
        let before = it.tokens[..i].iter().rev().find(|t| t.tag != Tag::Comma);
        it.text(it.tokens[i].span) == "respectively" && before.is_some_and(|t| t.tag == Tag::Quote)
    };
    (from..end).any(dealt)
}

/// Tokens from a quotation to the word that deals it out.
const DEALT: usize = 40;

/// Whether the names of several speakers stand right before or behind the cue of `quote`.
fn beside_cue(it: &Annotated, quote: &Quote, names: &[Span]) -> bool {
    let (Some(cue), Some(first), Some(last)) = (quote.cue_span, names.first(), names.last()) else { return false };
    let near = |from: usize, to: usize| {
        from <= to && it.article.text.get(from..to).is_some_and(|gap| gap.split_whitespace().count() <= 2)
    };
    near(last.end(), cue.start()) || near(cue.end(), first.start())
}

/// The entity that the words of `span` mean.
fn entity(
    it: &Annotated,
    span: Span,
    last: Option<Last>,
    contents: &[Span],
    own: Span,
    members: &OnceCell<Members>,
) -> Option<usize> {
    let known = || members.get_or_init(|| Members::new(it));
    // "the Ost Democrat" is said of one person, though the words may look like a name.
    if let Some(found) = member(it, span, last, known) {
        return found;
    }
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
            .or_else(|| by_role(it, span, &words).filter(|e| !excluded(it, span, *e, known)))
            .or_else(|| possessor(it, span))
            .or_else(|| body_called(it, span, last.map(|l| l.entity)))
            .or_else(|| outlet_called(it, span))
            .or_else(|| company_called(it, span))
            .or_else(|| surname_of(it, span)),
    }
}

/// The only person of the article whose surname the word `span` is, where the tagger took it for a common noun: "Stokes said".
fn surname_of(it: &Annotated, span: Span) -> Option<usize> {
    let word = it.text(span);
    let name = word.starts_with(char::is_uppercase) && !word.contains(' ') && word.ends_with('s');
    let bears = |e: &crate::Entity| {
        e.kind == NameKind::Person && e.name.rsplit_once(' ').is_some_and(|(_, surname)| surname == word)
    };
    let mut bearers = it.entities.iter().enumerate().filter(|(_, e)| name && bears(e));
    let (first, _) = bearers.next()?;
    bearers.next().is_none().then_some(first)
}

/// Whether the phrase `span` names words: "his claim".
fn utters(it: &Annotated, span: Span) -> bool {
    it.tokens_in(span).last().is_some_and(|head| act(&it.text(head.span).to_lowercase()) == Act::Communication)
}

/// Whose words they are, where the phrase names the words: "Stone's claim"; "Stone's aides" is not Stone.
fn possessor(it: &Annotated, span: Span) -> Option<usize> {
    if !utters(it, span) {
        return None;
    }
    if let Some(name) = it.names_in(span).first() {
        return possessive(it, name).then_some(name.entity);
    }
    // "the mayor's letter".
    let tokens = it.tokens_in(span);
    let mark = tokens.iter().position(|t| t.tag == Tag::POS).filter(|m| *m > 0)?;
    let owner = tokens[0].span.cover(tokens[mark - 1].span);
    by_role(it, owner, &it.text(owner).to_lowercase())
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
