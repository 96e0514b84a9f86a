//! Which numbers may stand for one: what hedges and rounding leave open.

use rashomon_annotate::{Approximation, Number};

/// Whether two numbers can both be right, given hedges and rounding.
pub(crate) fn compatible(x: &Number, y: &Number) -> bool {
    // "more than 17" and "more than 39" do not exclude each other in logic, but no two reports of one count differ so.
    if x.approximation == y.approximation && matches!(x.approximation, Approximation::AtLeast | Approximation::AtMost) {
        return x.value.max(y.value) <= 2.0 * x.value.min(y.value);
    }
    let ((low, high), (from, to)) = (range(x, y), range(y, x));
    // "more than ten" and "fewer than ten" meet nowhere.
    let share = x.unit.as_deref() == Some("percent");
    let bounds = !share
        && matches!(
            (x.approximation, y.approximation),
            (Approximation::AtLeast, Approximation::AtMost) | (Approximation::AtMost, Approximation::AtLeast)
        );
    low <= to && from <= high && !(bounds && (low.max(from) - high.min(to)).abs() < f64::EPSILON)
}

/// Whether one of `there` has the unit of one of `shown`, and none that has it bears that one out: what is shown counts the same, and
/// comes to another number.
pub(crate) fn counts_otherwise<'a>(
    shown: impl IntoIterator<Item = &'a Number>,
    there: &[Number],
    bears_out: impl Fn(&Number, &Number) -> bool,
) -> bool {
    shown.into_iter().filter(|n| n.unit.is_some()).any(|n| {
        let mut same = there.iter().filter(|o| o.unit == n.unit).peekable();
        same.peek().is_some() && !same.any(|o| bears_out(n, o))
    })
}

/// The values a number leaves open. A hedge opens a tenth; a rounder number stands for all that round to it.
fn range(n: &Number, other: &Number) -> (f64, f64) {
    let (low, high) = (n.value, n.high.unwrap_or(n.value));
    let (low, high) = (low.min(high), low.max(high));
    // A round number beside a more exact one: half a unit of its last digit.
    // A whole number below a hundred stands for itself.
    let slack = if low.abs() < 100.0 && whole(low).is_some() {
        0.0
    } else {
        let unit = unit_of_last_digit(low);
        let rounder = (low.abs() >= 100.0 || unit < 1.0) && unit > unit_of_last_digit(other.value);
        if rounder { unit / 2.0 } else { 0.0 }
    };
    match n.approximation {
        Approximation::Exact => (low - slack, high + slack),
        Approximation::About => (low - (low.abs() * 0.1).max(slack), high + (high.abs() * 0.1).max(slack)),
        Approximation::AtLeast => (low, f64::INFINITY),
        Approximation::AtMost => (f64::NEG_INFINITY, high),
    }
}

/// A whole number below a thousand million, without its sign.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at before")]
fn whole(v: f64) -> Option<u32> {
    let n = v.abs() as u32;
    (v.abs() < 1e9 && f64::from(n) == v.abs()).then_some(n)
}

/// The unit of the last digit that is not zero: 1000 for 190,000 would be 10,000.
fn unit_of_last_digit(v: f64) -> f64 {
    if v == 0.0 || !v.is_finite() || v.abs() > 1e15 {
        return 1.0;
    }
    // What is worked out below, for numbers that leave it no room.
    if let Some(mut n) = whole(v) {
        let mut unit = 1.0;
        while n.is_multiple_of(10) {
            (n, unit) = (n / 10, unit * 10.0);
        }
        return unit;
    }
    let mut unit = 1e-3;
    for _ in 0..18 {
        let next = unit * 10.0;
        if ((v / next).round() * next - v).abs() > v.abs() * 1e-9 {
            return unit;
        }
        unit = next;
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_model::Span;

    fn number(value: f64, approximation: Approximation) -> Number {
        Number { span: Span::new(0, 1), value, high: None, unit: None, approximation }
    }

    #[test]
    fn hedges_and_rounding() {
        use Approximation::{About, AtLeast, AtMost, Exact};
        for (x, y, want) in [
            ((190_000.0, About), (200_000.0, About), true),
            ((12.0, AtLeast), (15.0, Exact), true),
            ((15.0, AtLeast), (12.0, Exact), false),
            ((12.0, Exact), (15.0, Exact), false),
            ((1_500_000.0, Exact), (1_497_302.0, Exact), true),
            ((1_500_000.0, Exact), (1_397_302.0, Exact), false),
            ((100.0, AtMost), (120.0, Exact), false),
            ((40.0, Exact), (41.0, Exact), false),
            ((3.5, Exact), (3.5, Exact), true),
            ((1.9, Exact), (1.91, Exact), true),
            ((1.9, Exact), (1.83, Exact), false),
            ((2000.0, Exact), (2014.0, Exact), true),
            ((0.0, Exact), (5.0, Exact), false),
        ] {
            let (p, q) = (number(x.0, x.1), number(y.0, y.1));
            assert_eq!(compatible(&p, &q), want, "{x:?} {y:?}");
            assert_eq!(compatible(&q, &p), want, "{y:?} {x:?}");
        }
    }
}
