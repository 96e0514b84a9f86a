//! Names that the model cuts wrongly or takes for another kind, told by the words around them.
//!
//! A title, an age, "who" or a verb of speech beside a name speak for a person; a possessive before "Union" or "Hospital"
//! belongs to the name of the body. Nothing here looks at which name it is.

use super::{INSIDE, SURNAME, View};
use crate::gazetteer::{ADDRESS, BODY, DATE, DEMONYM, ENDING, GIVEN, MODIFIER, PLACE, PLACE_WORD, TITLE};
use crate::quotes::reporting_verb;
use crate::tokens::is_apostrophe;
use crate::words::Shape;
use crate::{NameKind, Tag};
use rashomon_language::{Fact, WordSet};
use std::ops::Range;

/// First token, one past the last, kind.
type Found = (usize, usize, NameKind);

/// Mends the names of the sentence `range`; they stay in order and apart.
pub(super) fn mend(view: &View, range: &Range<usize>, names: &mut Vec<Found>) {
    names.retain(|n| !is_party(view, n));
    bodies(view, range, names);
    behind_office(view, range, names);
    for n in 0..names.len() {
        let next = names.get(n + 1).map_or(range.end, |m| m.0);
        let before = n.checked_sub(1).map_or(range.start, |m| names[m].1);
        let mut name = names[n];
        person(view, range, before..next, names, &mut name);
        names[n] = name;
    }
    join_halves(view, names);
    if let Some(found) = before_full_name(view, range, names) {
        names.insert(0, found);
    }
    if let Some(found) = behind_occupation(view, range, names) {
        names.insert(0, found);
    }
}

/// Whether a name is a party and a state: "D-Ohio".
fn is_party(view: &View, name: &Found) -> bool {
    let begins = |word: &str| word.len() > 2 && ["D-", "R-", "I-"].iter().any(|p| word.starts_with(p));
    let apart =
        matches!(view.word(name.0), "D" | "R" | "I") && view.tokens.get(name.0 + 1).is_some_and(|t| t.tag == Tag::Hyph);
    begins(view.word(name.0)) || apart
}

impl View<'_> {
    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.span.text(self.text))
    }

    fn knows(&self, i: usize, bits: u32) -> bool {
        self.clues.get(i).is_some_and(|c| c & bits != 0)
    }

    fn is_title(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| matches!(w.shape, Shape::Title | Shape::Mixed))
    }

    /// A capitalised word of which the lists know nothing that speaks against a person.
    fn can_be_person(&self, i: usize) -> bool {
        const OTHER: u32 = DATE | DEMONYM | PLACE | BODY | ENDING | PLACE_WORD | TITLE | MODIFIER | ADDRESS;
        self.is_title(i)
            && matches!(self.tokens[i].tag, Tag::NNP | Tag::NN | Tag::FW | Tag::JJ)
            && (!self.knows(i, OTHER) || self.knows(i, GIVEN))
    }

    /// Whether the words `range` look like a given name and a surname, perhaps with initials and hyphens.
    fn looks_full(&self, range: Range<usize>) -> bool {
        let part = |i: usize| {
            self.can_be_person(i) || self.words[i].shape == Shape::Initial || self.tokens[i].tag == Tag::Hyph
        };
        (2..=6).contains(&range.len())
            && self.can_be_person(range.start)
            && self.can_be_person(range.end - 1)
            && range.clone().all(part)
            && range.clone().filter(|&i| self.can_be_person(i)).count() <= 4
    }
}

/// "Ada and Bo Stone": the given name that opens the sentence, where a full name follows behind "and".
fn before_full_name(view: &View, range: &Range<usize>, names: &[Found]) -> Option<Found> {
    let (first, end, kind) = *names.first()?;
    let joined = first == range.start + 2 && view.word(range.start + 1) == "and";
    let full = kind == NameKind::Person && end == first + 2 && view.knows(first, GIVEN);
    let given = view.is_title(range.start) && view.knows(range.start, GIVEN) && !view.knows(range.start, DATE);
    (joined && full && given).then_some((range.start, range.start + 1, NameKind::Person))
}

/// "Teachers' Union" and "St Anne's Hospital" are one name with what stands before the possessive, "Office of Budget and
/// Trade" with what stands behind "and".
fn bodies(view: &View, range: &Range<usize>, names: &mut Vec<Found>) {
    let capital = |i: usize| range.contains(&i) && view.words[i].shape.is_capital();
    for i in range.clone().skip(1).filter(|&i| matches!(view.tokens[i].tag, Tag::POS | Tag::Quote)) {
        if view.tokens[i - 1].span.end() != view.tokens[i].span.start() || !view.word(i).starts_with(is_apostrophe) {
            continue;
        }
        let plural =
            !view.word(i).ends_with('s') || matches!(view.word(i - 1), "Children" | "Women" | "Men" | "People");
        let mut from = i;
        while from > range.start && capital(from - 1) && i - from < 5 && !view.knows(from - 1, DATE) {
            from -= 1;
        }
        let saint = (from..i).any(|j| matches!(view.word(j), "St" | "St." | "Saint" | "Ste."));
        let ends = capital(i + 1) && view.knows(i + 1, ENDING) && !capital(i + 2);
        if from < i && ends && (plural || saint) {
            if view.word(from) == "The" && from + 1 < i {
                from += 1;
            }
            names.retain(|n| n.1 <= from || n.0 > i + 1);
            names.push((from, i + 2, NameKind::Organization));
            names.sort_unstable_by_key(|n| n.0);
        }
    }
    // "the Justice Department", of which only the last word was found.
    for n in 0..names.len() {
        let (first, end, _) = names[n];
        let free = n.checked_sub(1).map_or(range.start, |m| names[m].1);
        let part = |j: &usize| capital(*j) && view.tokens[*j].tag.is_proper() && !view.knows(*j, DATE | ADDRESS);
        if end == first + 1 && view.knows(first, ENDING) && !view.knows(first, GIVEN) {
            let from = (free..first).rev().take_while(part).take(MOST_BODY).last();
            if let Some(from) = from.filter(|j| *j > range.start || view.words[*j].lower_class == 0 || first > j + 1) {
                names[n] = (from, end, NameKind::Organization);
            }
        }
    }
    let mut n = 0;
    while n < names.len() {
        match grown(view, range, names, n) {
            Some(to) => {
                let first = names[n].0;
                names[n] = (first, to, NameKind::Organization);
                names.retain(|m| m.0 == first || m.0 >= to || m.1 <= first);
            }
            None => n += 1,
        }
    }
}

/// Words before the noun of a body that are part of its name, at most.
const MOST_BODY: usize = 4;

/// "Secretary of State Ada Stone", "Ambassador to Ruritania Ada Stone": what an office is of belongs to the office, where the model
/// took it for the first word of a name.
fn behind_office(view: &View, range: &Range<usize>, names: &mut Vec<Found>) {
    let mut n = 0;
    while n < names.len() {
        let (first, end, _) = names[n];
        let office = first >= range.start + 2
            && matches!(view.word(first - 1), "of" | "to" | "for")
            && view.knows(first - 2, TITLE)
            && !view.knows(first, GIVEN);
        let named = view.looks_full(first + 1..end) || end == first + 2 && view.knows(first + 1, SURNAME);
        if office && end > first + 1 && named {
            names[n] = (first + 1, end, NameKind::Person);
            if view.knows(first, PLACE) && view.word(first) != "State" {
                names.insert(n, (first, first + 1, NameKind::Place));
                n += 1;
            }
        }
        n += 1;
    }
}

/// Where name `n` ends, if the model took the beginning of a body's name for all of it.
fn grown(view: &View, range: &Range<usize>, names: &[Found], n: usize) -> Option<usize> {
    let (first, end, kind) = names[n];
    let capital = |i: usize| range.contains(&i) && view.words[i].shape.is_capital();
    if kind == NameKind::Person || !capital(end + 1) {
        return None;
    }
    let to = (end + 1..range.end).take_while(|&j| capital(j)).last().map_or(end, |j| j + 1);
    let next = names.get(n + 1);
    let no_person = |m: &Found| m.1 <= to && m.2 != NameKind::Person;
    let free = |inside: &dyn Fn(&Found) -> bool| next.is_none_or(|m| m.0 >= to || inside(m));
    let is_body = view.knows(first, ENDING);
    let fits = match view.word(end) {
        // "Department of Justice".
        "of" => end == first + 1 && is_body && free(&no_person),
        // "Office of Budget and Trade".
        "and"
            if kind == NameKind::Organization
                && is_body
                && matches!(view.word(first + 1), "of" | "for" | "on")
                && end > first + 2 =>
        {
            free(&|m| m.0 == end + 1 && no_person(m))
        }
        // "Harbours and River Services".
        "and" => {
            kind != NameKind::Place
                && !view.knows(end - 1, ENDING)
                && to > end + 2
                && view.knows(to - 1, ENDING)
                && free(&|_| false)
        }
        _ => false,
    };
    fits.then_some(to)
}

/// A page that runs names and headlines together ("Ada Stone Ada M. StoneMarsh says") names who is written apart there, if
/// anybody.
pub(super) fn cut_run_together(view: &View, names: &mut Vec<Found>) {
    let seam = |i: usize| {
        let word = view.word(i);
        let lower_upper = |(a, b): ((usize, char), char)| a.1.is_lowercase() && b.is_uppercase();
        let at = word.char_indices().zip(word.chars().skip(1)).position(lower_upper)?;
        (at > 3 && view.words[i].shape == Shape::Mixed).then_some(word)
    };
    names.retain_mut(|n| {
        if n.2 != NameKind::Person || n.1 - n.0 < 2 {
            return true;
        }
        let Some((at, word)) = (n.0..n.1).find_map(|i| Some((i, seam(i)?))) else { return true };
        let apart = (n.0..at).find(|&i| view.word(i).len() > 2 && word.starts_with(view.word(i)));
        n.1 = apart.map_or(n.1, |i| i + 1);
        apart.is_some()
    });
}

/// Heads of titles that begin the names of things, too.
static AMBIGUOUS: WordSet = WordSet::english(Fact::Titles, "ambiguous");

/// Tells a person by what stands beside the name, and takes in a surname or a half of one that was left out.
fn person(view: &View, range: &Range<usize>, free: Range<usize>, others: &[Found], name: &mut Found) {
    let (first, end, kind) = *name;
    if kind != NameKind::Person {
        // "Environment Minister Ada Stone" taken for a body.
        let title = (first..end).rev().find(|&i| view.knows(i, TITLE | ADDRESS) && !view.can_be_person(i));
        if let Some(title) = title
            && view.looks_full(title + 1..end)
            && !AMBIGUOUS.contains(view.word(title).to_lowercase().as_str())
        {
            *name = (title + 1, end, NameKind::Person);
        } else if view.looks_full(first..end) && told(view, range, first, end, kind) {
            name.2 = NameKind::Person;
        } else {
            return;
        }
    }
    let (mut first, mut end, _) = *name;
    // "Stone Expeditions" in a sentence that names Ada Stone.
    let surname = others.iter().any(|n| n.1 - n.0 > 1 && n.0 != first && view.word(n.1 - 1) == view.word(first));
    if surname && end == first + 2 && !view.knows(first, GIVEN) {
        name.2 = NameKind::Organization;
        return;
    }
    // "Farmer Ada Stone": a common word that only the beginning of the sentence writes with a capital.
    let opens = first == range.start || view.tokens[first - 1].tag == Tag::Quote;
    if opens
        && end - first >= 3
        && view.words[first].lower_class != 0
        && !view.knows(first, GIVEN | SURNAME | INSIDE)
        && view.looks_full(first + 1..end)
    {
        first += 1;
    }
    // "Said Stone", "Said Stone: “…”", where "Said" may be a given name, too; and "Ada Stone MORE" of a page's links.
    if opens
        && end - first >= 2
        && (!view.knows(first, GIVEN) || view.word(end) == ":")
        && reporting_verb(&view.word(first).to_lowercase()).is_some()
    {
        first += 1;
    }
    let shouted =
        |i: usize| view.words[i].shape == Shape::Upper && view.words[i].length > 3 && view.words[i].lower_class != 0;
    while end - first >= 2 && shouted(end - 1) && view.is_title(first) {
        end -= 1;
    }
    while end - first >= 2 && shouted(first) && view.is_title(end - 1) {
        first += 1;
    }
    let adjacent = |i: usize| i < free.end && view.can_be_person(i);
    let titled = first > range.start && view.knows(first - 1, TITLE | ADDRESS);
    let given = !view.knows(first, PLACE | BODY) && (titled || !view.knows(first, SURNAME));
    let bare = |i: usize| !surname && (titled || view.words[i].lower_class == 0);
    // "Ada", "Ada-Bo".
    let one =
        end == first + 1 || end == first + 3 && view.tokens[first + 1].tag == Tag::Hyph && joined(view, first + 1);
    if one && given && adjacent(end) && bare(end) && !view.knows(end, GIVEN) {
        end += 1;
    }
    while end + 1 < free.end && view.tokens[end].tag == Tag::Hyph && adjacent(end + 1) && joined(view, end) {
        end += 2;
    }
    while first > free.start + 1
        && view.tokens[first - 1].tag == Tag::Hyph
        && view.can_be_person(first - 2)
        && joined(view, first - 1)
    {
        first -= 2;
    }
    name.0 = first;
    name.1 = end;
}

/// Whether the hyphen `i` touches the words on both sides.
fn joined(view: &View, i: usize) -> bool {
    view.tokens[i - 1].span.end() == view.tokens[i].span.start()
        && view.tokens[i].span.end() == view.tokens[i + 1].span.start()
}

/// Whether the words around a name tell a person: a title before it, an age or "who" behind it; for what the model took
/// for no body also a role in apposition or a verb of speech.
fn told(view: &View, range: &Range<usize>, first: usize, end: usize, kind: NameKind) -> bool {
    let at = |i: usize| if range.contains(&i) { view.word(i) } else { "" };
    let says = |word: &str| matches!(word, "said" | "says" | "told" | "added" | "wrote" | "recalled" | "recalls");
    let before = first.checked_sub(1).filter(|i| range.contains(i));
    if before
        .is_some_and(|i| view.knows(i, TITLE | ADDRESS) && !AMBIGUOUS.contains(view.word(i).to_lowercase().as_str()))
    {
        return true;
    }
    if before.is_some_and(|i| view.word(i).eq_ignore_ascii_case("the")) {
        return false;
    }
    let age = |i: usize| at(i).len() <= 2 && at(i).bytes().all(|b| b.is_ascii_digit()) && !at(i).is_empty();
    if at(end) == "," && (age(end + 1) && matches!(at(end + 2), "," | "." | "and") || at(end + 1) == "who") {
        return true;
    }
    // "Ada Stone, a 25-year-old from Ost".
    let years = |i: usize| at(i).ends_with("-year-old") || age(i) && at(i + 1) == "-" && at(i + 2) == "year";
    if at(end) == "," && matches!(at(end + 1), "a" | "an") && years(end + 2) {
        return true;
    }
    let role = || {
        at(end) == ","
            && matches!(at(end + 1), "a" | "an" | "the" | "his" | "her" | "whose")
            && (end + 2..range.end.min(end + 8)).take_while(|&i| at(i) != ",").any(|i| view.knows(i, TITLE))
    };
    kind != NameKind::Organization && (role() || says(at(end)) || before.is_some_and(|i| says(view.word(i))))
}

/// A person's given name and surname that were taken for two names are one.
fn join_halves(view: &View, names: &mut Vec<Found>) {
    let mut n = 0;
    while n + 1 < names.len() {
        let (a, b) = (names[n], names[n + 1]);
        let person = a.2 == NameKind::Person || b.2 == NameKind::Person;
        // "A." and "Ada Stone".
        let initial = view.words[a.0].shape == Shape::Initial && b.2 == NameKind::Person && view.looks_full(b.0..b.1);
        let whole = initial || view.looks_full(a.0..b.1);
        if person && a.1 == b.0 && a.1 == a.0 + 1 && !view.knows(a.0, SURNAME) && whole {
            names[n] = (a.0, b.1, NameKind::Person);
            names.remove(n + 1);
        } else {
            n += 1;
        }
    }
}

/// The person behind an occupation that begins the sentence, where nothing was found: "Beekeeper Ada Stone said".
fn behind_occupation(view: &View, range: &Range<usize>, names: &[Found]) -> Option<Found> {
    let first = range.start;
    let limit = names.first().map_or(range.end, |n| n.0);
    let occupation = || {
        let word = view.word(first);
        ["er", "or", "ist", "ian", "man", "ant"].iter().any(|e| word.ends_with(e)) && word.len() > 5
    };
    if limit <= first + 2 || !view.is_title(first) || view.words[first].lower_class == 0 || !occupation() {
        return None;
    }
    let end = (first + 1..limit).take_while(|&i| view.can_be_person(i)).last()? + 1;
    let known = view.knows(first, GIVEN | PLACE | BODY | SURNAME | INSIDE | DEMONYM);
    (!known && view.looks_full(first + 1..end) && end - first <= 4).then_some((first + 1, end, NameKind::Person))
}
