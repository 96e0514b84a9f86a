//! Which units measure rather than count, and how they relate: 12 miles are not 12 kilometres.

use rashomon_model::{Measure, Quantity, Unit};

/// What a unit measures, and its size in the first unit of its kind; `None` for what is counted.
pub(super) fn measure(unit: &str) -> Option<(Quantity, f64)> {
    Measure::of(unit).map(|it| (it.quantity, it.size))
}

/// Whether a unit, as a conflict shows it, is of things that are counted: not money, shares, ages, times or measures.
pub(super) fn counts(unit: &str) -> bool {
    let first = unit.split(' ').next().unwrap_or_default();
    let other = matches!(first, "percent" | "years" | "year" | "days" | "points" | "to" | "votes" | "times");
    !other && Unit::of(first).is_counted()
}

/// Whether two measured values cannot be one, an eighth allowed for rounding and for tons of different lands; `None` if they are not of one kind in
/// different units.
pub(super) fn apart(x: (f64, &str), y: (f64, &str)) -> Option<bool> {
    if x.1 == y.1 {
        return None;
    }
    let ((kind, p), (other, q)) = (measure(x.1)?, measure(y.1)?);
    let (a, b) = (x.0 * p, y.0 * q);
    (kind == other && kind != Quantity::Temperature && (p - q).abs() > f64::EPSILON)
        .then(|| (a - b).abs() > ROUNDED * a.abs().max(b.abs()))
}

/// Part of a value that rounding may change; a long ton is 1.12 short ones.
const ROUNDED: f64 = 0.125;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn miles_and_kilometres() {
        assert_eq!(apart((12.0, "miles"), (12.0, "kilometres")), Some(true));
        assert_eq!(apart((12.0, "miles"), (19.0, "km")), Some(false));
        assert_eq!(apart((12.0, "miles"), (12.0, "miles")), None);
        assert_eq!(apart((12.0, "miles"), (12.0, "kilograms")), None);
        assert!(
            counts("people") && counts("arrested") && !counts("USD") && !counts("km") && !counts("percent (about)")
        );
    }
}
