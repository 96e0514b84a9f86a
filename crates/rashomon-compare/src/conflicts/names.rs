//! Names that stand in the same place of aligned statements and name different things.

use super::{Aligned, Clash, Side, is_spoken};
use crate::ConflictKind;
use crate::meaning::Class;
use crate::rules;
use crate::statements::clauses::describes_noun;
use rashomon_annotate::{NameKind, PersonKey, Tag};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::Span;
use std::cell::OnceCell;

/// Names of the two statements between aligned neighbours that cannot be one.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let mut out = Vec::new();
    let left = names(pair, &pair.a, true);
    if left.is_empty() {
        return out;
    }
    let right = names(pair, &pair.b, false);
    let alone = |of: &[Named], kind| of.iter().filter(|n| n.kind == kind && n.free).count() == 1;
    for x in &left {
        for y in &right {
            let (p, q) = (x.key(), y.key());
            let same = p.matches(q);
            let given = !same
                && x.kind == NameKind::Person
                && y.kind == NameKind::Person
                && (given_names_differ(p, q) || surnames_differ(p, q));
            if same
                || (shares_word(&x.full, &y.full) || !(x.free && y.free)) && !given
                || abbreviates(&x.full, &y.full)
                || letters(&x.full).ends_with(&letters(&y.full))
                || letters(&y.full).ends_with(&letters(&x.full))
                || reports(&pair.a, x.span) && reports(&pair.b, y.span)
                || shortens(&x.full, &y.full)
                || shortens(&y.full, &x.full)
            {
                continue;
            }
            // A title names nobody, and what stands inside one utterance is not held against what stands around it.
            if is_title(&x.full)
                || is_title(&y.full)
                || is_spoken(pair.a.article, x.span) != is_spoken(pair.b.article, y.span)
            {
                continue;
            }
            // The other report knows this name too: then it may only give another detail here.
            let exact = |side: &Side, full: &str| side.article.entities.iter().any(|e| e.name == full);
            let known = |side: &Side, full: &str| if given { exact(side, full) } else { named(side, full) };
            if known(&pair.b, &x.full) || known(&pair.a, &y.full) {
                continue;
            }
            let (agree, differ) = pair.frame(x.span, y.span);
            // A list may name others besides, "House Democrats" are no House, and one statement goes to many papers.
            let sides = [(&pair.a, x.span), (&pair.b, y.span)];
            if sides.iter().any(|(s, n)| agree < 2 && among_others(s, *n) || hears(s, *n) || in_brackets(s, *n)) {
                continue;
            }
            let rest = pair.rest(&[with_role(&pair.a, x.span)], &[with_role(&pair.b, y.span)]);
            // "the Roe administration", "Muslim leaders": who acts is the administration, the leaders.
            let modifies = |n: &Named, s: &Side| {
                matches!(n.kind, NameKind::Person | NameKind::Other) && describes_noun(s.article, n.span)
            };
            if modifies(x, &pair.a) != modifies(y, &pair.b) {
                continue;
            }
            let kinds = x.kind == y.kind;
            // The only name of its kind in doubt on either side needs no neighbours if nearly all the rest agrees.
            let only = kinds && alone(&left, x.kind) && alone(&right, y.kind);
            // In the same role of the same word: object of "met", behind "in" and "met".
            let role = kinds && rest >= SAME_ROLE && {
                let (p, q) = (roles(&pair.a, x.span), roles(&pair.b, y.span));
                p.iter().any(|(r, i)| q.iter().any(|(s, j)| r == s && pair.linked(*i, *j)))
            };
            let sure = role
                || agree == 2 && rest >= if kinds { 0.45 } else { 0.6 }
                || agree == 1 && differ == 0 && rest >= 0.55
                || only && rest >= if agree > 0 { 0.6 } else { 0.75 };
            if sure {
                let place = x.kind == NameKind::Place && y.kind == NameKind::Place;
                let kind = if place { ConflictKind::Place } else { ConflictKind::Name };
                out.push(pair.clash(
                    kind,
                    rules::NAME_IN_THE_SAME_PLACE,
                    "another name stands in the same place",
                    (x.full.clone(), x.span),
                    (y.full.clone(), y.span),
                ));
            }
        }
    }
    out
}

/// Whether a name is a title, a rank, a letter or an abbreviation of any: "Mrs.", "Lt. Col.", "British Prime Minister",
/// "No.", "D-N.Y.".
fn is_title(name: &str) -> bool {
    let lists = Language::english();
    let titles = lists.list(Fact::Titles);
    let role = |w: &str| {
        let bare = w.trim_end_matches('.').to_lowercase();
        let short = w.contains('.') && w.split(['.', '-']).all(|part| part.chars().count() <= 2);
        bare.chars().count() < 2
            || short
            || titles.contains(&bare)
            || lists.list(Fact::FormsOfAddress).contains(&bare)
            || lists.list(Fact::ShortTitles).get(&bare).is_some()
    };
    name.rsplit(' ').next().is_some_and(role)
}

/// The letters of a name: "Disney Land" is "Disneyland".
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a short name leaves out letters of the other: "Fla." of "Florida".
fn shortens(short: &str, full: &str) -> bool {
    let (short, full) = (letters(short), letters(full));
    let mut rest = full.chars();
    (2..=5).contains(&short.chars().count())
        && full.chars().count() > short.chars().count() + 1
        && short.chars().next() == full.chars().next()
        && short.chars().all(|c| rest.any(|d| d == c))
}

/// The index of the first token behind a name, in its article.
fn behind(side: &Side, name: Span) -> usize {
    side.article.tokens.partition_point(|t| t.span.start() < name.end())
}

/// Whether a name is a part of a list, or stands before a noun that it only describes.
fn among_others(side: &Side, name: Span) -> bool {
    let tokens = &side.article.tokens;
    let to = behind(side, name);
    let from = tokens.partition_point(|t| t.span.end() <= name.start());
    let word = |i: usize| tokens.get(i).map_or("", |t| side.text(t.span));
    let capital = |i: usize| word(i).starts_with(char::is_uppercase);
    let listed = matches!(word(to), "and" | "&" | "or") && capital(to + 1)
        || from > 1 && matches!(word(from - 1), "and" | "&" | "or") && capital(from - 2);
    let describes = tokens.get(to).is_some_and(|t| t.tag == Tag::NNPS && t.span.start() <= name.end() + 1);
    listed || describes
}

/// Whether a name stands in brackets: "Rep. Jane Roe (R., Utah)".
fn in_brackets(side: &Side, name: Span) -> bool {
    let before = side.text(Span::new(side.anchor.span.start(), name.start().max(side.anchor.span.start())));
    before.rfind('(') > before.rfind(')')
}

/// Whether a name is that of who reports what follows: "the Harbour Times also reports that …".
fn reports(side: &Side, name: Span) -> bool {
    let behind = side.article.tokens_in(Span::new(name.end(), side.anchor.span.end().max(name.end())));
    let verb = behind.iter().find(|t| t.tag != Tag::RB);
    verb.is_some_and(|t| t.tag.is_verb() && side.text(t.span).starts_with("report"))
}

/// Whether a name only tells who heard or printed what was said: "told X", "a statement obtained by X".
fn hears(side: &Side, name: Span) -> bool {
    static TOLD: WordSet = WordSet::english(Fact::ReportingVerbs, "outlet");
    let from = side.article.tokens.partition_point(|t| t.span.end() <= name.start());
    let sentence = side.anchor.span.start();
    let before = side.article.tokens[..from].iter().rev().take_while(|t| t.span.start() >= sentence);
    { before }.take(6).any(|t| TOLD.contains(side.text(t.span).to_lowercase().as_str()))
}

/// A name with the words of its role before it and behind its comma: "Premier Jane Roe", "the minister, Jane Roe".
fn with_role(side: &Side, name: Span) -> Span {
    let tokens = &side.article.tokens;
    let mut from = tokens.partition_point(|t| t.span.end() <= name.start());
    let (start, first) = (side.anchor.span.start(), from);
    let part = |i: usize| {
        let t = &tokens[i];
        t.span.start() >= start && (t.tag.is_noun() || matches!(t.tag, Tag::JJ | Tag::DT | Tag::Comma))
    };
    while from > 0 && first - from < 6 && part(from - 1) {
        from -= 1;
    }
    if from == first { name } else { tokens[from].span.cover(name) }
}

/// What the rest must share where two names play one role.
const SAME_ROLE: f32 = 0.5;

/// What a name is to the word it depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Who does it.
    Subject,
    /// Whom it is done to; the subject of a passive, too.
    Object,
    /// Where, from where, with whom: behind a preposition.
    Oblique,
}

/// The roles that a name can play by the tags around it, each with the term it depends on.
fn roles(side: &Side, name: Span) -> Vec<(Role, usize)> {
    let tokens = side.article.tokens_in(side.anchor.span);
    let term = |span: Span| side.gist.terms.iter().position(|t| t.span.overlaps(span) && t.class != Class::Function);
    let mut out = Vec::new();
    // Back over the rest of its noun phrase: "the finance minister Olga Brandt".
    let from = tokens.partition_point(|t| t.span.end() <= name.start());
    let phrase = |t: &Tag| t.is_noun() || matches!(t, Tag::DT | Tag::JJ | Tag::PRPS | Tag::POS);
    let head = (0..from).rev().find(|i| !phrase(&tokens[*i].tag));
    match head.map(|i| (i, tokens[i].tag)) {
        Some((i, tag)) if tag.is_verb() => out.extend(term(tokens[i].span).map(|t| (Role::Object, t))),
        Some((i, Tag::IN | Tag::TO)) => {
            let content = (0..i).rev().take(4).find(|k| tokens[*k].tag.is_noun() || tokens[*k].tag.is_verb());
            out.extend(content.and_then(|k| term(tokens[k].span)).map(|t| (Role::Oblique, t)));
        }
        _ => {}
    }
    // Forward to the last verb of the group behind it.
    let to = tokens.partition_point(|t| t.span.start() < name.end());
    // "the rapper's lawyer, Jane Roe, said".
    let to = to + usize::from(tokens.get(to).is_some_and(|t| t.tag == Tag::Comma));
    let group = (to..tokens.len().min(to + 6))
        .take_while(|i| tokens[*i].tag.is_verb() || matches!(tokens[*i].tag, Tag::MD | Tag::RB | Tag::TO));
    if let Some(last) = { group }.filter(|i| tokens[*i].tag.is_verb()).last() {
        let helps =
            |t: &rashomon_annotate::Token| matches!(side.text(t.span), "was" | "were" | "is" | "are" | "been" | "be");
        let passive = tokens[last].tag == Tag::VBN && tokens[to..last].iter().any(helps);
        let role = if passive { Role::Object } else { Role::Subject };
        out.extend(term(tokens[last].span).map(|t| (role, t)));
    }
    out
}

/// A name that nothing on the other side answers to.
struct Named {
    span: Span,
    kind: NameKind,
    full: String,
    /// Whether no word of it is aligned.
    free: bool,
    /// What it is as the name of a person, made when it is asked for.
    key: OnceCell<PersonKey>,
}

impl Named {
    fn key(&self) -> &PersonKey {
        self.key.get_or_init(|| PersonKey::new(&self.full))
    }
}

/// The names inside a sentence that are not aligned: first those known as names, then other runs of capitals.
fn names(pair: &Aligned, side: &Side, first: bool) -> Vec<Named> {
    let whole = side.anchor.span;
    let linked =
        |i: usize| pair.alignment.links.iter().any(|l| if first { l.a == i } else { l.b == i } && l.likeness >= 0.5);
    let terms = &side.gist.terms;
    let free = |span: Span| {
        let mut inside =
            (0..terms.len()).filter(|i| span.overlaps(terms[*i].span) && terms[*i].class != Class::Function);
        inside.clone().next().is_some() && inside.all(|i| !linked(i))
    };
    let mut out: Vec<Named> = Vec::new();
    // Of two persons of one surname the given names are what differs.
    let partly = |n: &rashomon_annotate::Name| {
        n.kind == NameKind::Person && (0..terms.len()).any(|i| n.span.overlaps(terms[i].span) && !linked(i))
    };
    let inside = side.article.names_in(whole).iter();
    for n in inside.filter(|n| (free(n.span) || partly(n)) && !is_scale(side, n.span)) {
        let full = side.article.entities.get(n.entity).map_or_else(String::new, |e| e.name.clone());
        out.push(Named { span: n.span, kind: n.kind, full, free: free(n.span), key: OnceCell::new() });
    }
    let known: Vec<Span> = out.iter().map(|n| n.span).collect();
    let mut i = 0;
    while i < terms.len() {
        let from = i;
        while i < terms.len() && terms[i].class == Class::Name && !known.iter().any(|k| k.overlaps(terms[i].span)) {
            i += 1;
        }
        if i > from {
            let span = terms[from].span.cover(terms[i - 1].span);
            if free(span) && !is_scale(side, span) {
                let full = side.text(span).to_owned();
                out.push(Named { span, kind: NameKind::Other, full, free: true, key: OnceCell::new() });
            }
        }
        i += 1;
    }
    out
}

/// Whether a name is that of a scale or a zone: "5 degrees Celsius", "10 p.m. Eastern Time".
fn is_scale(side: &Side, name: Span) -> bool {
    const BEFORE: [&str; 10] = ["degrees", "degree", "p.m.", "a.m.", "pm", "am", "noon", "midnight", "°", "o'clock"];
    let from = side.article.tokens.partition_point(|t| t.span.end() <= name.start());
    let before = from.checked_sub(1).map_or("", |i| side.text(side.article.tokens[i].span));
    BEFORE.contains(&before) || matches!(side.text(name), "Fahrenheit" | "Celsius" | "Centigrade")
}

/// Whether two full names of persons that are not one share the surname and differ in the given name: brothers, or a slip. A
/// form of one name or a spelling of it is the same.
fn given_names_differ(x: &PersonKey, y: &PersonKey) -> bool {
    let full = |k: &PersonKey| k.given.first().is_some_and(|g| g.chars().count() > 2);
    let alike = |p: &str, q: &str| {
        let shared = p.chars().zip(q.chars()).take_while(|(c, d)| c == d).count();
        shared >= 3 || p.len().abs_diff(q.len()) <= 1 && p.chars().filter(|c| !q.contains(*c)).count() <= 1
    };
    // "Dana" and "Donna" are no spellings of each other where both are names of their own.
    let listed = |name: &str| Language::english().list(Fact::GivenNames).contains(&capitalized(name));
    let two_names = |p: &str, q: &str| listed(p) && listed(q) && !same_start(p, q);
    let (p, q) = (|| &x.given[0], || &y.given[0]);
    full(x) && full(y) && x.surname == y.surname && (!alike(p(), q()) || two_names(p(), q()))
}

/// Whether one name begins as the other and goes on: "Dan", "Daniel".
fn same_start(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether two full names of persons share the given name and differ in the surname, by more than a spelling.
fn surnames_differ(x: &PersonKey, y: &PersonKey) -> bool {
    let full = |k: &PersonKey| k.given.first().is_some_and(|g| g.chars().count() > 2) && k.surname.chars().count() > 2;
    full(x) && full(y) && x.given[0] == y.given[0] && x.surname != y.surname && far_apart(&x.surname, &y.surname)
}

/// Whether two words differ in more letters than a slip or another way to write their sound does.
fn far_apart(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(p, q)| p == q).count();
    let end = a.chars().rev().zip(b.chars().rev()).take_while(|(p, q)| p == q).count();
    let longest = a.chars().count().max(b.chars().count());
    shared + end + 2 <= longest && shared < 3
}

fn shares_word(a: &str, b: &str) -> bool {
    a.split(' ').any(|w| w.len() > 2 && b.split(' ').any(|v| v.eq_ignore_ascii_case(w)))
}

/// Whether one is the other's initials: "ECB", "European Central Bank".
fn abbreviates(a: &str, b: &str) -> bool {
    // "US Geological Survey" is USGS: what is an abbreviation already stays whole.
    let whole = |w: &str| w.len() > 1 && w.chars().all(char::is_uppercase);
    let first = |w: &str| w.chars().find(|c| c.is_uppercase()).map(String::from).unwrap_or_default();
    let initials = |s: &str| -> String {
        s.split(' ').map(|w| if whole(w) && s.contains(' ') { w.to_owned() } else { first(w) }).collect()
    };
    let letters = |s: &str| -> String { s.chars().filter(|c| c.is_alphabetic()).collect() };
    // "NYC" for "New York", too.
    let stands =
        |s: &str, l: &str| initials(s).len() > 1 && letters(l).starts_with(&initials(s)) && letters(l).len() < 6;
    a.len() > 1 && b.len() > 1 && (stands(a, b) || stands(b, a))
}

/// Whether an article names this thing, or one of nearly that name, anywhere.
fn named(side: &Side, full: &str) -> bool {
    side.article.entities.iter().any(|e| shares_word(&e.name, full))
}
