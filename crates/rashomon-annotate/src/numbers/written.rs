//! How amounts are written besides digits and plain words: groups parted by spaces, decimals in words, speeds, and number
//! words that only look like an amount.

use super::{DIAL, Row};
use crate::numbers::lexicon::{self, Role};
use rashomon_model::Span;

/// Points of one side alone in a score told in words: "three-nil", "two-all".
const SCORED: [&str; 3] = ["nil", "all", "love"];

/// Groups behind the first one, at most: more is rather a row of figures.
const MOST_GROUPS: usize = 4;

impl Row<'_> {
    /// "12 500 euros", "1 234 567": the value of digits whose groups of three are parted by spaces, and where they end.
    ///
    /// A space that breaks no line says it by itself; any other one only where something is counted behind the last group.
    pub(super) fn grouped(&self, i: usize) -> Option<(f64, usize)> {
        let digits =
            |k: usize| Some(self.text(k)).filter(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
        let first = digits(i).filter(|it| it.len() <= 3 && !it.starts_with('0'))?;
        let mut value: f64 = first.parse().ok()?;
        let mut end = i + 1;
        let mut hard = true;
        while let Some(group) = digits(end).filter(|it| it.len() == 3) {
            let gap = Span::new(self.row[end - 1].span.end(), self.row[end].span.start()).text(&self.it.article.text);
            if !matches!(gap, " " | "\u{a0}" | "\u{2009}" | "\u{202f}") || end > i + MOST_GROUPS {
                return None;
            }
            hard &= gap != " ";
            value = value * 1000.0 + group.parse::<f64>().ok()?;
            end += 1;
        }
        let alone = end > i + 1 && digits(end).is_none() && !self.tied(end);
        let whole = || !self.in_time(self.row[i].span) && !self.labelled(i);
        // A capital behind it begins the next entry of a table.
        let next = self.row.get(end).is_some_and(|p| !p.capital);
        let amount = || self.unit_behind(end).is_some() || next && self.counted(end).is_some();
        (alone && (hard || whole() && amount())).then_some((value, end))
    }

    /// Whether the word before `i` makes the digits there the number of something: a name, a label, a call.
    fn labelled(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let dialled = self.is(before, "+") || DIAL.iter().any(|w| self.is(before, w));
        dialled || matches!(self.role(before), Role::Label) || before > 0 && self.row[before].capital
    }

    /// "point five" at `i`, behind a number word: the decimals, and where they end. "At one point five boats sank" tells of
    /// five boats: behind decimals in words stands a scale or what is measured.
    pub(super) fn spoken_decimals(&self, i: usize) -> Option<(f64, usize)> {
        if !self.is(i, "point") {
            return None;
        }
        let mut digits = String::from("0.");
        let mut end = i + 1;
        while let Role::Count(n) = self.role(end)
            && n < 10.0
        {
            digits.push_str(&n.to_string());
            end += 1;
        }
        let scaled = matches!(self.role(end), Role::Scale(_)) && !self.short_scale(end);
        let told = end > i + 1 && (scaled || self.unit_behind(end).is_some());
        told.then(|| digits.parse().ok().map(|part| (part, end))).flatten()
    }

    /// Whether "and forty-nine" at `i`, behind a scale, ends the number: no scale of its own follows, as in "between two thousand
    /// and three thousand", and what is counted does.
    pub(super) fn and_rest(&self, i: usize) -> bool {
        let tied = self.is(i + 2, "-") && self.joined(i + 2) && self.joined(i + 3);
        let end = if tied && matches!(self.role(i + 3), Role::Count(_)) { i + 4 } else { i + 2 };
        let between = (i.saturating_sub(6)..i).any(|k| self.is(k, "between"));
        self.is(i, "and")
            && matches!(self.role(i + 1), Role::Count(m) if m > 0.0)
            && !matches!(self.role(end), Role::Scale(_) | Role::Dozen)
            && self.counted(end).is_some()
            && !between
    }

    /// Whether the number word that ends before `i` is the first part of an ordinal or of a score, or only says how long a
    /// number is: "twenty-second", "three-nil", "six-figure".
    pub(super) fn no_amount(&self, i: usize) -> bool {
        let tied = i > 0 && self.is(i, "-") && self.joined(i) && self.joined(i + 1);
        let next = self.text(i + 1).to_ascii_lowercase();
        // "five-second" tells how long.
        let tens = || matches!(self.role(i - 1), Role::Count(n) if n >= 20.0);
        tied && (tens() && lexicon::ORDINALS.contains(next.as_str())
            || SCORED.contains(&next.as_str())
            || next == "figure"
            || next == "figures")
    }

    /// "-strong" at `i`, behind a number: where it ends. Of what it is a strength, another noun says.
    pub(super) fn strength(&self, i: usize) -> Option<usize> {
        let tied = self.is(i, "-") && self.joined(i) && self.joined(i + 1);
        (tied && self.is(i + 1, "strong")).then_some(i + 2)
    }

    /// "km/h", "kilometres per hour", "miles an hour" at `i`, behind a number: the speed, and where it ends.
    pub(super) fn speed(&self, i: usize) -> Option<(&'static str, usize)> {
        let unit = match self.text(i) {
            "km" | "kilometres" | "kilometers" => "km/h",
            "miles" => "mph",
            _ => return None,
        };
        let hour = |k: usize| self.is(k, "h") || self.is(k, "hr") || self.is(k, "hour");
        let slash = self.is(i + 1, "/") && self.joined(i + 1);
        let each = self.is(i + 1, "per") || self.is(i + 1, "an");
        (hour(i + 2) && (slash || each)).then_some((unit, i + 3))
    }
}
