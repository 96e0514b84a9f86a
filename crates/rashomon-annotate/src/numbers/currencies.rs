//! Currencies by their names, signs and the countries that tell dollars, pesos and francs apart (ISO 4217 codes).
//!
//! Source: the currency names and signs of ISO 4217 and of the Unicode CLDR, with the demonyms of their countries.

use rashomon_language::{Fact, Language};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Words behind an amount, and their code.
pub(super) fn named() -> impl Iterator<Item = (&'static str, &'static str)> {
    Language::english().list(Fact::Currencies).valued("code")
}

/// Signs before an amount.
#[rustfmt::skip]
pub(super) const SIGNS: &[(&str, &str)] = &[
    ("$", "USD"), ("£", "GBP"), ("€", "EUR"), ("¥", "JPY"), ("₹", "INR"), ("₽", "RUB"), ("₴", "UAH"), ("₩", "KRW"),
    ("₺", "TRY"), ("₦", "NGN"), ("₱", "PHP"), ("฿", "THB"), ("₫", "VND"), ("₪", "ILS"), ("₡", "CRC"), ("₵", "GHS"),
    ("₸", "KZT"), ("₲", "PYG"), ("₼", "AZN"), ("₾", "GEL"), ("₭", "LAK"), ("₮", "MNT"),
];

/// Letters before a sign or an amount. One or two letters need the sign: "C$20"; three stand alone: "CHF 20".
#[rustfmt::skip]
pub(super) const PREFIXES: &[(&[&str], &str)] = &[
    (&["us", "usd"], "USD"), (&["eur"], "EUR"), (&["gbp"], "GBP"), (&["rs", "inr"], "INR"), (&["hk", "hkd"], "HKD"),
    (&["nz", "nzd"], "NZD"), (&["au", "aud", "a"], "AUD"), (&["ca", "c", "cad"], "CAD"), (&["s", "sgd"], "SGD"),
    (&["nt", "twd"], "TWD"), (&["r", "brl"], "BRL"), (&["mx", "mxn"], "MXN"), (&["chf"], "CHF"), (&["jpy"], "JPY"),
    (&["cny", "rmb"], "CNY"), (&["krw"], "KRW"), (&["sek"], "SEK"), (&["nok"], "NOK"), (&["dkk"], "DKK"),
    (&["pln"], "PLN"), (&["czk"], "CZK"), (&["huf"], "HUF"), (&["zar"], "ZAR"), (&["aed"], "AED"), (&["sar"], "SAR"),
    (&["thb"], "THB"), (&["myr"], "MYR"), (&["idr"], "IDR"), (&["php"], "PHP"), (&["ngn"], "NGN"), (&["kes"], "KES"),
    (&["egp"], "EGP"), (&["pkr"], "PKR"), (&["rub"], "RUB"), (&["uah"], "UAH"), (&["ils"], "ILS"),
];

/// Whose dollars, pesos, francs: the code for the demonym before the word and the word's plural, or the code that it would
/// have alone.
pub(super) fn of_country(whose: &str, plural: &str) -> Option<&'static str> {
    static CODES: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| Language::english().list(Fact::Currencies).valued("of").collect());
    CODES.get(format!("{whose} {plural}").as_str()).copied()
}
