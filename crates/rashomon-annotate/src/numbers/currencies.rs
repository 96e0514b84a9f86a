//! Currencies by their names, signs and the countries that tell dollars, pesos and francs apart (ISO 4217 codes).
//!
//! Source: the currency names and signs of ISO 4217 and of the Unicode CLDR, with the demonyms of their countries.

/// Words behind an amount, and their code.
#[rustfmt::skip]
pub(super) const NAMED: &[(&[&str], &str)] = &[
    (&["dollar", "dollars", "greenback", "greenbacks"], "USD"),
    (&["euro", "euros"], "EUR"),
    (&["sterling"], "GBP"),
    (&["rupee", "rupees"], "INR"),
    (&["yen"], "JPY"),
    (&["yuan", "renminbi"], "CNY"),
    (&["ruble", "rubles", "rouble", "roubles"], "RUB"),
    (&["hryvnia", "hryvnias"], "UAH"),
    (&["shekel", "shekels"], "ILS"),
    (&["lira", "liras"], "TRY"),
    (&["zloty", "zlotys", "zloties", "złoty", "złotych"], "PLN"),
    (&["forint", "forints"], "HUF"),
    (&["koruna", "korunas"], "CZK"),
    (&["krona", "kronor"], "SEK"),
    (&["leu", "lei"], "RON"),
    (&["baht"], "THB"),
    (&["ringgit"], "MYR"),
    (&["rupiah"], "IDR"),
    (&["dong"], "VND"),
    (&["rand"], "ZAR"),
    (&["naira"], "NGN"),
    (&["cedi", "cedis"], "GHS"),
    (&["birr"], "ETB"),
    (&["kwacha"], "ZMW"),
    (&["taka"], "BDT"),
    (&["reais"], "BRL"),
    (&["bolivar", "bolivars", "bolivares"], "VES"),
    (&["tenge"], "KZT"),
    (&["lari"], "GEL"),
    (&["guarani", "guaranis"], "PYG"),
    (&["quetzal", "quetzales"], "GTQ"),
    (&["peso", "pesos"], "pesos"),
    (&["franc", "francs"], "francs"),
    (&["dinar", "dinars"], "dinars"),
    (&["dirham", "dirhams"], "dirhams"),
    (&["riyal", "riyals", "rial", "rials"], "rials"),
    (&["shilling", "shillings"], "shillings"),
    (&["krone", "kroner"], "kroner"),
];

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

/// Whose dollars, pesos, francs: the demonym before the word, the word's plural, and the code.
#[rustfmt::skip]
pub(super) const OF_COUNTRIES: &[(&str, &str, &str)] = &[
    ("american", "dollars", "USD"), ("australian", "dollars", "AUD"), ("canadian", "dollars", "CAD"),
    ("zealand", "dollars", "NZD"), ("kong", "dollars", "HKD"), ("singapore", "dollars", "SGD"),
    ("singaporean", "dollars", "SGD"), ("taiwan", "dollars", "TWD"), ("taiwanese", "dollars", "TWD"),
    ("jamaican", "dollars", "JMD"), ("bahamian", "dollars", "BSD"), ("barbados", "dollars", "BBD"),
    ("fijian", "dollars", "FJD"), ("namibian", "dollars", "NAD"), ("zimbabwean", "dollars", "ZWL"),
    ("mexican", "pesos", "MXN"), ("argentine", "pesos", "ARS"), ("argentinian", "pesos", "ARS"),
    ("philippine", "pesos", "PHP"), ("filipino", "pesos", "PHP"), ("chilean", "pesos", "CLP"),
    ("colombian", "pesos", "COP"), ("cuban", "pesos", "CUP"), ("uruguayan", "pesos", "UYU"),
    ("dominican", "pesos", "DOP"), ("swiss", "francs", "CHF"), ("cfa", "francs", "XOF"), ("rwandan", "francs", "RWF"),
    ("congolese", "francs", "CDF"), ("french", "francs", "FRF"), ("belgian", "francs", "BEF"),
    ("kuwaiti", "dinars", "KWD"), ("iraqi", "dinars", "IQD"), ("jordanian", "dinars", "JOD"),
    ("tunisian", "dinars", "TND"), ("algerian", "dinars", "DZD"), ("serbian", "dinars", "RSD"),
    ("bahraini", "dinars", "BHD"), ("libyan", "dinars", "LYD"), ("emirati", "dirhams", "AED"),
    ("uae", "dirhams", "AED"), ("moroccan", "dirhams", "MAD"), ("saudi", "rials", "SAR"), ("qatari", "rials", "QAR"),
    ("omani", "rials", "OMR"), ("iranian", "rials", "IRR"), ("yemeni", "rials", "YER"),
    ("kenyan", "shillings", "KES"), ("ugandan", "shillings", "UGX"), ("tanzanian", "shillings", "TZS"),
    ("somali", "shillings", "SOS"), ("norwegian", "kroner", "NOK"), ("danish", "kroner", "DKK"),
    ("swedish", "kroner", "SEK"), ("swedish", "SEK", "SEK"), ("icelandic", "SEK", "ISK"), ("pakistani", "INR", "PKR"),
    ("lankan", "INR", "LKR"), ("nepali", "INR", "NPR"), ("nepalese", "INR", "NPR"), ("indian", "INR", "INR"),
    ("mauritian", "INR", "MUR"), ("australian", "USD", "AUD"), ("egyptian", "pounds", "EGP"),
    ("sudanese", "pounds", "SDG"), ("syrian", "pounds", "SYP"), ("lebanese", "pounds", "LBP"),
    ("british", "pounds", "GBP"), ("cypriot", "pounds", "CYP"), ("irish", "pounds", "IEP"),
    ("lebanese", "TRY", "LBP"), ("italian", "TRY", "ITL"), ("turkish", "TRY", "TRY"), ("belarusian", "RUB", "BYN"),
    ("russian", "RUB", "RUB"), ("korean", "won", "KRW"),
];
