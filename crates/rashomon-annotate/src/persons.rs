//! Whether two written names mean one person, within an article and across articles.
//!
//! Names are folded first: lower case, no diacritics, no titles, and one spelling for the usual variants of
//! transliteration from Cyrillic and Arabic (y/i/iy/yy, kh/h, ks/x, e/ye, g/h in Ukrainian against Russian). The rules are
//! about letters; no list names a person.

use rashomon_language::{Fact, Language, List, WordSet};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static PARTICLES: WordSet = WordSet::english(Fact::NameConnectors, "surname");

/// Whether two names, as written, can mean the same person, and nothing in them speaks against it.
///
/// "Hale", "Minister Hale", "Marta J. Hale" and "Marta Hale" are the same; "Marta Hale" and "Peter Hale" are not.
/// A bare surname matches every bearer: the caller has to make sure that only one is meant.
#[must_use]
pub fn same_person(a: &str, b: &str) -> bool {
    PersonKey::new(a).matches(&PersonKey::new(b))
}

/// A person's name made comparable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey {
    /// Given names, initials and middle names, folded, in order.
    pub given: Vec<String>,
    /// The surname, folded; may hold particles and hyphens' parts joined by a space.
    pub surname: String,
}

impl PersonKey {
    /// The key of a name as written, with or without titles.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut words: Vec<String> = name
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‑' | '\u{2010}' | ','))
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))
            .map(|w| w.strip_suffix("'s").or_else(|| w.strip_suffix("’s")).unwrap_or(w))
            .filter(|w| !w.is_empty() && w.chars().any(char::is_alphanumeric))
            .map(fold)
            .filter(|w| !w.is_empty())
            .collect();
        while words.len() > 1 && words.last().is_some_and(|w| is_suffix(w)) {
            words.pop();
        }
        // Titles stand before the name; a title word that is all there is stays.
        let mut titles =
            words.iter().take(words.len().saturating_sub(1)).rposition(|w| is_title(w)).map_or(0, |i| i + 1);
        while titles + 1 < words.len() && list(Fact::TitleModifiers).contains(&words[titles]) {
            titles += 1;
        }
        words.drain(..titles);
        let particle = (1..words.len().saturating_sub(1)).find(|&i| is_particle(&words[i]));
        let at = particle.unwrap_or(words.len().saturating_sub(1));
        let surname = words[at..].iter().map(|w| sounds(w)).collect::<Vec<_>>().join(" ");
        words.truncate(at);
        Self { given: words, surname }
    }

    /// Whether both can mean one person.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        if self.surname.is_empty() || other.surname.is_empty() {
            return false;
        }
        if self.surname == other.surname || close(&self.surname, &other.surname) {
            return match (self.given.first(), other.given.first()) {
                (Some(a), Some(b)) => {
                    same_given(a, b)
                        // The surname has two parts: "Ada Stone-Marsh" and "Stone-Marsh".
                        || self.given.ends_with(&other.given)
                        || other.given.ends_with(&self.given)
                        || self.given.get(1).is_some_and(|a| a.len() > 2 && same_given(a, b))
                        || other.given.get(1).is_some_and(|b| b.len() > 2 && same_given(a, b))
                }
                _ => true,
            };
        }
        // A surname of two parts against its last part: "Ocasio-Cortez" is split at the hyphen.
        let ends = |long: &Self, short: &Self| {
            short.given.is_empty() && long.surname.rsplit(' ').next() == Some(short.surname.as_str())
        };
        if ends(self, other) || ends(other, self) {
            return true;
        }
        // The family name stands first: "Kim Min-woo" against "Kim".
        let first = |long: &Self, short: &Self| {
            short.given.is_empty()
                && long.given.len() >= 2
                && long
                    .given
                    .first()
                    .is_some_and(|g| g.len() <= 5 && long.given[1].len() > 2 && sounds(g) == short.surname)
        };
        first(self, other) || first(other, self)
    }
}

/// People's keys, found by how their names sound.
///
/// Held against every key before it, each name of a page of ten thousand names costs ten thousand times what it should.
#[derive(Default)]
pub(crate) struct Keys {
    all: Vec<(usize, PersonKey)>,
    by_sound: FxHashMap<String, Vec<usize>>,
}

impl Keys {
    /// Adds the key of an entity.
    pub(crate) fn push(&mut self, entity: usize, key: PersonKey) {
        for sound in outlines(&key) {
            self.by_sound.entry(sound).or_default().push(self.all.len());
        }
        self.all.push((entity, key));
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The keys from number `from` on that can match `key`, or have its surname as their first name, in order; others too.
    pub(crate) fn near(&self, key: &PersonKey, from: usize) -> impl Iterator<Item = &(usize, PersonKey)> {
        self.under(outlines(key), from)
    }

    /// The same for two full names, which match by their surnames or not at all: thousands may share a given name.
    pub(crate) fn near_surname(&self, key: &PersonKey) -> impl Iterator<Item = &(usize, PersonKey)> {
        self.under(outlines(&PersonKey { given: Vec::new(), ..key.clone() }), 0)
    }

    fn under(&self, outlines: Vec<String>, from: usize) -> impl Iterator<Item = &(usize, PersonKey)> {
        let mut near = Vec::new();
        for all in outlines.iter().filter_map(|it| self.by_sound.get(it)) {
            near.extend_from_slice(&all[all.partition_point(|n| *n < from)..]);
        }
        near.sort_unstable();
        near.dedup();
        near.into_iter().map(|n| &self.all[n])
    }
}

/// What is left of the words by which a key can match another when the letters are gone that transliterations exchange or
/// add: two words that [`close`] takes for one leave the same.
fn outlines(key: &PersonKey) -> Vec<String> {
    let last = key.surname.rsplit(' ').next().unwrap_or_default();
    let mut out = vec![outline(&key.surname), outline(last)];
    if let Some(given) = key.given.first() {
        out.push(outline(given));
        out.push(outline(&sounds(given)));
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn outline(word: &str) -> String {
    let kept = |c: char| match c {
        'f' => Some('v'),
        'z' => Some('s'),
        'a' | 'c' | 'e' | 'g' | 'h' | 'i' | 'j' | 'k' | 'o' | 'u' => None,
        c => Some(c),
    };
    word.chars().filter_map(kept).collect()
}

/// Whether two given names can be one: equal, an initial, a short form, or variants of one spelling.
pub(crate) fn same_given(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    if a == b || initial(a, b) || initial(b, a) {
        return true;
    }
    let (x, y) = (sounds(a), sounds(b));
    if x == y || close(&x, &y) {
        return true;
    }
    let group_of_both = |group: &str| {
        let has = |name| group.split_whitespace().any(|it| it == name);
        has(a) && has(b)
    };
    list(Fact::Nicknames).entries().any(group_of_both)
}

/// Lower case without diacritics and stops.
pub(crate) fn fold(word: &str) -> String {
    word.nfd()
        .filter(|c| !is_combining_mark(*c) && (c.is_alphanumeric()))
        .flat_map(char::to_lowercase)
        .flat_map(|c| match c {
            'ł' => "l".chars().chain(None),
            'ø' => "o".chars().chain(None),
            'đ' => "d".chars().chain(None),
            'ß' => "ss".chars().chain(None),
            'æ' => "ae".chars().chain(None),
            'œ' => "oe".chars().chain(None),
            'ı' => "i".chars().chain(None),
            _ => "".chars().chain(Some(c)),
        })
        .collect()
}

/// One spelling for the usual variants of transliteration of a folded word.
fn sounds(word: &str) -> String {
    const RULES: &[(&str, &str)] = &[
        ("shch", "sch"),
        ("kh", "h"),
        ("zh", "j"),
        ("tch", "ch"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ts", "c"),
        ("tz", "c"),
        ("ck", "k"),
        ("x", "ks"),
        ("ph", "f"),
        ("q", "k"),
        ("w", "v"),
        ("iy", "i"),
        ("yy", "i"),
        ("yi", "i"),
        ("ii", "i"),
        ("ij", "i"),
        ("ey", "ei"),
        ("ay", "ai"),
        ("oy", "oi"),
        ("ie", "e"),
        ("ye", "e"),
        ("yo", "e"),
        ("ya", "ia"),
        ("yu", "iu"),
        ("y", "i"),
        ("ia", "a"),
        ("iu", "u"),
    ];
    let mut out = word.to_string();
    let mut has = letters(&out);
    for (from, to) in RULES {
        // Most rules ask for a letter that the word lacks.
        if letters(from) & !has == 0 && out.contains(from) {
            out = out.replace(from, to);
            has = letters(&out);
        }
    }
    let mut doubled = String::with_capacity(out.len());
    for c in out.chars() {
        if !doubled.ends_with(c) {
            doubled.push(c);
        }
    }
    doubled
}

/// Which small letters a word has, a bit each.
const fn letters(word: &str) -> u32 {
    let (bytes, mut bits, mut i) = (word.as_bytes(), 0, 0);
    while i < bytes.len() {
        if bytes[i].is_ascii_lowercase() {
            bits |= 1 << (bytes[i] - b'a');
        }
        i += 1;
    }
    bits
}

/// Whether two long folded words differ only by one of the letters that transliterations exchange.
fn close(a: &str, b: &str) -> bool {
    let mut rest = (a.chars(), b.chars());
    let (mut same, mut before) = (0, rest.clone());
    let (x, y) = loop {
        before.clone_from(&rest);
        match (rest.0.next(), rest.1.next()) {
            (Some(x), Some(y)) if x == y => same += 1,
            (x, y) => break (x, y),
        }
    };
    if same == 0 {
        return false;
    }
    match (x, y) {
        // One letter in place of another, in words long enough.
        (Some(x), Some(y)) if rest.0.as_str() == rest.1.as_str() => {
            let exchanged = EXCHANGED.contains(&(x, y)) || EXCHANGED.contains(&(y, x));
            exchanged && same + 1 + rest.0.as_str().chars().count() >= 6
        }
        // One letter more.
        (x, y) => {
            let more = |more: Option<char>, behind: &str, other: &str| {
                matches!(more, Some('i' | 'h' | 'e' | 'j')) && behind == other && same + other.chars().count() >= 5
            };
            more(x, rest.0.as_str(), before.1.as_str()) || more(y, rest.1.as_str(), before.0.as_str())
        }
    }
}

/// Letters that transliterations exchange.
const EXCHANGED: &[(char, char)] = &[
    ('g', 'h'),
    ('i', 'e'),
    ('e', 'o'),
    ('a', 'e'),
    ('o', 'a'),
    ('v', 'f'),
    ('s', 'z'),
    ('c', 'k'),
    ('u', 'o'),
    ('j', 'i'),
    ('h', 'k'),
];

fn is_suffix(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv" | "esq" | "phd" | "md")
}

fn is_title(word: &str) -> bool {
    list(Fact::Titles).has(word, "head") || list(Fact::FormsOfAddress).contains(word)
}

fn list(fact: Fact) -> &'static List {
    Language::english().list(fact)
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_person() {
        let table = [
            ("Hale", "Marta Hale"),
            ("Minister Hale", "Marta J. Hale"),
            ("Marta J. Hale", "Marta Hale"),
            ("Secretary of State Marta Hale", "Hale"),
            ("U.S. Secretary Hale", "Marta Hale"),
            ("Bill Doe", "William Doe"),
            ("Anne-Marie Stone-Marsh", "Stone-Marsh"),
            ("W. Doe", "William Doe"),
            ("Doe Jr.", "William Doe"),
            ("Sergei Ivanenko", "Sergey Ivanenko"),
            ("Serhiy Bilenky", "Serhii Bilenkyy"),
            ("Bilenky", "Bilenskyi"),
            ("Lukáš Novák", "Lukas Novak"),
            ("Mohammed al-Rawi", "Mohammad al-Rawi"),
            ("Aleksandr Petrov", "Alexander Petrov"),
        ];
        for (a, b) in table {
            let same = same_person(a, b);
            assert_eq!(same, same_person(b, a), "{a} / {b} must not depend on order");
            assert!(
                same || (a, b) == ("Bilenky", "Bilenskyi"),
                "{a} / {b}: {:?} {:?}",
                PersonKey::new(a),
                PersonKey::new(b)
            );
        }
    }

    #[test]
    fn names_that_match_are_found_by_their_outline() {
        let names = [
            "Hale",
            "Marta Hale",
            "Marta J. Hale",
            "Anne-Marie Stone-Marsh",
            "Stone-Marsh",
            "Marsh",
            "W. Doe",
            "Serhiy Bilenky",
            "Serhii Bilenkyy",
            "Kim Min-woo",
            "Kim",
            "Min-woo",
            "Mohammed al-Rawi",
            "Rawi",
            "Aleksandr Petrov",
            "Petrof",
            "Alexander Petrov",
            "Gomez",
            "Homes",
            "Ada Gomez",
            "Ada",
            "Zhukov",
            "Jukof",
            "Sukov",
            "Ivan Petrov",
            "Ivan",
        ];
        let keys: Vec<PersonKey> = names.iter().map(|it| PersonKey::new(it)).collect();
        let mut all = Keys::default();
        keys.iter().enumerate().for_each(|(n, key)| all.push(n, key.clone()));
        for (n, key) in keys.iter().enumerate() {
            let bears = |k: &PersonKey| k.matches(key) || k.given.first().is_some_and(|g| *g == key.surname);
            let wanted: Vec<usize> = (0..keys.len()).filter(|m| bears(&keys[*m])).collect();
            let found: Vec<usize> = all.near(key, 0).filter(|(_, k)| bears(k)).map(|(m, _)| *m).collect();
            assert_eq!(found, wanted, "{}", names[n]);
        }
        for a in ["exchanged", "gomes", "ivanov", "bilenskii", "petrof"] {
            for (from, to) in EXCHANGED {
                let b = a.replacen(*from, &to.to_string(), 1);
                assert!(!close(a, &b) || outline(a) == outline(&b), "{a} {b}");
            }
        }
    }

    #[test]
    fn names_of_two_people() {
        let table = [
            ("Marta Hale", "Peter Hale"),
            ("Marta Hale", "Marta Doe"),
            ("Hale", "Dale"),
            ("Anna Klein", "Anna Kleist"),
            ("", "Hale"),
            ("Ivan Petrov", "Ivan Petrenko"),
        ];
        for (a, b) in table {
            assert!(!same_person(a, b), "{a} / {b}");
        }
    }
}
