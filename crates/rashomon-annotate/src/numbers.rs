//! How many and how much: numbers as news writes them, with value, unit and how exact they claim to be.
//!
//! Digits with Western or Indian grouping ("1,234,567", "12,34,567"), decimals, scales ("m", "bn", "lakh", "crore"),
//! numbers in words, fractions, vague counts ("dozens", "tens of thousands"), ranges, currencies, percentages, and the
//! hedges before them. Left out, because they count nothing: what lies inside a time expression, ages, ordinals, scores
//! ("3-1"), numbers that are part of a name ("Boeing 737", "Article 5", "G20", "the 42 bus") and telephone numbers.
//! Shares are one number ("one in five" is 0.2), so are lengths of two units ("5ft 10in" is 70 inches); nobody is 0 where
//! it is said to whom nothing happened.

mod currencies;
mod lexicon;
mod scan;
mod written;

use crate::{Annotated, Approximation, Number, Tag, Time};
use lexicon::{Role, role};
use rashomon_language::{Fact, Language};
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

/// Pieces on either side in which the groups of one telephone number are looked for.
const DIALLED: usize = 32;

/// Words by which somebody is asked to telephone, and how many pieces behind them the number may stand.
const DIAL: [&str; 8] = ["call", "dial", "ring", "phone", "text", "dialled", "dialed", "tel"];
const FREE_LINE: usize = 8;

/// Points of a score are fewer.
const MOST_SCORED: f64 = 200.0;

/// Words behind "no" for those besides the ones told of: "no other houses burned".
const OTHERS: [&str; 3] = ["other", "others", "additional"];

/// Pieces before "a third" in which another share is looked for.
const SHARES: usize = 400;

/// Denominators of shares said with "in": "nine in ten".
const ROUND: [f64; 7] = [3.0, 4.0, 5.0, 10.0, 20.0, 100.0, 1000.0];

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
        if let Some(it) = self.nobody(i) {
            return Some(it);
        }
        let (approximation, hedged) = self.hedge(i);
        let changed = self.changed(if self.is(hedged, "from") { hedged + 1 } else { hedged });
        let between = self.is(hedged, "between") || self.is(hedged, "from") && !changed;
        let leading = if between { hedged + 1 } else { hedged };
        let (sign, signed) = self.sign(leading);
        let (currency, start) = self.currency(signed);
        // "more than" and the like begin a number only where a quantity follows.
        let first = self.row.get(start)?;
        if !first.number || (start == i && self.part_of_word(start)) {
            return None;
        }
        let label = || self.grouped(start).is_none() && self.label(start) || self.lettered(start);
        if matches!(first.kind, Kind::Digits(_)) && currency.is_none() && label() {
            return None;
        }
        let share = self.share(start);
        let mut quantity = match share {
            Some(it) => it,
            None => self.quantity(start)?,
        };
        if let Some((value, end, unit)) = self.compound(&quantity) {
            let number = Number {
                span: self.row[i].span.cover(self.row[end - 1].span),
                value,
                high: None,
                unit: Some(unit.into()),
                approximation,
            };
            return Some((number, end));
        }
        if sign < 0.0 {
            quantity.low = -quantity.low;
        }
        if !changed {
            self.range(&mut quantity, between)?;
        }
        // A run of hundreds of digits is no number of things.
        if !quantity.low.is_finite() || quantity.high.is_some_and(|h| !h.is_finite()) {
            return None;
        }
        let mut end = quantity.end;
        if !matches!(first.kind, Kind::Digits(_)) && self.no_amount(end) {
            return None;
        }
        let mut unit = currency.map(str::to_owned);
        if let Some((named, behind)) = self.unit_behind(end) {
            // "negative 3" counts nothing, "negative 3 percent" does.
            unit = Some(named.into());
            end = behind;
        } else if self.is(leading, "negative") && currency.is_none() {
            return None;
        } else if currency.is_none()
            && let Some((tied, behind)) = self.tied_unit(end)
        {
            unit = Some(tied.into());
            end = behind;
        } else if let Some(behind) = self.strength(end) {
            end = behind;
            quantity.plain = false;
        }
        // "3 degrees below freezing" is no temperature of 3.
        if self.is(end, "below") && self.is(end + 1, "freezing") {
            return None;
        }
        let zero = self.is(end, "below") && (self.is(end + 1, "zero") || self.text(end + 1) == "0");
        let bare = unit.is_none() && quantity.plain && self.is(end, "below") && self.below_alone(end + 1);
        if (zero || bare) && currency.is_none() && quantity.low > 0.0 {
            (quantity.low, quantity.high) = match quantity.high {
                Some(high) => (-high, Some(-quantity.low)),
                None => (-quantity.low, None),
            };
            unit.get_or_insert_with(|| "degrees".to_owned());
            end += if zero { 2 } else { 1 };
        }
        // A "from" that no range followed stays outside.
        let first = if between && quantity.high.is_none() { leading } else { i };
        let first = if sign > 0.0 && signed > leading && first == leading { signed } else { first };
        let span = self.row[first].span.cover(self.row[end - 1].span);
        if self.in_time(span) {
            return None;
        }
        if unit.is_none() {
            if self.age(start, end) {
                return None;
            }
            let of = if share.is_some() { self.shared_by(end) } else { None };
            unit = of.or_else(|| self.counted(end)).or_else(|| {
                let other = self.quantity(end + 1).filter(|_| changed && self.is(end, "to"))?;
                self.unit_behind(other.end).map(|u| u.0.to_owned()).or_else(|| self.counted(other.end))
            });
            if unit.as_deref().is_some_and(|u| lexicon::SPANS_OF_TIME.contains(u)) {
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

    /// Whether nothing follows at `i` that "20 below" could lie below.
    fn below_alone(&self, i: usize) -> bool {
        let verb = self
            .row
            .get(i)
            .and_then(|p| self.tag(p.span))
            .is_some_and(|t| matches!(t, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD));
        verb || self.row.get(i).is_none_or(|p| p.kind == Kind::Mark && !self.joined(i + 1))
    }

    /// Whether the number at `i` is what something rose or fell from: "rose from 14 to 22" tells two numbers, no range.
    fn changed(&self, i: usize) -> bool {
        let verb = |k: usize| {
            let word = self.text(k).to_ascii_lowercase();
            lexicon::CHANGES.iter().any(|begins| word.starts_with(begins))
        };
        i > 1 && self.is(i - 1, "from") && (verb(i - 2) || i > 2 && verb(i - 3))
    }

    /// The hedge at `i` and the piece after it.
    fn hedge(&self, i: usize) -> (Approximation, usize) {
        use Approximation::{About, AtLeast, AtMost, Exact};
        let than = |it| if self.is(i + 1, "than") { Some((it, i + 2)) } else { None };
        let found = match self.role(i) {
            // "plans to close 11 offices".
            Role::About if self.is(i, "close") && !self.is(i + 1, "to") => None,
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

    /// "nobody was hurt", "no one has died", "no injuries": none of those counted.
    fn nobody(&self, i: usize) -> Option<(Number, usize)> {
        let end = match self.role(i) {
            Role::Nobody => i + 1,
            Role::No if self.is(i + 1, "one") => i + 2,
            Role::No if self.is(i + 1, "-") && self.is(i + 2, "one") => i + 3,
            Role::No if OTHERS.iter().any(|w| self.is(i + 1, w)) => return None,
            Role::No => {
                let k = if self.is(i + 1, "further") || self.is(i + 1, "immediate") { i + 2 } else { i + 1 };
                let k = if self.is(k, "reports") && self.is(k + 1, "of") { k + 2 } else { k };
                if let Some(it) = self.no_such(i) {
                    return Some(it);
                }
                let noun = self.text(k).to_ascii_lowercase();
                return lexicon::TOLLS.contains(noun.as_str()).then(|| (self.none(i, k + 1, &noun), k + 1));
            }
            _ => return None,
        };
        // "No one else was hurt": somebody was.
        if self.is(end, "else") || self.is(end, "other") {
            return None;
        }
        let of = self.is(i, "none") && self.is(end, "of");
        if self.is(i, "none") && !of {
            return None;
        }
        let reach = if of { 9 } else { 5 };
        for k in end..end + reach {
            let word = self.text(k).to_ascii_lowercase();
            if let Some(unit) = lexicon::outcome(&word) {
                return Some((self.none(i, end, unit), end));
            }
            if word == "on" && self.is(k + 1, "board") || word == "aboard" {
                return Some((self.none(i, end, "people"), end));
            }
            if !self.row.get(k).is_some_and(|p| matches!(p.kind, Kind::Word | Kind::Digits(_))) {
                break;
            }
        }
        // "None of the boats sank."
        let named = (end..end + 4).any(|k| self.row.get(k).is_some_and(|p| p.capital));
        let noun = if of && !named { self.counted(end) } else { None };
        noun.map(|noun| (self.none(i, end, &noun), end))
    }

    /// "No homes were lost": none of those that a plural names, right before its verb in the passive.
    fn no_such(&self, i: usize) -> Option<(Number, usize)> {
        let tag = |k: usize| self.row.get(k).and_then(|p| self.tag(p.span));
        let k = if matches!(tag(i + 1), Some(Tag::JJ | Tag::NN)) { i + 2 } else { i + 1 };
        let passive = (self.is(k + 1, "were") || self.is(k + 1, "was"))
            && matches!(tag(k + 2), Some(Tag::VBN | Tag::VBD))
            || self.is(k + 1, "have") && self.is(k + 2, "been") && matches!(tag(k + 3), Some(Tag::VBN | Tag::VBD));
        let noun = self.text(k).to_lowercase();
        (passive && matches!(tag(k), Some(Tag::NNS))).then(|| (self.none(i, k + 1, &noun), k + 1))
    }

    /// The number 0 from piece `i` to before `end`.
    fn none(&self, i: usize, end: usize, unit: &str) -> Number {
        let span = self.row[i].span.cover(self.row[end - 1].span);
        Number { span, value: 0.0, high: None, unit: Some(unit.to_owned()), approximation: Approximation::Exact }
    }

    /// The sign of the number at `i` and where the number begins: "minus 5", "-0.3%", "+2".
    fn sign(&self, i: usize) -> (f64, usize) {
        let digits = |k: usize| self.row.get(k).is_some_and(|p| matches!(p.kind, Kind::Digits(_)));
        let amount = |k: usize| digits(k) || (matches!(self.role(k), Role::Sign(_)) && digits(k + 1));
        let counted_before = i > 0 && (digits(i - 1) || matches!(self.role(i - 1), Role::Count(_)));
        let free = (i == 0 || !self.joined(i) || matches!(self.text(i - 1), "(" | "“" | "\"")) && !counted_before;
        match self.text(i) {
            "-" | "−" if free && self.joined(i + 1) && amount(i + 1) => (-1.0, i + 1),
            // A dash before a number is mostly a dash.
            "–" if free && self.joined(i + 1) && digits(i + 1) && self.unit_behind(i + 2).is_some() => (-1.0, i + 1),
            "+" if free && self.joined(i + 1) && amount(i + 1) => (1.0, i + 1),
            // "plus or minus 3 points": as far either way.
            _ if self.role(i) == Role::Minus && i > 1 && self.is(i - 1, "or") && self.is(i - 2, "plus") => (1.0, i),
            _ if self.role(i) == Role::Minus && !counted_before => {
                let number = amount(i + 1) || matches!(self.role(i + 1), Role::Count(_));
                if number { (-1.0, i + 1) } else { (1.0, i) }
            }
            _ => (1.0, i),
        }
    }

    /// The unit that stands behind a number at `i`, and where it ends: "%", "percentage points", "euros", "C".
    fn unit_behind(&self, i: usize) -> Option<(&'static str, usize)> {
        let point = |k: usize| self.is(k, "point") || self.is(k, "points");
        let hyphen = if self.is(i, "-") && self.joined(i) { i + 1 } else { i };
        if self.is(hyphen, "percentage") {
            let k = if self.is(hyphen + 1, "-") { hyphen + 2 } else { hyphen + 1 };
            if point(k) {
                return Some(("percentage points", k + 1));
            }
        }
        if self.is(hyphen, "point") && self.part_before(i) && self.of_rates() {
            return Some(("percentage points", hyphen + 1));
        }
        if self.is(hyphen, "basis") && point(hyphen + 1) {
            return Some(("basis points", hyphen + 2));
        }
        if self.is(i, "%") {
            return if self.is(i + 1, "points") {
                Some(("percentage points", i + 2))
            } else {
                Some(("percent", i + 1))
            };
        }
        if self.is(i, "percent") || self.is(i, "pct") {
            return Some(("percent", i + 1));
        }
        if self.is(i, "per") && self.is(i + 1, "cent") {
            return Some(("percent", i + 2));
        }
        if let Some(it) = self.degrees(i) {
            return Some(it);
        }
        if let Some(it) = self.money(i) {
            return Some(it);
        }
        if hyphen > i
            && let Some(it) = self.money(hyphen)
        {
            return Some(it);
        }
        if let Some(it) = self.speed(i).or_else(|| self.area(i)) {
            return Some(it);
        }
        // "He is 5' tall".
        if matches!(self.text(i), "'" | "’" | "′") && self.joined(i) && lexicon::DIMENSIONS.contains(&self.text(i + 1))
        {
            return Some(("feet", i + 1));
        }
        if self.metres(i) {
            return Some(("metres", i + 1));
        }
        let glued = self.joined(i) && !self.joined(i + 1) || self.joined(i) && self.mark(i + 1);
        // "a 1080p film".
        let pixels = i > 0 && self.text(i) == "p" && ["480", "720", "1080"].contains(&self.text(i - 1));
        let glued = glued && !pixels;
        if glued {
            return lexicon::GLUED.iter().find(|(word, _)| *word == self.text(i)).map(|(_, unit)| (*unit, i + 1));
        }
        None
    }

    /// Whether the "m" at `i`, behind digits, is for metres: "30m high", "the 100m final", "120m from the site". "£30m high"
    /// and "30m" alone are millions.
    fn metres(&self, i: usize) -> bool {
        let digits = i > 0 && matches!(self.row[i - 1].kind, Kind::Digits(_));
        let money = || i > 1 && matches!(self.role(i - 2), Role::Sign(_) | Role::SignPrefix(_));
        let k = if self.is(i + 1, "-") { i + 2 } else { i + 1 };
        // "won the 800m in 1:58", "1m 63cm".
        let race = i > 1 && self.is(i - 2, "the") && lexicon::RACES.contains(&self.text(i - 1));
        // "30m (98ft)", "within 100m of", "swam 400m".
        let feet = self.is(i + 1, "(") && (self.is(i + 3, "ft") || self.is(i + 3, "feet") || self.is(i + 3, "in"));
        let placed = i > 3 && self.is(i - 2, "at") && self.is(i - 3, ",") && self.is(i + 1, ",");
        let within = i > 1
            && (placed
                || self.is(i - 2, "within") && self.is(i + 1, "of")
                || lexicon::MOVES.contains(self.text(i - 2)));
        let second = self.is(i + 2, "cm") && matches!(self.row.get(i + 1).map(|p| p.kind), Some(Kind::Digits(_)));
        digits
            && self.text(i) == "m"
            && !money()
            && (race
                || feet
                || within
                || second
                || lexicon::LENGTHS.contains(self.text(k).to_ascii_lowercase().as_str()))
    }

    /// "sq km", "square metres", "m²" at `i`, behind digits: the unit, and where it ends.
    fn area(&self, i: usize) -> Option<(&'static str, usize)> {
        let named = |k: usize| {
            let word = self.text(k).to_ascii_lowercase();
            lexicon::AREAS.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, unit)| *unit)
        };
        if self.is(i + 1, "²") && self.joined(i + 1) {
            return Some((named(i)?, i + 2));
        }
        if !(self.is(i, "sq") || self.is(i, "square")) {
            return None;
        }
        let k = if self.is(i + 1, ".") { i + 2 } else { i + 1 };
        let end = if self.is(k + 1, ".") && k > i + 1 { k + 2 } else { k + 1 };
        Some((named(k)?, end))
    }

    /// "-foot wall", "-seat bus" at `i`: what the number before the hyphen counts, and where it ends.
    fn tied_unit(&self, i: usize) -> Option<(&'static str, usize)> {
        if !self.is(i, "-") || !self.joined(i) || !self.joined(i + 1) {
            return None;
        }
        lexicon::tied(&self.text(i + 1).to_ascii_lowercase()).map(|unit| (unit, i + 2))
    }

    fn mark(&self, i: usize) -> bool {
        self.row.get(i).is_none_or(|p| matches!(p.kind, Kind::Mark))
    }

    /// "°C", "degrees Fahrenheit", "degrees".
    fn degrees(&self, i: usize) -> Option<(&'static str, usize)> {
        // "minus 30 Celsius".
        match self.text(i) {
            "Celsius" => return Some(("degrees Celsius", i + 1)),
            "Fahrenheit" => return Some(("degrees Fahrenheit", i + 1)),
            _ => {}
        }
        // "12°", "12 °C".
        let scaled = self.joined(i + 1) && matches!(self.text(i + 1), "C" | "F");
        let sign = matches!(self.text(i), "°" | "º") && (self.joined(i) || scaled);
        if !(sign || self.is(i, "degrees") || self.is(i, "degree") || self.is(i, "deg")) {
            return None;
        }
        Some(match self.text(i + 1) {
            "C" | "Celsius" | "celsius" | "centigrade" | "Centigrade" => ("degrees Celsius", i + 2),
            "F" | "Fahrenheit" | "fahrenheit" => ("degrees Fahrenheit", i + 2),
            _ => ("degrees", i + 1),
        })
    }

    /// "euros", "Mexican pesos", "Swiss francs".
    fn money(&self, i: usize) -> Option<(&'static str, usize)> {
        let code = |k: usize| match self.role(k) {
            Role::Currency(code) => Some(code),
            _ if self.is(k, "pounds") || self.is(k, "pound") => Some("pounds"),
            _ if self.is(k, "won") => Some("won"),
            _ => None,
        };
        for k in i + 1..i + 3 {
            let whose = self.text(k - 1).to_ascii_lowercase();
            let Some(it) = code(k) else { continue };
            let plural = if it == "USD" { "dollars" } else { it };
            if let Some(code) = currencies::of_country(&whose, plural) {
                return Some((code, k + 1));
            }
        }
        if self.is(i, "pounds") && self.is(i + 1, "sterling") {
            return Some(("GBP", i + 2));
        }
        // "300 USD".
        let abbreviation = self.text(i).len() == 3 && self.text(i).bytes().all(|b| b.is_ascii_uppercase());
        match self.role(i) {
            Role::Currency(code) => Some((code, i + 1)),
            Role::SignPrefix(code) if abbreviation => Some((code, i + 1)),
            _ => None,
        }
    }

    /// "one in five", "two out of five", "9 of every 10" at `i`: a share.
    fn share(&self, i: usize) -> Option<Quantity> {
        let whole = |n: f64| n >= 1.0 && n.fract() == 0.0;
        let (part, end) = match (self.row.get(i)?.kind, self.role(i)) {
            (Kind::Digits(n), _) => (n, i + 1),
            (_, Role::Count(n)) => self.words(n, i + 1),
            _ => return None,
        };
        // "one-in-four".
        let tie = |k: usize| if self.is(k, "-") && self.joined(k) && self.joined(k + 1) { k + 1 } else { k };
        let end = if self.is(tie(end), "in") { tie(end) } else { end };
        let k = match self.text(end) {
            "in" => tie(end + 1),
            "out" if self.is(end + 1, "of") => end + 2,
            "of" | "from" if self.is(end + 1, "every") => end + 1,
            _ => return None,
        };
        let every = self.is(k, "every") || self.is(k, "each");
        let k = if every { k + 1 } else { k };
        let all = self.quantity(k)?;
        if !whole(part) || !whole(all.low) || part >= all.low || all.high.is_some() {
            return None;
        }
        // "killed two in 20 attacks" counts attacks.
        let round = ROUND.contains(&all.low);
        if self.is(end, "in") && !every && !(part == 1.0 || (part < 10.0 && round)) {
            return None;
        }
        let time = |k: usize| lexicon::SPANS_OF_TIME.contains(self.text(k).to_ascii_lowercase().as_str());
        let span = self.row[i].span.cover(self.row[all.end - 1].span);
        if self.in_time(span) || (!every && time(all.end)) || self.tied(all.end) {
            return None;
        }
        Some(Quantity { low: part / all.low, high: None, end: all.end, plain: false })
    }

    /// What a share is of: the first plural behind it, for the word behind that may be a verb that looks like one: "one in
    /// three teenagers skips".
    fn shared_by(&self, end: usize) -> Option<String> {
        let plural = |k: &usize| {
            let word = self.text(*k).to_ascii_lowercase();
            let tag = self.row.get(*k).and_then(|p| self.tag(p.span));
            matches!(tag, Some(Tag::NNS | Tag::NNPS)) || lexicon::PLURALS.contains(word.as_str())
        };
        let word = |k: &usize| {
            let lower = self.text(*k).to_ascii_lowercase();
            self.row.get(*k).is_some_and(|p| p.kind == Kind::Word) && !lexicon::ENDS_GROUP.contains(lower.as_str())
        };
        (end..end + 5).take_while(word).find(plural).map(|k| self.text(k).to_lowercase())
    }

    fn tied(&self, i: usize) -> bool {
        matches!(self.text(i), "-" | "." | ":" | "/") && self.joined(i) && self.joined(i + 1)
    }

    /// "5ft 10in", "6'2\"", "5-foot-10", "8 pounds 3 ounces": the sum in the lesser unit, and where it ends.
    fn compound(&self, it: &Quantity) -> Option<(f64, usize, &'static str)> {
        let hyphen = |k: usize| if self.is(k, "-") && self.joined(k) && self.joined(k + 1) { k + 1 } else { k };
        if it.high.is_some() || it.low.fract() != 0.0 {
            return None;
        }
        let at = hyphen(it.end);
        let word = self.text(at).to_ascii_lowercase();
        for (greater, lesser, many, unit) in lexicon::COMPOUNDS {
            if !greater.contains(&word.as_str()) {
                continue;
            }
            let prime = self.mark(at);
            if prime && !(self.joined(at) && self.joined(at + 1)) {
                continue;
            }
            let tied = hyphen(at + 1) > at + 1;
            let joint = self.is(at + 1, "and") || self.is(at + 1, ",");
            let k = if joint { at + 2 } else { hyphen(at + 1) };
            let Kind::Digits(n) = self.row.get(k)?.kind else {
                let Role::Count(n) = self.role(k) else { continue };
                // "six foot two".
                let alone = *unit == "inches" && self.mark(k + 1) && !self.tied(k + 1) && word == "foot";
                if n < *many && alone {
                    return Some((it.low * many + n, k + 1, unit));
                }
                if n >= *many || !lesser.contains(&self.text(hyphen(k + 1))) {
                    continue;
                }
                return Some((it.low * many + n, hyphen(k + 1) + 1, unit));
            };
            if n >= *many || (prime && it.low > 9.0) {
                continue;
            }
            let named = hyphen(k + 1);
            if lesser.contains(&self.text(named).to_ascii_lowercase().as_str())
                && (!self.mark(named) || self.joined(named))
            {
                return Some((it.low * many + n, named + 1, unit));
            }
            // "5-foot-10", "5ft 10", "6'2", "5 foot 4".
            let alone = self.mark(k + 1) && !self.tied(k + 1);
            let short = word == "ft" || word == "foot" && alone;
            if *unit == "inches" && !joint && (tied || prime || short) && (!self.joined(k + 1) || alone) {
                return Some((it.low * many + n, k + 1, unit));
            }
        }
        None
    }

    /// Whether the digits at `i` are dialled, name a line or a race, or only say per how many: "0800 123 456", "dial 999", "the
    /// 42 bus", "ran the 5K", "40 per 100,000 people".
    fn label(&self, i: usize) -> bool {
        let text = self.text(i);
        if i > 1 && self.is(i - 1, "per") && matches!(self.row[i].kind, Kind::Digits(n) if n >= 100.0) {
            return true;
        }
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        if text.len() > 1 && text.starts_with('0') || self.score(i) {
            return true;
        }
        let next = self.text(i + 1).to_ascii_lowercase();
        if i > 0 && lexicon::LINES.contains(next.as_str()) && matches!(self.text(i - 1), "the" | "The" | "a" | "A") {
            return true;
        }
        let article = i > 0 && (self.role(i - 1) == Role::Article || self.is(i - 1, "the"));
        if article && self.joined(i + 1) && next == "k" && self.counted(i + 2).is_none() {
            return true;
        }
        // "a 911 call", "rang 999".
        if lexicon::EMERGENCY.contains(text)
            && (lexicon::CALLS.contains(next.as_str()) || i > 0 && lexicon::CALLS.contains(self.text(i - 1)))
        {
            return true;
        }
        if i > 0 && DIAL.iter().any(|w| self.is(i - 1, w)) && self.counted(i + 1).is_none() {
            return true;
        }
        self.telephone(i)
    }

    /// Whether a capital letter right behind the digits at `i` goes with a label before them: "flat 5B".
    fn lettered(&self, i: usize) -> bool {
        let dot = i > 1 && self.is(i - 1, ".");
        let labelled = i > 0 && (self.role(if dot { i - 2 } else { i - 1 }) == Role::Label || self.is(i - 1, "seat"));
        self.joined(i + 1) && self.single(i + 1) && (labelled || self.in_street(i + 1))
    }

    /// Whether a capitalised name of a street stands right behind piece `i`: "221B Hill Street".
    fn in_street(&self, i: usize) -> bool {
        let last = (i + 1..i + 5).take_while(|k| self.row.get(*k).is_some_and(|p| p.capital)).last();
        last.is_some_and(|k| k > i + 1 && lexicon::STREETS.contains(self.text(k).to_lowercase().as_str()))
    }

    /// Whether the digits at `i` are one half of a score written with spaces: "Harrow 2 - 0 Melby".
    fn score(&self, i: usize) -> bool {
        let points = |k: usize| self.text(k).parse::<f64>().is_ok_and(|it| it < MOST_SCORED);
        let of = |from: usize| {
            let dash = matches!(self.text(from + 1), "-" | "–") && !self.joined(from + 1) && !self.joined(from + 2);
            let named = |k: usize| self.row.get(k).is_some_and(|it| it.capital);
            dash && points(from) && points(from + 2) && from > 0 && named(from - 1) && named(from + 3)
        };
        of(i) || i > 1 && of(i - 2)
    }

    /// Whether the digits at `i` are one of the groups of a telephone number: "0800 123 456", "+44 20 7946 0018".
    fn telephone(&self, i: usize) -> bool {
        let group = |k: usize| {
            let text = self.text(k);
            (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        let between = |k: usize| matches!(self.text(k), "-" | "(" | ")" | "/");
        let mut from = i;
        let (furthest, longest) = (i.saturating_sub(DIALLED), i + DIALLED);
        while from > furthest && (group(from - 1) || (between(from - 1) && from > 1 && group(from - 2))) {
            from -= 1;
        }
        let (mut groups, mut digits, mut end) = (0, 0, from);
        while end < longest && (group(end) || (between(end) && (group(end + 1) || between(end + 1)))) {
            if group(end) {
                groups += 1;
                digits += self.text(end).len();
            }
            end += 1;
        }
        let plus = from > 0 && self.is(from - 1, "+");
        let zero = self.text(from).starts_with('0') && self.text(from).len() > 1;
        // "Call the line free on 116 123": two groups are one where somebody dials.
        let dialled = |k: usize| DIAL.iter().any(|w| self.is(k, w));
        let called = groups == 2 && digits == 6 && (from.saturating_sub(FREE_LINE)..from).any(dialled);
        called || groups > 1 && (plus || zero) || groups > 2 && digits > 6 || plus && digits > 8
    }

    /// The currency before the digits at `i`, and where the digits begin.
    fn currency(&self, i: usize) -> (Option<&'static str>, usize) {
        match self.role(i) {
            // "A$30"; else "a" is the article.
            Role::Article if self.text(i) == "A" && self.is(i + 1, "$") && self.joined(i + 1) => {
                let digits =
                    self.joined(i + 2) && self.row.get(i + 2).is_some_and(|p| matches!(p.kind, Kind::Digits(_)));
                if digits { (Some("AUD"), i + 2) } else { (None, i) }
            }
            Role::Sign(code) if self.row.get(i + 1).is_some_and(|p| p.number && matches!(p.kind, Kind::Digits(_))) => {
                (Some(code), i + 1)
            }
            Role::SignPrefix(code) => {
                let j = if self.is(i + 1, "$") || self.is(i + 1, ".") { i + 2 } else { i + 1 };
                // "gave Hale's $5" is no sum in Singapore dollars.
                let letter = self.text(i).len() == 1;
                if letter && !(self.row[i].capital && !self.joined(i) && self.is(i + 1, "$") && self.joined(i + 1)) {
                    return (None, i);
                }
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
                if let Some(whole) = self.grouped(i) {
                    (value, end) = whole;
                } else if let Some(f) = fraction(i) {
                    value = f;
                    end = i + 3;
                } else if let Some(f) = fraction(i + 1) {
                    value += f;
                    end = i + 4;
                } else if let Some(Kind::Digits(f)) = self.row.get(end).map(|p| p.kind)
                    && !self.text(end).is_ascii()
                    && f < 1.0
                {
                    // "2 ½".
                    value += f;
                    end += 1;
                } else if self.is(end, "/") && self.joined(end) {
                    return None;
                }
                (value, end, true)
            }
            Kind::Mark => return None,
            Kind::Word => match piece.role {
                Role::Count(n) => {
                    let (n, end) = self.words(n, i + 1);
                    let (n, end) = self.spoken_decimals(end).map_or((n, end), |(part, behind)| (n + part, behind));
                    let tied = self.is(end, "-") && self.joined(end) && self.joined(end + 1);
                    let part = if tied { end + 1 } else { end };
                    // "one-third of the houses", "one quarter of profits", "one-half".
                    if n == 1.0 && end == i + 1 && (tied || self.is(part + 1, "of")) {
                        match self.role(part) {
                            Role::Part(d) => {
                                return Some(self.part_of(Quantity {
                                    low: 1.0 / d,
                                    high: None,
                                    end: part + 1,
                                    plain: false,
                                }));
                            }
                            Role::Half => {
                                return Some(self.part_of(Quantity {
                                    low: 0.5,
                                    high: None,
                                    end: part + 1,
                                    plain: false,
                                }));
                            }
                            _ => {}
                        }
                    }
                    if n == 1.0 && end == i + 1 && !self.one_counts(i) && self.and_part(end).is_none() {
                        return None;
                    }
                    // None is told of something counted: "found zero cases"; "zero tolerance" and "ground zero workers" tell of
                    // no amount.
                    let told = i == 0 || self.tag(self.row[i - 1].span).is_none_or(Tag::is_verb);
                    let bare = self.is(end, "-") || self.counted(end).is_none() && self.unit_behind(end).is_none();
                    if n == 0.0 && (bare || !told) {
                        return None;
                    }
                    (n, end, false)
                }
                Role::Article => match self.role(i + 1) {
                    Role::Scale(s) if self.text(i + 1).len() > 2 && !self.is(i + 1, "thousandth") => {
                        // "a hundred and twenty", "a thousand and one".
                        let (n, end) = self.words(s, i + 2);
                        (n, end, false)
                    }
                    Role::Dozen => (12.0, i + 2, false),
                    // "a half-million", "a quarter-million".
                    Role::Half | Role::Part(4.0)
                        if self.is(i + 2, "-")
                            && self.joined(i + 2)
                            && matches!(self.role(i + 3), Role::Scale(_) | Role::Dozen) =>
                    {
                        let whole = match self.role(i + 3) {
                            Role::Scale(s) => s,
                            _ => 12.0,
                        };
                        (whole / if self.role(i + 1) == Role::Half { 2.0 } else { 4.0 }, i + 4, false)
                    }
                    // "a full percentage point".
                    _ if self.is(i + 1, "percentage") && self.percentage(i + 1) => (1.0, i + 1, false),
                    _ if (self.is(i + 1, "full") || self.is(i + 1, "whole"))
                        && self.is(i + 2, "percentage")
                        && self.percentage(i + 2) =>
                    {
                        (1.0, i + 2, false)
                    }
                    Role::Half => match self.role(i + 2) {
                        Role::Scale(s) => (s / 2.0, i + 3, false),
                        Role::Dozen => (6.0, i + 3, false),
                        _ if self.percentage(i + 2) => (0.5, i + 2, false),
                        _ => return None,
                    },
                    Role::Part(d) if self.is(i + 2, "of") => {
                        return Some(self.part_of(Quantity { low: 1.0 / d, high: None, end: i + 2, plain: false }));
                    }
                    Role::Part(d) if self.bare_part(i) || self.percentage(i + 2) => (1.0 / d, i + 2, false),
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
                            _ if self.percentage(j) => (0.5, j, false),
                            _ => return None,
                        }
                    } else if self.is(j, "of") || self.is(j, "the") || self.is(j, "its") || self.is(j, "their") {
                        return Some(self.part_of(Quantity { low: 0.5, high: None, end: j, plain: false }));
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
            return Some(self.part_of(Quantity { low: low / d, high: None, end: j + 1, plain: false }));
        }
        // "a million and a half" is a half of the scale, "two and a half million" of the number.
        if let Some((part, behind)) = self.and_part(end) {
            let scaled = matches!(piece.role, Role::Article) && low >= 1000.0;
            low += if scaled { low * part } else { part };
            end = behind;
        }
        let mut last = 1.0;
        loop {
            match self.role(end) {
                Role::Scale(_) if self.metres(end) || self.area(end).is_some() => break,
                // "$3.2-billion".
                Role::None
                    if self.is(end, "-")
                        && self.joined(end)
                        && self.joined(end + 1)
                        && !self.short_scale(end + 1)
                        && matches!(self.role(end + 1), Role::Scale(s) if s >= 1e5) =>
                {
                    end += 1;
                }
                Role::Scale(s) if !self.short_scale(end) || self.joined(end) || self.money_before(i) => {
                    // "1.5m" is millions only after money or a decimal; "5m" is metres as often.
                    low *= s;
                    last = s;
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
        if last >= 1000.0
            && let Some((part, behind)) = self.and_part(end)
        {
            low += last * part;
            end = behind;
        }
        // "0.3 of a percentage point".
        if low < 1.0 && plain {
            let it = self.part_of(Quantity { low, high: None, end, plain });
            if it.end > end {
                return Some(Quantity { plain: false, ..it });
            }
        }
        let letters_behind =
            self.joined(end) && self.row.get(end).is_some_and(|p| matches!(p.kind, Kind::Word | Kind::Digits(_)));
        if letters_behind && plain && self.unit_behind(end).is_none() && !self.compound_behind(end) {
            return None;
        }
        Some(Quantity { low, high: None, end, plain })
    }

    /// "a quarter of a million", "three quarters of a percentage point": the part of what is named behind it.
    fn part_of(&self, it: Quantity) -> Quantity {
        if !self.is(it.end, "of") || self.role(it.end + 1) != Role::Article {
            return it;
        }
        let k = it.end + 2;
        match self.role(k) {
            Role::Scale(s) if !self.short_scale(k) => Quantity { low: it.low * s, end: k + 1, ..it },
            Role::Dozen => Quantity { low: it.low * 12.0, end: k + 1, ..it },
            _ if self.percentage(k) => Quantity { end: k, ..it },
            _ => it,
        }
    }

    /// "and a half", "-and-a-quarter" at `i`, behind a number: what it adds, and where it ends. "and a half of it" adds nothing.
    fn and_part(&self, i: usize) -> Option<(f64, usize)> {
        let hyphen = |k: usize| if self.is(k, "-") && self.joined(k) && self.joined(k + 1) { k + 1 } else { k };
        let and = hyphen(i);
        let article = hyphen(and + 1);
        let part = hyphen(article + 1);
        if !self.is(and, "and") || self.role(article) != Role::Article || self.is(part + 1, "of") {
            return None;
        }
        match self.role(part) {
            Role::Half => Some((0.5, part + 1)),
            Role::Part(d) if self.text(part).ends_with('r') => Some((1.0 / d, part + 1)),
            _ => None,
        }
    }

    /// "percentage point", "per cent", "basis point" at `i`; "point" behind a part, where rates are told of.
    fn percentage(&self, i: usize) -> bool {
        let named = if self.is(i, "-") && self.joined(i) { i + 1 } else { i };
        ["percentage", "percent", "per", "basis", "%", "point"].iter().any(|w| self.is(named, w))
            && self.unit_behind(i).is_some()
    }

    /// Whether the word before `i` is a part, "of a" or "a" between: what is half of a point of a rate.
    fn part_before(&self, i: usize) -> bool {
        let part = |k: usize| matches!(self.role(k), Role::Half | Role::Part(_));
        let back = |n: usize| i.checked_sub(n);
        back(1).is_some_and(part)
            || back(1).is_some_and(|k| self.role(k) == Role::Article)
                && (back(2).is_some_and(part) || back(2).is_some_and(|k| self.is(k, "of")) && back(3).is_some_and(part))
    }

    /// Whether percentages are told of in this sentence or the one on either side.
    fn of_rates(&self) -> bool {
        let (Some(first), Some(last)) = (self.row.first(), self.row.last()) else { return false };
        let here = self.it.sentences.partition_point(|s| s.span.end() <= first.span.start());
        let all = &self.it.sentences;
        let from = all.get(here.saturating_sub(1)).map_or(first.span.start(), |s| s.span.start());
        let to = all.get(here + 1).map_or(last.span.end(), |s| s.span.end());
        let near = self.it.text(Span::new(from.min(to), to));
        near.contains('%') || near.contains("percent") || near.contains("per cent")
    }

    /// "a third" without "of" at `i`: a share beside another share or a hedge, not the third of several.
    fn bare_part(&self, i: usize) -> bool {
        let next = self.row.get(i + 2);
        let ends = next.is_none_or(|p| {
            let verb = matches!(self.tag(p.span), Some(Tag::VBD | Tag::VBP | Tag::MD | Tag::VB | Tag::VBN))
                || matches!(p.span.text(&self.it.article.text), "left" | "said" | "stayed");
            matches!(p.kind, Kind::Mark) && !self.joined(i + 3)
                || verb
                || lexicon::ENDS_GROUP.contains(p.span.text(&self.it.article.text))
        });
        let hedged = i > 0 && matches!(self.role(i - 1), Role::About | Role::Over | Role::Under)
            || i > 0 && (self.is(i - 1, "than") || self.is(i - 1, "by"));
        let shares = (i.saturating_sub(SHARES)..i)
            .any(|k| matches!(self.role(k), Role::Half) && self.is(k + 1, "of") || self.percentage(k));
        ends && (hedged || shares)
    }

    /// Whether a unit of two such as "ft" is written right behind digits at `i`.
    fn compound_behind(&self, i: usize) -> bool {
        lexicon::COMPOUNDS.iter().any(|(greater, ..)| greater.contains(&self.text(i)))
            && self.row.get(i + 1).is_some_and(|p| matches!(p.kind, Kind::Digits(_)))
    }

    /// Whether the scale at `i` is an abbreviation that stands for other things, too: "m", "cr", "mil".
    fn short_scale(&self, i: usize) -> bool {
        self.text(i).len() == 1 || self.is(i, "cr") || self.is(i, "mil")
    }

    /// Whether the sign or the letters of a currency stand right before the digits at `i`.
    fn money_before(&self, i: usize) -> bool {
        i > 0 && matches!(self.role(i - 1), Role::Sign(_) | Role::SignPrefix(_))
    }

    /// "one" counts people only before a word for one: "one soldier", not "one of".
    fn one_counts(&self, i: usize) -> bool {
        lexicon::SINGULAR.contains(self.text(i + 1).to_ascii_lowercase().as_str())
    }

    /// A number in words that goes on at `end` and is worth `n` so far.
    fn words(&self, n: f64, mut end: usize) -> (f64, usize) {
        let (mut total, mut group) = if n >= 1000.0 { (n, 0.0) } else { (0.0, n) };
        loop {
            let j = if self.is(end, "-") && self.joined(end) && self.joined(end + 1) { end + 1 } else { end };
            // "between a hundred and two hundred" are two.
            let other = self.role(j + 2) == Role::Scale(100.0);
            let more = matches!(self.role(j + 1), Role::Count(_)) && !other;
            let k = if self.is(j, "and") && total + group >= 100.0 && more { j + 1 } else { j };
            match self.role(k) {
                Role::Count(m) if m < 10.0 && group >= 20.0 && group % 10.0 == 0.0 => group += m,
                Role::Count(m) if m < 100.0 && group >= 100.0 && group % 100.0 == 0.0 => group += m,
                Role::Count(m) if k > j || (total > 0.0 && group == 0.0 && k == end) => group += m,
                Role::Scale(100.0) if group < 100.0 && !self.short_scale(k) => group *= 100.0,
                Role::Scale(s)
                    if s >= 1000.0
                        && !self.short_scale(k)
                        && (matches!(self.role(k + 1), Role::Count(_)) || self.and_rest(k + 1)) =>
                {
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
        // "7-Eleven".
        if dash && self.row.get(it.end + 1).is_some_and(|p| p.kind == Kind::Word && p.capital) {
            return None;
        }
        let (sign, mut next) = self.sign(it.end + 1);
        if matches!(self.role(next), Role::Sign(_)) {
            next += 1;
        }
        let digits =
            self.row.get(next).is_some_and(|p| p.number && !matches!(p.role, Role::Article | Role::No | Role::Nobody));
        let other = if digits { self.quantity(next) } else { None };
        let Some(mut other) = other else { return Some(()) };
        other.low *= sign;
        // "$3-4 million": the scale is said once.
        let scale = if it.plain && !other.plain && it.low < 1000.0 { scale_of(other.low) } else { 1.0 };
        let low =
            if other.low > it.low { if it.low * scale < other.low { it.low * scale } else { it.low } } else { it.low };
        let measured = !other.plain || self.unit_behind(other.end).is_some() || self.counted(other.end).is_some();
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
        let plain = end == start + 1 && self.text(start).parse::<u8>().is_ok();
        // "Mara was 13 when", "who was 11 at the time".
        let was = start > 0 && ["was", "were", "is", "turned"].iter().any(|w| self.is(start - 1, w));
        let then = self.is(end, "when") || self.is(end, "at") && self.is(end + 1, "the") && self.is(end + 2, "time");
        // "A man, 32, was held".
        let person = |k: usize| Language::english().list(Fact::PersonNouns).contains(self.text(k));
        let apart = plain && start > 1 && self.is(start - 1, ",") && person(start - 2) && self.is(end, ",");
        if plain && was && then || apart {
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
        // "No. 4 seed", "H.R. 1515".
        if self.is(i - 1, ".") && self.joined(i - 1) && i > 1 {
            let initials = || i > 3 && self.is(i - 3, ".") && self.single(i - 4) && self.single(i - 2);
            if self.is(i - 2, "no") || self.is(i - 2, "nos") || initials() {
                return true;
            }
        }
        // "12 Hill Road".
        if self.counted(i + 1).is_none() && self.in_street(i) {
            return true;
        }
        let before = &self.row[i - 1];
        // "Year 6 pupils", "Key Stage 2 teachers", "the Group of 20".
        let class = |k: usize| self.row[k].capital && lexicon::CLASSES.contains(self.text(k).to_lowercase().as_str());
        if class(i - 1) || i > 1 && self.is(i - 1, "of") && self.is(i - 2, "group") && self.row[i - 2].capital {
            return true;
        }
        if matches!(before.role, Role::Label) {
            return true;
        }
        if self.is(i - 1, ".") && i > 1 && matches!(self.role(i - 2), Role::Label) {
            return true;
        }
        // At the beginning of its sentence only a noun is a name for its capital: "Windows 11", not "Only 11".
        // "an iPhone 14".
        (before.capital || self.text(i - 1).contains(char::is_uppercase))
            && (i > 1 || matches!(self.tag(before.span), Some(Tag::NN | Tag::NNP | Tag::NNPS)))
            && matches!(before.kind, Kind::Word)
            && !self.in_time(before.span)
            && self.counted(i + 1).is_none()
    }

    /// Whether a single capital letter stands at `i`.
    fn single(&self, i: usize) -> bool {
        self.row.get(i).is_some_and(|p| p.capital) && self.text(i).len() == 1
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
            if lexicon::ENDS_GROUP.contains(lower.as_str()) {
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
                    if lexicon::CASUALTIES.contains(lower.as_str()) && k == j {
                        head = Some(lower);
                    }
                    break;
                }
                Some(_) => lexicon::PLURALS.contains(lower.as_str()),
                None => plural(&lower),
            };
            if noun || (lexicon::CASUALTIES.contains(lower.as_str()) && k == j) {
                // Cubic metres are no metres.
                let power = k.checked_sub(1).map(|before| self.text(before).to_ascii_lowercase());
                head = Some(match power.filter(|it| matches!(it.as_str(), "square" | "cubic")) {
                    Some(power) if rashomon_model::Measure::of(&lower).is_some() => format!("{power} {lower}"),
                    _ => lower,
                });
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
    lexicon::PLURALS.contains(lower)
        || (lower.len() > 3
            && lower.ends_with('s')
            && !lower.ends_with("ss")
            && !lower.ends_with("us")
            && !lower.ends_with("is"))
}

#[cfg(test)]
mod tests;
