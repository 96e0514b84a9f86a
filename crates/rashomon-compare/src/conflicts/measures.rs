//! Which units measure rather than count, and how they relate: 12 miles are not 12 kilometres.

/// What a unit measures, and its size in the first unit of its kind; `None` for what is counted.
///
/// Source: BIPM, The International System of Units, 9th edition, tables 8 and 9; NIST SP 811, appendix B.8 for customary
/// units.
pub(super) fn measure(unit: &str) -> Option<(Kind, f64)> {
    use Kind::{Area, Length, Mass, Speed, Temperature, Volume};
    let unit = unit.to_lowercase();
    Some(match unit.trim_end_matches('s') {
        "m" | "metre" | "meter" => (Length, 1.0),
        "km" | "kilometre" | "kilometer" => (Length, 1000.0),
        "mile" | "mi" => (Length, 1609.344),
        "foot" | "feet" | "ft" => (Length, 0.3048),
        "yard" | "yd" => (Length, 0.9144),
        "inch" | "inche" => (Length, 0.0254),
        "cm" | "centimetre" | "centimeter" => (Length, 0.01),
        "kg" | "kilogram" | "kilo" => (Mass, 1.0),
        "pound" | "lb" => (Mass, 0.453_592_37),
        "tonne" => (Mass, 1000.0),
        "ounce" | "oz" => (Mass, 0.028_349_523),
        "acre" => (Area, 4046.856),
        "hectare" | "ha" => (Area, 10_000.0),
        "litre" | "liter" => (Volume, 1.0),
        "gallon" => (Volume, 3.785),
        "mph" => (Speed, 1.609_344),
        "kph" | "kmh" => (Speed, 1.0),
        "degree" | "celsiu" | "fahrenheit" => (Temperature, 1.0),
        _ => return None,
    })
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Length,
    Mass,
    Area,
    Volume,
    Speed,
    Temperature,
}

/// Whether a unit, as a conflict shows it, is of things that are counted: not money, shares, ages, times or measures.
pub(super) fn counts(unit: &str) -> bool {
    let first = unit.split(' ').next().unwrap_or_default();
    let money = first.len() == 3 && first.chars().all(|c| c.is_ascii_uppercase());
    let other = matches!(first, "percent" | "years" | "year" | "days" | "points" | "to" | "votes" | "times");
    !money && !other && measure(first).is_none()
}

/// Whether two measured values cannot be one, a twentieth allowed for rounding; `None` if they are not of one kind in
/// different units.
pub(super) fn apart(x: (f64, &str), y: (f64, &str)) -> Option<bool> {
    let ((kind, p), (other, q)) = (measure(x.1)?, measure(y.1)?);
    let (a, b) = (x.0 * p, y.0 * q);
    (kind == other && kind != Kind::Temperature && (p - q).abs() > f64::EPSILON)
        .then(|| (a - b).abs() > 0.05 * a.abs().max(b.abs()))
}

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
