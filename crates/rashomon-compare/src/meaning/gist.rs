//! What one stretch of text is about: its terms, each with its weight.

use super::entries::{Entry, Hedge};
use super::lexicon::{Negation, lexicon, phrasal};
use super::words::{WordId, words};
use rashomon_annotate::{Annotated, Tag, Time, TimeKind};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::{Span, month, weekday};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::{RefCell, RefMut};

static BOUNDARIES: WordSet = WordSet::english(Fact::Prepositions, "boundary");

/// The terms of a stretch of text, in order of place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gist {
    /// All terms: words, phrases that stand for one thing, numbers. Punctuation is left out.
    pub(crate) terms: Vec<Term>,
    /// Sum of the weights of its content terms.
    pub(crate) weight: f32,
    /// Weighted sum of the directions of its content terms, scaled to length 1; empty if none is known.
    pub(crate) direction: Vec<f32>,
    /// Its content terms, as they are asked for when it is held against another.
    pub(super) held: Vec<Held>,
}

/// A content term of a gist: what an alignment asks for of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    /// Place among the terms.
    pub(super) index: usize,
    pub(super) entry: u32,
    pub(super) kind: Kind,
    pub(super) name: bool,
}

/// Terms of two kinds are never alike: a number is like a number only, a date like a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Word,
    Number,
    Date,
}

impl Class {
    /// Of which kind a term of this class is.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Number => Kind::Number,
            Self::Date => Kind::Date,
            Self::Function | Self::Verb | Self::Content | Self::Name => Kind::Word,
        }
    }
}

/// One term where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    /// Where it stands.
    pub(crate) span: Span,
    /// Index into [`Vocabulary::entries`].
    pub(crate) entry: u32,
    /// What it does in the sentence.
    pub(crate) class: Class,
    /// How much it tells, in nats.
    pub(crate) weight: f32,
}

/// What a term does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Grammar.
    Function,
    /// Verbs.
    Verb,
    /// Nouns, adjectives, adverbs that carry content.
    Content,
    /// Part of a name.
    Name,
    /// A number.
    Number,
    /// A weekday, month or relative day.
    Date,
}

/// What an alignment is worked out with, kept for the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// How alike each two of them are, row by row.
    pub(super) table: Vec<f32>,
    pub(super) pairs: Vec<(f32, usize, usize)>,
}

/// The distinct terms of a story, each looked up once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) entries: Vec<Entry>,
    index: FxHashMap<Box<str>, u32>,
    /// Base forms of the lower-case words seen.
    bases: FxHashMap<Box<str>, Option<WordId>>,
    /// Likeness of pairs of entries that were compared before, each in the one place its key falls on, so that memory is
    /// bounded; a later pair of the same place takes it over.
    alike: RefCell<Option<Alike>>,
    scratch: RefCell<Scratch>,
    /// The terms of what was read before, by the place of its article in memory, where it stays while a story is compared.
    read: FxHashMap<(usize, Span), Box<[Term]>>,
}

/// Places for pairs of entries: a power of two.
const KEPT: usize = 1 << 17;

/// The likeness of pairs of entries, by their keys.
type Alike = Box<[(u64, f32); KEPT]>;

/// The sign that the words before a number make.
fn hedge_sign(before: &[Piece]) -> &'static str {
    let word = |back: usize| before.len().checked_sub(back).map_or("", |i| before[i].lower.as_str());
    match (word(2), word(1)) {
        ("at", "least") | ("more", "than") | (_, "over") | ("not", "least") => "+",
        ("fewer" | "less", "than") | ("up", "to") | ("at", "most") | (_, "under" | "below") => "<",
        (_, "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately" | "estimated") => "~",
        _ => "",
    }
}

/// The likeness of pairs of entries, as far as it is kept.
pub(crate) struct Known<'a> {
    entries: &'a [Entry],
    alike: RefMut<'a, [(u64, f32); KEPT]>,
}

impl Known<'_> {
    /// How alike two entries are, 0 to 1, and whether they are opposites.
    #[inline]
    pub(crate) fn likeness(&mut self, a: u32, b: u32) -> (f32, bool) {
        if a == b {
            return (1.0, false);
        }
        let (low, high) = (a.min(b), a.max(b));
        let key = u64::from(low) << 32 | u64::from(high);
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        #[allow(clippy::cast_possible_truncation, reason = "32 bits")]
        let slot = &mut self.alike[mixed as usize & (KEPT - 1)];
        if slot.0 != key {
            *slot = (key, compared(self.entries, low, high));
        }
        (slot.1.abs(), slot.1 < 0.0)
    }
}

/// How alike two entries are; the sign keeps that they are opposites.
#[inline(never)]
fn compared(entries: &[Entry], low: u32, high: u32) -> f32 {
    let (like, opposite) = super::likeness::likeness(entries, &entries[low as usize], &entries[high as usize]);
    if opposite { -like } else { like }
}

impl Vocabulary {
    /// The entry of `term`, made if it is new.
    fn enter(&mut self, term: &str) -> u32 {
        if let Some(i) = self.index.get(term) {
            return *i;
        }
        let (table, lexicon) = (words(), lexicon());
        let (bare, hedge) = Hedge::of(term);
        let value = number(bare);
        let word = self.base(bare);
        let mut rarity = match word {
            Some(w) => table.find(term).map_or(table.rarity(w), |form| table.rarity(form).min(table.rarity(w))),
            // A phrase is as rare as its rarest part.
            None if term.contains('_') => {
                let part = |p| table.find(p).map_or(table.most() - 3.0, |w| table.rarity(w));
                term.split('_').map(part).fold(0.0, f32::max)
            }
            None => table.most() - 3.0,
        };
        if value.is_some() {
            rarity = rarity.clamp(2.5, 5.5);
        }
        let seat = lexicon.seat_of(term).map(|s| self.enter(s));
        let name = word.map_or(term, |w| table.form(w));
        let groups = match lexicon.groups(term) {
            [] => lexicon.groups(name),
            found => found,
        };
        #[allow(clippy::cast_possible_truncation, reason = "fewer terms than bytes of text")]
        let i = self.entries.len() as u32;
        self.entries.push(Entry {
            text: term.into(),
            word,
            seat,
            groups,
            rarity: rarity.clamp(0.3, table.most() - 3.0),
            value,
            hedge: if value.is_some() { hedge } else { Hedge::Exact },
            negation: lexicon.negation(term),
        });
        self.index.insert(term.into(), i);
        i
    }

    /// The base form of a lower-case word, if the table of words knows it.
    fn base(&mut self, word: &str) -> Option<WordId> {
        if let Some(known) = self.bases.get(word) {
            return *known;
        }
        let base = words().lemma(word);
        self.bases.insert(word.into(), base);
        base
    }

    /// The entry of a word as it is written, if the story holds one of the same term.
    pub(crate) fn find(&self, word: &str) -> Option<u32> {
        let lower = word.to_lowercase();
        let table = words();
        let base = table.lemma(&lower).map_or(lower.as_str(), |w| table.form(w));
        self.index.get(lexicon().name_of(base)).or_else(|| self.index.get(base)).copied()
    }

    /// Whether one of two entries is only derived from the other.
    pub(crate) fn derived(&self, a: u32, b: u32) -> bool {
        super::likeness::derived(&self.entries[a as usize], &self.entries[b as usize])
    }

    /// Whether the tables hold an entry.
    pub(crate) fn is_known(&self, entry: u32) -> bool {
        self.entries[entry as usize].word.is_some()
    }

    /// Whether two entries have to do with each other as words: one stands for the other, is derived from it, or is the
    /// broader one. Of words that are not in the tables nothing is known, and it is taken to be so.
    pub(crate) fn related(&self, a: u32, b: u32) -> bool {
        a == b || super::likeness::related(&self.entries[a as usize], &self.entries[b as usize])
    }

    /// How alike two entries are, 0 to 1.
    pub(crate) fn likeness(&self, a: u32, b: u32) -> f32 {
        self.known().likeness(a, b).0
    }

    /// What is known of pairs of entries, for many questions in a row.
    pub(crate) fn known(&self) -> Known<'_> {
        // No key is zero, and memory that is zero is not touched before it is used.
        let none = || vec![(0, 0.0); KEPT].try_into().expect("as many as were asked for");
        let alike = RefMut::map(self.alike.borrow_mut(), |it| &mut **it.get_or_insert_with(none));
        Known { entries: &self.entries, alike }
    }

    /// What alignments are worked out with.
    pub(super) fn scratch(&self) -> RefMut<'_, Scratch> {
        self.scratch.borrow_mut()
    }

    /// For each entry the family it belongs to: the least of the entries that words derived from it join it with, "elect"
    /// and "election".
    pub(crate) fn families(&self) -> Vec<u32> {
        let mut holds: FxHashMap<WordId, u32> = FxHashMap::default();
        #[allow(clippy::cast_possible_truncation, reason = "fewer terms than bytes of text")]
        let number = |n: usize| n as u32;
        for (n, e) in self.entries.iter().enumerate() {
            e.word.iter().for_each(|w| _ = holds.entry(*w).or_insert(number(n)));
        }
        let mut out: Vec<u32> = (0..number(self.entries.len())).collect();
        for (n, e) in self.entries.iter().enumerate() {
            let Some(word) = e.word else { continue };
            let nearest = words().derived(word).filter_map(|d| holds.get(&d)).chain(holds.get(&word)).min();
            out[n] = nearest.copied().unwrap_or(out[n]).min(out[n]);
        }
        for n in 0..out.len() {
            let mut root = out[n];
            while out[root as usize] != root {
                root = out[root as usize];
            }
            out[n] = root;
        }
        out
    }

    /// The terms of all tokens inside `span`.
    pub(crate) fn gist(&mut self, article: &Annotated, span: Span) -> Gist {
        let terms = self.terms(article, span).to_vec();
        Gist::of(self, terms)
    }

    /// The same without their sums. What is asked for again is not read again.
    pub(crate) fn terms(&mut self, article: &Annotated, span: Span) -> &[Term] {
        let key = (std::ptr::from_ref(article).addr(), span);
        if !self.read.contains_key(&key) {
            let terms = terms(self, &pieces(article, span));
            self.read.insert(key, terms.into());
        }
        &self.read[&key]
    }
}

/// One word of a token, lower case, with straight apostrophes.
struct Piece {
    span: Span,
    lower: String,
    capital: bool,
    all_caps: bool,
    initial: bool,
    tag: Tag,
}

/// The tokens inside `span` as words: compounds with a hyphen in their parts, genitive endings left out, each date one
/// piece.
fn pieces(article: &Annotated, span: Span) -> Vec<Piece> {
    let tokens = article.tokens_in(span);
    let text = &article.article.text;
    let first = article.times.partition_point(|t| t.span.end() <= span.start());
    let mut times =
        article.times[first..].iter().filter(|t| dated(t)).take_while(|t| t.span.start() < span.end()).peekable();
    let mut out: Vec<Piece> = Vec::with_capacity(tokens.len());
    let mut initial = true;
    for token in tokens {
        let form = token.span.text(text);
        while times.next_if(|t| t.span.end() <= token.span.start()).is_some() {}
        if let Some(time) = times.peek().filter(|t| t.span.contains(token.span)) {
            let lower = format!("@{}", time.value);
            if out.last().is_none_or(|p| !time.span.contains(p.span)) {
                let span = time.span;
                out.push(Piece { span, lower, capital: false, all_caps: true, initial: false, tag: token.tag });
            }
            continue;
        }
        let mut at = token.span.start();
        for part in form.split_inclusive(['-', '–', '/']) {
            let word = part.trim_end_matches(['-', '–', '/']);
            let span = Span::new(at, at + word.len());
            at += part.len();
            let whole = word.to_lowercase();
            let whole = if whole.contains('’') { whole.replace('’', "'") } else { whole };
            let lower = whole.strip_suffix("'s").unwrap_or(&whole).trim_matches('\'').trim_end_matches('.');
            if !lower.chars().any(char::is_alphanumeric) && lower != "%" || lower == "s" && form.len() <= 4 {
                continue;
            }
            // "U.S." and "US" are one word.
            let lower = if lower.contains('.') && lower.chars().all(|c| c == '.' || c.is_alphabetic()) {
                lower.replace('.', "")
            } else if lower.len() == whole.len() {
                whole
            } else {
                lower.to_owned()
            };
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let all_caps = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && word.len() > 1;
            out.push(Piece { span, lower, capital, all_caps, initial, tag: token.tag });
            initial = false;
        }
        if matches!(form, ":" | "“" | "\"" | "." | "?" | "!") {
            initial = true;
        }
    }
    out
}

/// Whether a time expression names a day, month, year or time of day, rather than a stretch of time or "now".
fn dated(time: &Time) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value.ends_with("_REF")
}

/// What a date tells, in nats: about as much as a weekday's name.
const DATE: f32 = 3.0;

/// Whether a lower-case word names a day or a month; "may" is a verb more often.
fn names_day(word: &str) -> bool {
    weekday(word).is_some()
        || month(word).is_some() && word != "may"
        || matches!(word, "today" | "yesterday" | "tomorrow" | "tonight" | "overnight")
}

/// The base form of a word where it stands.
fn base_of(p: &Piece, known: Option<WordId>) -> &str {
    let table = words();
    // What the table knows as a noun ("informing") can be a verb's form here.
    let verb = matches!(p.tag, Tag::VBG | Tag::VBN | Tag::VBD) && known.is_none_or(|w| table.form(w) == p.lower);
    let known = if verb { table.verb_of(&p.lower).or(known) } else { known };
    known.map_or(p.lower.as_str(), |w| table.form(w))
}

/// The terms that words make.
fn terms(vocabulary: &mut Vocabulary, pieces: &[Piece]) -> Vec<Term> {
    let lexicon = lexicon();
    // Where most longer words are capitals, capitals say nothing: a headline in title case.
    let longer = pieces.iter().filter(|p| p.lower.len() > 3 && !p.initial).count();
    let capitals = pieces.iter().filter(|p| p.lower.len() > 3 && !p.initial && p.capital).count();
    let titled = longer > 0 && capitals * 10 > longer * 6;
    let mut bases: Vec<&str> = Vec::with_capacity(pieces.len());
    for p in pieces {
        bases.push(base_of(p, vocabulary.base(&p.lower)));
    }
    let mut taken = vec![false; pieces.len()];
    let mut terms: Vec<Term> = Vec::with_capacity(pieces.len());
    for i in 0..pieces.len() {
        if taken[i] {
            continue;
        }
        let p = &pieces[i];
        let mut span = p.span;
        if p.lower.starts_with('@') {
            let entry = vocabulary.enter(&p.lower);
            terms.push(Term { span, entry, class: Class::Date, weight: DATE });
            continue;
        }
        let phrase = [p.lower.as_str(), bases[i]].iter().find_map(|first| {
            lexicon.phrases.get(*first)?.iter().find(|(rest, _)| {
                rest.iter().enumerate().all(|(k, w)| {
                    let j = i + 1 + k;
                    j < pieces.len() && !taken[j] && (pieces[j].lower == **w || *bases[j] == **w)
                })
            })
        });
        // "US" is a country, "us" a pronoun; only capitals abbreviate.
        let shouted = p.all_caps || p.lower.len() > 3;
        let mut name: Cow<'_, str> = match phrase {
            Some((rest, name)) => {
                for k in 1..=rest.len() {
                    taken[i + k] = true;
                }
                span = span.cover(pieces[i + rest.len()].span);
                Cow::Borrowed(&**name)
            }
            None if shouted || !p.lower.is_ascii() => Cow::Borrowed(lexicon.name_of(&p.lower)),
            None => Cow::Borrowed(&*p.lower),
        };
        if phrase.is_none() && name == p.lower {
            let reach = (i + 1)..(i + 5).min(pieces.len());
            let verb = is_verb(p.tag).unwrap_or(true);
            // Apart from its verb, what may be a preposition is taken for one: "sent a letter on Monday".
            // So is one right before a name, a date or a number: "held in Geneva".
            let particle = |j: usize| {
                pieces.get(j + 1).is_none_or(|n| {
                    !n.capital && !n.lower.starts_with(['@', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
                })
            };
            let adverb = |j: &usize| !is_preposition(&pieces[*j].lower) || *j == i + 1 && particle(*j);
            let found = reach
                .filter(|j| verb && !taken[*j] && adverb(j))
                .find_map(|j| Some((j, phrasal(bases[i], &pieces[j].lower)?)));
            if let Some((j, joined)) =
                found.filter(|(j, _)| *j == i + 1 || pieces[i + 1..*j].iter().all(|q| !is_boundary(&q.lower)))
            {
                taken[j] = true;
                if j == i + 1 {
                    span = span.cover(pieces[j].span);
                }
                name = Cow::Owned(joined);
            }
        }
        if let Some(v) = number(&name) {
            let factor = pieces.get(i + 1).and_then(|n| scale(&n.lower));
            let product = factor.map_or(v, |f| v * f);
            if factor.is_some() {
                taken[i + 1] = true;
                span = span.cover(pieces[i + 1].span);
            }
            name = Cow::Owned(format!("{product}{}", hedge_sign(&pieces[..i])));
        } else if name == p.lower {
            name = Cow::Borrowed(bases[i]);
            let alias = lexicon.name_of(bases[i]);
            if alias != bases[i] && (shouted || bases[i].len() > 3) {
                name = Cow::Borrowed(alias);
            }
        }
        let entry = vocabulary.enter(&name);
        let known = &vocabulary.entries[entry as usize];
        let class = if known.value.is_some() {
            Class::Number
        } else if lexicon.is_function(&p.lower)
            && phrase.is_none()
            && name.len() <= p.lower.len().max(4)
            && !(p.all_caps && p.lower == "us")
        {
            Class::Function
        } else if names_day(&name) {
            Class::Date
        } else if matches!(p.tag, Tag::NNP | Tag::NNPS)
            || p.capital && if titled || p.initial { known.word.is_none() } else { true }
        {
            Class::Name
        } else if is_verb(p.tag) == Some(true) {
            Class::Verb
        } else {
            Class::Content
        };
        let weight = if class == Class::Function { known.rarity.min(1.0) } else { known.rarity };
        terms.push(Term { span, entry, class, weight });
    }
    terms
}

impl Gist {
    /// A gist of some of the terms of another.
    pub(crate) fn of(vocabulary: &Vocabulary, terms: Vec<Term>) -> Self {
        let held = |(index, t): (usize, &Term)| Held {
            index,
            entry: t.entry,
            kind: t.class.kind(),
            name: t.class == Class::Name,
        };
        let held = terms.iter().enumerate().filter(|(_, t)| t.class != Class::Function).map(held).collect();
        let mut it = Self { terms, weight: 0.0, direction: Vec::new(), held };
        it.sum(vocabulary);
        it
    }

    /// Sums weight and direction anew after weights have changed.
    pub(crate) fn sum(&mut self, vocabulary: &Vocabulary) {
        self.weight = self.content().map(|t| t.weight).sum();
        let mut sum: Vec<f32> = Vec::new();
        for t in self.terms.iter().filter(|t| t.class != Class::Function) {
            let Some(v) = vocabulary.entries[t.entry as usize].word.and_then(|w| words().vector(w)) else { continue };
            sum.resize(v.len(), 0.0);
            sum.iter_mut().zip(v).for_each(|(s, x)| *s += f32::from(*x) * t.weight);
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|x| *x /= length);
        }
        self.direction = sum;
    }

    /// Its terms and their groups of near-synonyms.
    pub(crate) fn keys(&self, vocabulary: &Vocabulary) -> Keys {
        let mut out: Vec<(u32, f32)> = Vec::new();
        for t in self.content() {
            let groups = vocabulary.entries[t.entry as usize].groups.iter();
            out.push((t.entry, t.weight));
            out.extend(groups.map(|g| (GROUP | u32::from(*g), NEARLY * t.weight)));
        }
        out.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
        out.dedup_by_key(|k| k.0);
        Keys(out)
    }

    /// Whether an odd number of its words negate.
    pub(crate) fn negated(&self, vocabulary: &Vocabulary) -> bool {
        let negates = |t: &&Term| {
            let kind = vocabulary.entries[t.entry as usize].negation;
            matches!(kind, Some(Negation::Not | Negation::Deny))
        };
        self.terms.iter().filter(negates).count() % 2 == 1
    }

    /// The terms that carry content.
    pub(crate) fn content(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|t| t.class != Class::Function)
    }
}

/// The terms of a stretch of text and their groups of near-synonyms, each with its weight, in order: two stretches that
/// share little of them are not worth aligning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys(Vec<(u32, f32)>);

/// Above all entries.
const GROUP: u32 = 1 << 31;
/// What a near-synonym counts.
const NEARLY: f32 = 0.5;

impl Keys {
    /// The weight that both have.
    pub(crate) fn shared(&self, other: &Self) -> f32 {
        let (a, b) = (&self.0, &other.0);
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += a[i].1.min(b[j].1);
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        sum
    }
}

/// Whether a tag is a verb's; `None` where nothing is known.
fn is_verb(tag: Tag) -> Option<bool> {
    match tag {
        Tag::Other => None,
        t => Some(matches!(t, Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ)),
    }
}

/// Particles that are prepositions more often.
fn is_preposition(word: &str) -> bool {
    matches!(word, "on" | "in" | "over" | "through" | "around")
}

/// Words that a phrasal verb does not reach over.
fn is_boundary(word: &str) -> bool {
    BOUNDARIES.contains(word)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "lakh" => 1e5,
        "million" | "mln" | "mn" => 1e6,
        "crore" => 1e7,
        "billion" | "bln" | "bn" => 1e9,
        "trillion" | "trn" => 1e12,
        _ => return None,
    })
}

/// The value of a number in digits or of a number word.
fn number(word: &str) -> Option<f64> {
    let numbers = Language::english().list(Fact::NumberWords);
    if numbers.has(word, "whole") {
        // "one" is a pronoun more often than a count.
        return numbers.number(word).filter(|_| word != "one");
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 18 {
        return None;
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e)).unwrap_or(word);
    let suffix = [("m", 1e6), ("bn", 1e9), ("mn", 1e6), ("b", 1e9), ("k", 1e3)];
    let (digits, factor) =
        suffix.iter().find_map(|(e, f)| Some((digits.strip_suffix(e)?, *f))).unwrap_or((digits, 1.0));
    digits.replace(',', "").parse::<f64>().ok().map(|v| v * factor)
}
