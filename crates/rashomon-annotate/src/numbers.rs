//! How many and how much: numbers as news writes them, with value, unit and how exact they claim to be.
//!
//! Digits with Western or Indian grouping ("1,234,567", "12,34,567"), decimals, scales ("m", "bn", "lakh", "crore"),
//! numbers in words, fractions, vague counts ("dozens", "tens of thousands"), ranges, currencies, percentages, and the
//! hedges before them. Left out, because they count nothing: what lies inside a time expression, ages, ordinals, scores
//! ("3-1"), numbers that are part of a name ("Boeing 737", "Article 5", "G20") and telephone numbers.

mod lexicon;
mod scan;

use crate::{Annotated, Approximation, Number, Tag, Time};
use lexicon::{Role, role};
use rashomon_model::Span;
use scan::{Kind, Piece, pieces};

/// All numbers of an article, in order of place.
pub(crate) fn numbers(it: &Annotated) -> Vec<Number> {
    let mut out = Vec::new();
    let mut row = Vec::new();
    let mut times = it.times.as_slice();
    for s in &it.sentences {
        row.clear();
        pieces(&it.article.text, s.span, &mut row);
        if !row.iter().any(|p| p.number) {
            continue;
        }
        let from = times.partition_point(|t| t.span.end() <= s.span.start());
        times = &times[from..];
        let view = Row { it, row: &row, times };
        let mut i = 0;
        while i < row.len() {
            match view.number(i) {
                Some((number, end)) => {
                    out.push(number);
                    i = end.max(i + 1);
                }
                None => i += 1,
            }
        }
    }
    out
}

/// A quantity before its unit is known.
#[derive(Clone, Copy, Debug)]
struct Quantity {
    low: f64,
    high: Option<f64>,
    /// One past the last piece.
    end: usize,
    /// Whether it is written as digits without scale or percent sign: then it may be part of a name.
    plain: bool,
}

struct Row<'a> {
    it: &'a Annotated,
    row: &'a [Piece],
    times: &'a [Time],
}

impl Row<'_> {
    fn text(&self, i: usize) -> &str {
        self.row.get(i).map_or("", |p| p.span.text(&self.it.article.text))
    }

    fn role(&self, i: usize) -> Role {
        self.row.get(i).map_or(Role::None, |p| p.role)
    }

    fn is(&self, i: usize, word: &str) -> bool {
        self.text(i).eq_ignore_ascii_case(word)
    }

    fn joined(&self, i: usize) -> bool {
        self.row.get(i).is_some_and(|p| p.joined)
    }

    fn in_time(&self, span: Span) -> bool {
        let from = self.times.partition_point(|t| t.span.end() <= span.start());
        self.times.get(from).is_some_and(|t| t.span.overlaps(span))
    }

    /// The number that begins at piece `i`, and one past its last piece.
    fn number(&self, i: usize) -> Option<(Number, usize)> {
        let (approximation, start) = self.hedge(i);
        let (currency, start) = self.currency(start);
        // "more than" and the like begin a number only where a quantity follows.
        let between = self.is(start, "between") || self.is(start, "from");
        let start = if between { start + 1 } else { start };
        let first = self.row.get(start)?;
        if !first.number || (start == i && self.part_of_word(start)) {
            return None;
        }
        let mut quantity = self.quantity(start)?;
        self.range(&mut quantity, between)?;
        // A run of hundreds of digits is no number of things.
        if !quantity.low.is_finite() || quantity.high.is_some_and(|h| !h.is_finite()) {
            return None;
        }
        let mut end = quantity.end;
        let mut unit = currency.map(str::to_owned);
        if self.is(end, "%") {
            end += 1;
            unit = Some("percent".into());
        } else if self.is(end, "percent")
            || self.is(end, "pct")
            || (self.is(end, "per") && self.is(end + 1, "cent"))
            || (self.is(end, "percentage") && self.text(end + 1).starts_with("point"))
        {
            end += if self.is(end, "per") || self.is(end, "percentage") { 2 } else { 1 };
            unit = Some("percent".into());
        } else if let Role::Currency(code) = self.role(end) {
            unit = Some(code.into());
            end += 1;
        }
        // A "from" that no range followed stays outside.
        let first = if between && quantity.high.is_none() { start } else { i };
        let span = self.row[first].span.cover(self.row[end - 1].span);
        if self.in_time(span) {
            return None;
        }
        if unit.is_none() {
            if self.age(start, end) {
                return None;
            }
            unit = self.counted(end);
            if unit.as_deref().is_some_and(|u| lexicon::SPANS_OF_TIME.contains(&u)) {
                return None;
            }
            let named = quantity.plain && start == i && self.named(start);
            if named || (unit.is_none() && self.uncounted(start, &quantity)) {
                return None;
            }
        }
        let number = Number { span, value: quantity.low, high: quantity.high, unit, approximation };
        Some((number, end))
    }

    /// The hedge at `i` and the piece after it.
    fn hedge(&self, i: usize) -> (Approximation, usize) {
        use Approximation::{About, AtLeast, AtMost, Exact};
        let than = |it| if self.is(i + 1, "than") { Some((it, i + 2)) } else { None };
        let found = match self.role(i) {
            Role::About => {
                let j = if self.is(i + 1, "to") && self.is(i, "close") { i + 2 } else { i + 1 };
                Some((About, j))
            }
            Role::Estimated => Some((About, i + 1)),
            Role::Article if self.role(i + 1) == Role::Estimated => Some((About, i + 2)),
            Role::More => than(AtLeast),
            Role::Less => than(AtMost),
            Role::Over => Some((AtLeast, i + 1)),
            Role::Under => Some((AtMost, i + 1)),
            Role::At if self.is(i + 1, "least") => Some((AtLeast, i + 2)),
            Role::At if self.is(i + 1, "most") => Some((AtMost, i + 2)),
            Role::Up if self.is(i + 1, "to") => Some((AtMost, i + 2)),
            Role::As
                if (self.is(i + 1, "many") || self.is(i + 1, "much") || self.is(i + 1, "few"))
                    && self.is(i + 2, "as") =>
            {
                Some((AtMost, i + 3))
            }
            Role::No if self.role(i + 1) == Role::Less && self.is(i + 2, "than") => Some((AtLeast, i + 3)),
            Role::No if self.role(i + 1) == Role::More && self.is(i + 2, "than") => Some((AtMost, i + 3)),
            _ => None,
        };
        found.unwrap_or((Exact, i))
    }

    /// The currency before the digits at `i`, and where the digits begin.
    fn currency(&self, i: usize) -> (Option<&'static str>, usize) {
        match self.role(i) {
            Role::Sign(code) if self.row.get(i + 1).is_some_and(|p| p.number && matches!(p.kind, Kind::Digits(_))) => {
                (Some(code), i + 1)
            }
            Role::SignPrefix(code) => {
                let j = if self.is(i + 1, "$") || self.is(i + 1, ".") { i + 2 } else { i + 1 };
                let known = j == i + 2 || self.is(i, "rs") || self.text(i).len() == 3;
                if known && self.row.get(j).is_some_and(|p| matches!(p.kind, Kind::Digits(_))) {
                    (Some(code), j)
                } else {
                    (None, i)
                }
            }
            _ => (None, i),
        }
    }

    /// Whether the digits at `i` hang on a word or another number before them: "Covid-19", "F-16", "3.2.1".
    fn part_of_word(&self, i: usize) -> bool {
        if i == 0 || !self.joined(i) {
            return false;
        }
        match self.text(i - 1) {
            "-" | "–" | "/" | "." | ":" | "#" | "@" | "_" | "," => true,
            "'" | "\"" | "’" | "‘" | "“" | "(" | "[" | "—" => false,
            _ => !matches!(self.role(i - 1), Role::Sign(_)),
        }
    }

    /// The quantity at `i`, with its scale: "1.2 million", "two dozen", "tens of thousands", "two-thirds".
    fn quantity(&self, i: usize) -> Option<Quantity> {
        let piece = self.row.get(i)?;
        let (mut low, mut end, mut plain) = match piece.kind {
            Kind::Digits(value) => {
                let mut end = i + 1;
                let mut value = value;
                // "2 1/2", "1/2".
                let fraction = |k: usize| -> Option<f64> {
                    let (Kind::Digits(a), Kind::Digits(b)) = (self.row.get(k)?.kind, self.row.get(k + 2)?.kind) else {
                        return None;
                    };
                    (self.is(k + 1, "/") && self.joined(k + 1) && self.joined(k + 2) && b > a && b <= 10.0 && a > 0.0)
                        .then(|| a / b)
                };
                if let Some(f) = fraction(i) {
                    value = f;
                    end = i + 3;
                } else if let Some(f) = fraction(i + 1) {
                    value += f;
                    end = i + 4;
                } else if self.is(end, "/") && self.joined(end) {
                    return None;
                }
                (value, end, true)
            }
            Kind::Mark => return None,
            Kind::Word => match piece.role {
                Role::Count(n) => {
                    let (n, end) = self.words(i, n);
                    if n == 1.0 && end == i + 1 && !self.one_counts(i) {
                        return None;
                    }
                    (n, end, false)
                }
                Role::Article => match self.role(i + 1) {
                    Role::Scale(s) if self.text(i + 1).len() > 2 && !self.is(i + 1, "thousandth") => (s, i + 2, false),
                    Role::Dozen => (12.0, i + 2, false),
                    Role::Half => match self.role(i + 2) {
                        Role::Scale(s) => (s / 2.0, i + 3, false),
                        Role::Dozen => (6.0, i + 3, false),
                        _ => return None,
                    },
                    Role::Part(d) if self.is(i + 2, "of") => (1.0 / d, i + 2, false),
                    Role::Few if matches!(self.role(i + 2), Role::Scale(_) | Role::Dozen) => {
                        return self.several(i + 1);
                    }
                    Role::Couple if self.is(i + 2, "of") || self.is(i + 2, "dozen") => {
                        (2.0, if self.is(i + 2, "of") { i + 3 } else { i + 2 }, false)
                    }
                    _ => return None,
                },
                Role::Few => return self.several(i),
                Role::Many(s) if self.is(i + 1, "of") => return Some(self.many(i, s)),
                Role::Half => {
                    let mut j = i + 1;
                    if self.role(j) == Role::Article {
                        j += 1;
                        match self.role(j) {
                            Role::Scale(s) => (s / 2.0, j + 1, false),
                            Role::Dozen => (6.0, j + 1, false),
                            _ => return None,
                        }
                    } else if self.is(j, "of") || self.is(j, "the") || self.is(j, "its") || self.is(j, "their") {
                        (0.5, j, false)
                    } else {
                        return None;
                    }
                }
                _ => return None,
            },
        };
        // "two-thirds", "three quarters".
        let j = if self.is(end, "-") && self.joined(end) && self.joined(end + 1) { end + 1 } else { end };
        if let (Role::Part(d), true) =
            (self.role(j), !matches!(piece.kind, Kind::Digits(_)) && (1.0..10.0).contains(&low))
        {
            return Some(Quantity { low: low / d, high: None, end: j + 1, plain: false });
        }
        if self.is(end, "and") && self.role(end + 1) == Role::Article && self.role(end + 2) == Role::Half {
            low += 0.5;
            end += 3;
        }
        loop {
            match self.role(end) {
                Role::Scale(s) if !self.short_scale(end) || self.joined(end) => {
                    // "1.5m" is millions only after money or a decimal; "5m" is metres as often.
                    low *= s;
                    end += 1;
                    plain = false;
                }
                Role::Dozen => {
                    low *= 12.0;
                    end += 1;
                    plain = false;
                }
                _ => break,
            }
        }
        let letters_behind =
            self.joined(end) && self.row.get(end).is_some_and(|p| matches!(p.kind, Kind::Word | Kind::Digits(_)));
        if letters_behind && plain {
            return None;
        }
        Some(Quantity { low, high: None, end, plain })
    }

    fn short_scale(&self, i: usize) -> bool {
        self.text(i).len() <= 2
    }

    /// "one" counts people only before a word for one: "one soldier", not "one of".
    fn one_counts(&self, i: usize) -> bool {
        lexicon::SINGULAR.contains(&self.text(i + 1).to_ascii_lowercase().as_str())
    }

    /// A number in words from `i`, whose first word is worth `n`.
    fn words(&self, i: usize, n: f64) -> (f64, usize) {
        let (mut total, mut group, mut end) = (0.0, n, i + 1);
        loop {
            let j = if self.is(end, "-") && self.joined(end) && self.joined(end + 1) { end + 1 } else { end };
            let k = if self.is(j, "and") && total + group >= 100.0 && matches!(self.role(j + 1), Role::Count(_)) {
                j + 1
            } else {
                j
            };
            match self.role(k) {
                Role::Count(m) if m < 10.0 && group >= 20.0 && group % 10.0 == 0.0 => group += m,
                Role::Count(m) if m < 100.0 && group >= 100.0 && group % 100.0 == 0.0 => group += m,
                Role::Count(m) if k > j || (total > 0.0 && group == 0.0 && k == end) => group += m,
                Role::Scale(100.0) if group < 100.0 && !self.short_scale(k) => group *= 100.0,
                Role::Scale(s) if s >= 1000.0 && !self.short_scale(k) && matches!(self.role(k + 1), Role::Count(_)) => {
                    total += group * s;
                    group = 0.0;
                }
                _ => return (total + group, end),
            }
            end = k + 1;
        }
    }

    /// "several hundred", "a few dozen": at least twice, at most nine times.
    fn several(&self, i: usize) -> Option<Quantity> {
        let s = match self.role(i + 1) {
            Role::Scale(s) if !self.short_scale(i + 1) => s,
            Role::Dozen => 12.0,
            _ => return None,
        };
        Some(Quantity { low: 2.0 * s, high: Some(9.0 * s), end: i + 2, plain: false })
    }

    /// "hundreds of", "tens of thousands of".
    fn many(&self, i: usize, scale: f64) -> Quantity {
        let (mut low, mut end) = (scale * 2.0, i + 1);
        let mut top = scale * 10.0;
        while let (true, Role::Many(s)) = (self.is(end, "of"), self.role(end + 1)) {
            low *= s;
            top *= s;
            end += 2;
        }
        if scale == 10.0 {
            top = low / 2.0 * 10.0;
        }
        Quantity { low, high: Some(top), end, plain: false }
    }

    /// Joins "10 to 12", "10-12 people", "between 10 and 12". `None` for a score such as "3-1".
    fn range(&self, it: &mut Quantity, between: bool) -> Option<()> {
        let dash = (self.is(it.end, "-") || self.is(it.end, "–")) && self.joined(it.end) && self.joined(it.end + 1);
        let to = self.is(it.end, "to") || (between && self.is(it.end, "and"));
        if !dash && !to {
            return Some(());
        }
        let mut next = it.end + 1;
        if matches!(self.role(next), Role::Sign(_)) {
            next += 1;
        }
        let digits = self.row.get(next).is_some_and(|p| p.number && p.role != Role::Article);
        let other = if digits { self.quantity(next) } else { None };
        let Some(other) = other else { return Some(()) };
        // "$3-4 million": the scale is said once.
        let scale = if it.plain && !other.plain && it.low < 1000.0 { scale_of(other.low) } else { 1.0 };
        let low =
            if other.low > it.low { if it.low * scale < other.low { it.low * scale } else { it.low } } else { it.low };
        let measured = !other.plain
            || matches!(self.role(other.end), Role::Currency(_))
            || self.is(other.end, "%")
            || self.is(other.end, "percent")
            || self.counted(other.end).is_some();
        if other.low > it.low && (between || measured) {
            it.low = low;
            it.high = Some(other.low);
            it.end = other.end;
            it.plain = other.plain;
            return Some(());
        }
        if dash { None } else { Some(()) }
    }

    /// Whether the number is somebody's age: "42-year-old", "aged 42", ", 42,".
    fn age(&self, start: usize, end: usize) -> bool {
        let k = if self.is(end, "-") { end + 1 } else { end };
        if self.is(k, "year") || self.is(k, "years") || self.is(k, "month") || self.is(k, "months") {
            let after = if self.is(k + 1, "-") { k + 2 } else { k + 1 };
            if self.is(after, "old") || self.is(after, "olds") {
                return true;
            }
        }
        if start > 0
            && (self.is(start - 1, "aged")
                || self.is(start - 1, "age")
                || (start > 1 && self.is(start - 1, "of") && self.is(start - 2, "age")))
        {
            return true;
        }
        let name_before = start > 1 && self.is(start - 1, ",") && self.row[start - 2].capital;
        name_before && matches!(self.text(end), "," | "." | "") && end == start + 1
    }

    /// Whether the plain digits at `i` belong to the capitalised name before them: "Article 5".
    fn named(&self, i: usize) -> bool {
        if i == 0 {
            return false;
        }
        let before = &self.row[i - 1];
        if matches!(before.role, Role::Label) {
            return true;
        }
        if self.is(i - 1, ".") && i > 1 && matches!(self.role(i - 2), Role::Label) {
            return true;
        }
        before.capital
            && i > 1
            && matches!(before.kind, Kind::Word)
            && !self.in_time(before.span)
            && self.counted(i + 1).is_none()
    }

    /// Whether digits that count nothing we know are no number of things: a bare "5" in brackets, a telephone number.
    fn uncounted(&self, i: usize, it: &Quantity) -> bool {
        if !it.plain {
            return false;
        }
        let bracketed = i > 0 && self.is(i - 1, "(") && self.is(it.end, ")");
        let tied = matches!(self.text(it.end), "-" | "." | ":" | "/") && self.joined(it.end) && self.joined(it.end + 1);
        bracketed || tied
    }

    /// What is counted: the head of the noun group behind the number, in lower case.
    fn counted(&self, end: usize) -> Option<String> {
        let mut j = end;
        if self.is(j, "of") {
            j += 1;
            if self.is(j, "the") || self.is(j, "its") || self.is(j, "their") {
                j += 1;
            }
        } else if self.is(j, "more") || self.is(j, "other") || self.is(j, "additional") {
            j += 1;
        }
        let mut head = None;
        for k in j..j + 6 {
            let Some(p) = self.row.get(k) else { break };
            if !matches!(p.kind, Kind::Word) {
                // "state-backed" goes on; any other mark ends the group.
                // So does "U.S. troops".
                let hyphen = self.text(k) == "-" && self.joined(k) && self.joined(k + 1);
                let initials =
                    self.text(k) == "." && self.joined(k) && self.row[k - 1].capital && self.text(k - 1).len() == 1;
                if hyphen || initials {
                    continue;
                }
                break;
            }
            let word = p.span.text(&self.it.article.text);
            let lower = word.to_lowercase();
            if lexicon::ENDS_GROUP.contains(&lower.as_str()) {
                break;
            }
            let tag = self.tag(p.span);
            let noun = match tag {
                Some(Tag::NNS | Tag::NNPS) => true,
                Some(
                    Tag::VBD
                    | Tag::VBZ
                    | Tag::VBP
                    | Tag::MD
                    | Tag::IN
                    | Tag::DT
                    | Tag::CC
                    | Tag::TO
                    | Tag::PRP
                    | Tag::WDT
                    | Tag::WP,
                ) => {
                    if lexicon::CASUALTIES.contains(&lower.as_str()) && k == j {
                        head = Some(lower);
                    }
                    break;
                }
                Some(_) => lexicon::PLURALS.contains(&lower.as_str()),
                None => plural(&lower),
            };
            if noun || (lexicon::CASUALTIES.contains(&lower.as_str()) && k == j) {
                head = Some(lower);
            } else if head.is_some() {
                break;
            }
        }
        head
    }

    /// The part of speech of the token at `span`, if the article is tagged.
    fn tag(&self, span: Span) -> Option<Tag> {
        let tokens = &self.it.tokens;
        let at = tokens.partition_point(|t| t.span.end() <= span.start());
        tokens.get(at).filter(|t| t.span == span && t.tag != Tag::Other).map(|t| t.tag)
    }
}

/// The power of ten a scaled value was written with: 1e6 for 4,000,000.
fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e7, 1e6, 1e5, 1e3].into_iter().find(|s| value >= *s).unwrap_or(1.0)
}

/// Whether a word looks like a plural noun.
fn plural(lower: &str) -> bool {
    lexicon::PLURALS.contains(&lower)
        || (lower.len() > 3
            && lower.ends_with('s')
            && !lower.ends_with("ss")
            && !lower.ends_with("us")
            && !lower.ends_with("is"))
}

#[cfg(test)]
mod tests;
