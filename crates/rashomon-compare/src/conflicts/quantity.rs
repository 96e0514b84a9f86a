//! What a number of a sentence stands for: its sign, its scale, its currency; and whether it counts anything at all.
//!
//! The layer of numbers gives a figure and the word behind it. Two figures are only held against each other once it is
//! known that both measure one thing in one way: minus 2 and 2 degrees, 41 °F and 5 °C, dollars and euros, percent and
//! percentage points, a quarter and 25 percent. Numbers that are names ("route 100", "case 97") count nothing.

use super::Side;
use super::measures::counts;
use crate::Amount;
use jiff::civil::DateTime;
use rashomon_annotate::{Approximation, Number, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{MONTHS, Span, Unit};
use std::cell::OnceCell;
use std::ops::Deref;

/// A number with what it stands for.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    number: Number,
    /// As it is written, for people.
    pub(super) shown: String,
    pub(super) measure: Measure,
    /// Whether it is only said how it is counted: "millions", "hundreds of millions".
    vague: bool,
    /// How it is told, read when it is first asked for.
    pub(super) told: OnceCell<Told>,
}

/// How a number is told by the words of its sentence, whatever it is held against.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) supposed: bool,
    pub(super) foretold: bool,
    pub(super) scaled: bool,
    pub(super) further: bool,
    pub(super) rest: bool,
    pub(super) part: bool,
    pub(super) way: Option<&'static str>,
    /// Whether words of a rise, and of a fall, stand near it.
    pub(super) moved: (bool, bool),
    pub(super) reference: Option<String>,
    /// The longer times beside it, and the lengths of time.
    pub(super) times: Vec<(Option<DateTime>, Option<DateTime>)>,
    pub(super) lengths: Vec<String>,
}

impl Deref for Quantity {
    type Target = Number;

    fn deref(&self) -> &Number {
        &self.number
    }
}

impl Quantity {
    /// The number, and whether it counts things.
    pub(super) fn amount(&self) -> Amount {
        let counts = self.measure == Measure::Other && self.unit.as_deref().is_some_and(counts);
        Amount { number: self.value, counts }
    }
}

/// In what way a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Money of one currency.
    Money,
    /// Degrees, of the scale that is named, if one is.
    Degrees(Option<Scale>),
    /// A share of a whole.
    Percent,
    /// A difference of shares.
    Points,
    /// Anything else.
    Other,
}

/// A scale of temperature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    Celsius,
    Fahrenheit,
}

/// The numbers of a sentence that count or measure something, in order.
pub(super) fn quantities<'a>(side: &Side<'a>) -> &'a [Quantity] {
    side.values.quantities.get_or_init(|| read(side))
}

fn read(side: &Side) -> Vec<Quantity> {
    let read = side.article.numbers_in(side.anchor.span);
    let mut out: Vec<Quantity> = read.iter().filter(|n| !is_name(side, n)).map(|n| quantity(side, n)).collect();
    out.extend(grades(side).filter(|g| !read.iter().any(|n| n.span.overlaps(g.span))));
    out
}

/// The grades that a sentence gives: "Category 3". The layer of numbers takes them for names.
fn grades<'a>(side: &'a Side) -> impl Iterator<Item = Quantity> + 'a {
    side.article.tokens_in(side.anchor.span).windows(2).filter_map(|pair| {
        let value: f64 = side.text(pair[1].span).parse().ok()?;
        let noun = Some(side.text(pair[0].span).to_lowercase()).filter(|noun| GRADES.contains(noun))?;
        let shown = format!("{noun} {value}");
        let number =
            Number { span: pair[1].span, value, high: None, unit: Some(noun), approximation: Approximation::Exact };
        Some(Quantity { number, shown, measure: Measure::Other, vague: false, told: OnceCell::new() })
    })
}

fn quantity(side: &Side, n: &Number) -> Quantity {
    let mut number = n.clone();
    let (before, behind) = (words_before(side, n.span), words_behind(side, n.span));
    let own = side.text(n.span).to_lowercase();
    let unit = n.unit.clone().unwrap_or_default().to_lowercase();
    let near = format!("{unit} {} {behind}", own.trim_start_matches(|c: char| !c.is_alphabetic() && c != '°'));
    let first = |k: usize| near.split_whitespace().take(k).collect::<Vec<_>>();
    if let Some(speed) = speed(&unit, &behind) {
        number.unit = Some(speed.to_owned());
    }
    let measure = if n.unit.as_deref().is_some_and(is_currency) {
        Measure::Money
    } else if unit.contains("point") && (near.contains("percentage") || own.contains('%'))
        || behind.starts_with("percentage point")
    {
        Measure::Points
    } else if unit == "percent" || own.contains('%') {
        Measure::Percent
    } else if unit.starts_with("degree") || unit.contains('°') || first(3).iter().any(|w| scale(w).is_some()) {
        Measure::Degrees(first(4).iter().find_map(|w| scale(w)))
    } else if is_share(n, &own, &behind) {
        // "A quarter" is 25 percent, give or take what a round share leaves open.
        number.value *= 100.0;
        number.high = number.high.map(|h| h * 100.0);
        number.unit = Some("percent".to_owned());
        if number.approximation == Approximation::Exact {
            number.approximation = Approximation::About;
        }
        Measure::Percent
    } else {
        Measure::Other
    };
    // "minus 2", "-2", "2 degrees below zero".
    let either = before.ends_with("plus or minus")
        || before.ends_with("plus or") && own.starts_with("minus")
        || before.ends_with("+/-")
        || own.starts_with('±');
    let sign = n.value > 0.0
        && !either
        && (before.ends_with("minus")
            || before.ends_with("negative")
            || own.starts_with(['-', '−'])
            || own.contains("minus")
            || behind_sign(side, n.span));
    let below = n.value > 0.0 && matches!(measure, Measure::Degrees(_)) && near.contains("below zero");
    if sign || below {
        number.value = -number.value;
        number.high = number.high.map(|h| -h);
    }
    if measure == Measure::Percent {
        number.unit = Some("percent".to_owned());
    }
    let shown =
        if is_share(n, &own, &behind) { side.text(n.span).to_owned() } else { show(&number, number.value, measure) };
    let vague =
        n.high.is_some() && !own.contains(|c: char| c.is_ascii_digit()) && !own.contains(" to ") && own.ends_with('s');
    Quantity { number, shown, measure, vague, told: OnceCell::new() }
}

/// Value and unit as they are written.
fn show(n: &Number, value: f64, measure: Measure) -> String {
    let hedge = match n.approximation {
        Approximation::Exact => "",
        Approximation::About => " (about)",
        Approximation::AtLeast => " (at least)",
        Approximation::AtMost => " (at most)",
    };
    let high = n.high.map_or_else(String::new, |h| format!("-{h}"));
    let unit = match (measure, n.unit.as_deref()) {
        (Measure::Points, _) => Some("percentage points"),
        (Measure::Degrees(Some(Scale::Celsius)), _) => Some("degrees Celsius"),
        (Measure::Degrees(Some(Scale::Fahrenheit)), _) => Some("degrees Fahrenheit"),
        (_, unit) => unit,
    };
    unit.map_or_else(|| format!("{value}{high}{hedge}"), |unit| format!("{value}{high} {unit}{hedge}"))
}

/// Nouns whose number behind them is a grade.
static GRADES: WordSet = WordSet::english(Fact::Numbered, "grade");

/// Whether a unit is a currency: its ISO 4217 code, or a name that several lands share.
fn is_currency(unit: &str) -> bool {
    matches!(Unit::of(unit), Unit::Money(_))
}

/// The speed that a length is of when the words behind it tell an hour: "80 km/h", "50 miles an hour".
fn speed(unit: &str, behind: &str) -> Option<&'static str> {
    let words = behind.split(|c: char| c.is_whitespace() || c == '/').filter(|w| !w.is_empty());
    let mut rest = words.skip_while(|w| *w == unit || matches!(*w, "an" | "per"));
    let hour = matches!(rest.next(), Some("h" | "hr" | "hour"));
    match unit {
        "km" | "kilometres" | "kilometers" if hour => Some("km/h"),
        "miles" if hour => Some("mph"),
        _ => None,
    }
}

fn scale(word: &str) -> Option<Scale> {
    match word.trim_matches(|c: char| !c.is_alphanumeric()) {
        "celsius" | "centigrade" | "c" => Some(Scale::Celsius),
        "fahrenheit" | "f" => Some(Scale::Fahrenheit),
        _ => None,
    }
}

/// Whether a number is a share told in words: "a quarter", "two-thirds", "one in five".
fn is_share(n: &Number, own: &str, behind: &str) -> bool {
    let unit = n.unit.as_deref();
    let plain = unit.is_none_or(|u| Unit::of(u).is_counted());
    let part = n.value > 0.0 && n.value < 1.0 && !own.contains(['.', '%']);
    // "a quarter of a million" is no share, were it read in two.
    let scaled = ["of a million", "of a billion", "of a century", "of an hour", "of a mile"];
    part && plain && !scaled.iter().any(|s| behind.starts_with(s))
}

/// Whether two quantities are of one kind, so that they can agree or not.
pub(super) fn comparable(x: &Quantity, y: &Quantity) -> Option<bool> {
    use Measure::{Degrees, Money, Other, Percent, Points};
    match (x.measure, y.measure) {
        (Money, Money) | (Degrees(_), Degrees(_)) | (Percent | Points, Percent | Points) => Some(true),
        (Other, Other) => None,
        // "2 degrees" and a bare "2".
        (Degrees(_), Other) | (Other, Degrees(_)) => Some(x.unit.is_none() || y.unit.is_none()),
        _ => Some(false),
    }
}

/// Whether two quantities can both be right; `None` where their figures alone decide.
pub(super) fn agree(x: &Quantity, y: &Quantity) -> Option<bool> {
    let near = |a: f64, b: f64, slack: f64| (a - b).abs() <= slack;
    if x.vague || y.vague {
        // "Millions" may be hundreds of them.
        let least = |n: &Quantity, o: &Quantity| !n.vague || n.value <= o.high.unwrap_or(o.value);
        return Some(x.vague && y.vague || least(x, y) && least(y, x));
    }
    match (x.measure, y.measure) {
        // The same figure in another currency; other figures may be the same sum exchanged.
        (Measure::Money, Measure::Money) if x.unit != y.unit => {
            Some(!near(x.value, y.value, 1e-3 * x.value.abs().max(y.value.abs())))
        }
        // A hedged share, or one in words, is rounded to a few parts in a hundred.
        (Measure::Percent, Measure::Percent)
            if x.approximation == Approximation::About || y.approximation == Approximation::About =>
        {
            Some(near(x.value, y.value, SHARE))
        }
        (Measure::Percent, Measure::Points) | (Measure::Points, Measure::Percent) => {
            Some(!near(x.value, y.value, 1e-9))
        }
        (Measure::Degrees(p), Measure::Degrees(q)) if p != q => {
            let celsius = |v: f64, s: Scale| if s == Scale::Fahrenheit { (v - 32.0) / 1.8 } else { v };
            let either = |q: &Quantity, s: Option<Scale>| match s {
                Some(s) => vec![celsius(q.value, s)],
                None => vec![q.value, celsius(q.value, Scale::Fahrenheit)],
            };
            let (a, b) = (either(x, p), either(y, q));
            Some(a.iter().any(|a| b.iter().any(|b| near(*a, *b, SLACK))))
        }
        _ => None,
    }
}

/// Hundredths by which a hedged share may be off: "two thirds" and 70 percent, not three quarters.
const SHARE: f64 = 5.0;

/// Degrees Celsius by which one temperature told in two scales may differ: both are rounded.
const SLACK: f64 = 1.2;

/// Whether a number is a name and counts nothing: "route 100", "case 97/2024", "bus 12"; and the day of a date.
fn is_name(side: &Side, n: &Number) -> bool {
    let text = &side.article.article.text;
    let dated = side.article.times_over(n.span).any(|t| t.span.contains(n.span) && t.span != n.span);
    let joined = text[n.span.end()..].starts_with(['/', ':']) || text[..n.span.start()].ends_with(['/', ':', '#', '№']);
    let before = words_before(side, n.span);
    let last = before.rsplit(' ').next().unwrap_or_default();
    let named = n.unit.is_none() && NAMED.contains(last.trim_end_matches('.'));
    // "Dec. 12 and 13": the second day.
    let day = n.unit.is_none()
        && n.value <= 31.0
        && side.article.times_in(side.anchor.span).iter().any(|t| {
            let gap = text.get(t.span.end()..n.span.start()).unwrap_or("…");
            matches!(gap, " and " | " or " | "-" | "–" | " to ")
                && side.text(t.span).ends_with(|c: char| c.is_ascii_digit())
        });
    let month = n.value <= 31.0 && MONTHS.iter().any(|m| m.eq_ignore_ascii_case(last));
    dated || joined && n.unit.is_none() || named || month || day
}

/// Nouns that a number behind them names one of.
static NAMED: WordSet = WordSet::english(Fact::Numbered, "named");

/// The three words before a stretch, in lower case; none beyond a mark.
fn words_before(side: &Side, span: Span) -> String {
    let tokens = &side.article.tokens;
    let to = tokens.partition_point(|t| t.span.end() <= span.start());
    let from = (to.saturating_sub(3)..to)
        .rev()
        .take_while(|i| {
            !matches!(tokens[*i].tag, Tag::Stop | Tag::Comma) && tokens[*i].span.start() >= side.anchor.span.start()
        })
        .last()
        .unwrap_or(to);
    let words = tokens[from..to].iter().map(|t| side.text(t.span).to_lowercase());
    words.collect::<Vec<_>>().join(" ")
}

/// The three words behind it.
fn words_behind(side: &Side, span: Span) -> String {
    let tokens = &side.article.tokens;
    let from = tokens.partition_point(|t| t.span.start() < span.end());
    let words = tokens[from..].iter().take(4).take_while(|t| t.span.end() <= side.anchor.span.end());
    words.map(|t| side.text(t.span).to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// Whether a minus sign stands at once before a figure, and no range: "-2", "−2".
fn behind_sign(side: &Side, span: Span) -> bool {
    let before = &side.article.article.text[..span.start()];
    let mut back = before.chars().rev();
    matches!(back.next(), Some('-' | '−')) && back.next().is_none_or(|c| c.is_whitespace() || c == '(')
}
