//! What a number is of: money, a measure, a share, or things that are counted.

/// What a number is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A sum of money.
    Money(Currency),
    /// A length, weight, area, volume, speed or temperature.
    Measure(Measure),
    /// Per cent.
    Share,
    /// Percentage points.
    SharePoints,
    /// Things that are counted, by their noun.
    Counted(String),
}

impl Unit {
    /// The unit of that name, as the layer of numbers writes it.
    ///
    /// ```
    /// use rashomon_model::{Measure, Unit};
    ///
    /// assert!(matches!(Unit::of("JPY"), Unit::Money(it) if it.code() == Some("JPY")));
    /// assert!(matches!(Unit::of("pesos"), Unit::Money(it) if it.code().is_none()));
    /// assert_eq!(Unit::of("miles"), Unit::Measure(Measure::of("mile").unwrap()));
    /// assert_eq!(Unit::of("percent"), Unit::Share);
    /// assert_eq!(Unit::of("boats"), Unit::Counted("boats".into()));
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        if let Some(it) = Currency::of(name) {
            return Self::Money(it);
        }
        match name {
            "percent" => Self::Share,
            "percentage points" | "percentage-points" => Self::SharePoints,
            _ => Measure::of(name).map_or_else(|| Self::Counted(name.to_owned()), Self::Measure),
        }
    }

    /// Whether things are counted, and not measured, weighed or paid.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::Counted(_))
    }
}

/// A currency: by its ISO 4217 code, or by a name that several countries' money has ("pesos").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Currency(String);

impl Currency {
    /// The currency of a code or shared name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let known = CODES.binary_search(&name).is_ok() || SHARED_NAMES.contains(&name);
        known.then(|| Self(name.to_owned()))
    }

    /// The code, where the country is known.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        CODES.binary_search(&self.0.as_str()).is_ok().then_some(&self.0)
    }

    /// Code or name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// Names that the money of several countries has.
const SHARED_NAMES: [&str; 12] = [
    "crowns",
    "dinars",
    "dirhams",
    "francs",
    "kronas",
    "kroner",
    "pesos",
    "pounds sterling",
    "rials",
    "riyals",
    "rupees",
    "shillings",
];

/// The codes of ISO 4217, list one (active currencies), in order; without funds, metals and testing codes.
#[rustfmt::skip]
const CODES: [&str; 155] = [
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE",
    "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF",
    "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS",
    "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD",
    "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR",
    "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
    "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER",
    "ZAR", "ZMW",
];

/// A unit of measure.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// What it measures.
    pub quantity: Quantity,
    /// Its size in the first unit of its quantity: metres, kilograms, square metres, litres, kilometres an hour.
    pub size: f64,
}

/// Two measures are one if their sizes are written alike.
impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        (self.quantity, self.size.to_bits()) == (other.quantity, other.size.to_bits())
    }
}

impl Eq for Measure {}

impl std::hash::Hash for Measure {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.quantity, self.size.to_bits()).hash(state);
    }
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names speak for themselves")]
pub enum Quantity {
    Length,
    Mass,
    Area,
    Volume,
    Speed,
    Temperature,
}

impl Measure {
    /// The measure of that name, in one or many, short or long.
    ///
    /// Source: BIPM, The International System of Units, 9th edition, tables 8 and 9; NIST SP 811, appendix B.8 for
    /// customary units.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        use Quantity::{Area, Length, Mass, Speed, Temperature, Volume};
        let name = name.to_lowercase();
        let (quantity, size) = match name.trim_end_matches('s') {
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
            "ton" => (Mass, 907.184_74),
            "ounce" | "oz" => (Mass, 0.028_349_523),
            "acre" => (Area, 4046.856),
            "hectare" | "ha" => (Area, 10_000.0),
            "litre" | "liter" => (Volume, 1.0),
            "barrel" => (Volume, 158.987),
            "gallon" => (Volume, 3.785),
            "mph" => (Speed, 1.609_344),
            "kph" | "kmh" | "km/h" => (Speed, 1.0),
            "knot" => (Speed, 1.852),
            "degree" | "celsiu" | "fahrenheit" => (Temperature, 1.0),
            _ => return None,
        };
        Some(Self { quantity, size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_currency_is_money() {
        assert!(CODES.is_sorted());
        for code in ["USD", "JPY", "INR", "TRY", "ZMW", "francs"] {
            assert!(matches!(Unit::of(code), Unit::Money(_)), "{code}");
        }
        assert!(Unit::of("people").is_counted() && Unit::of("USA").is_counted() && !Unit::of("km").is_counted());
    }
}
