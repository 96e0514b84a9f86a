//! Which language a text is in.
//!
//! whatlang: trigram frequencies and scripts. English is checked first by its most frequent words, because most input is
//! English and the check is far cheaper.

use rashomon_language::{Fact, Language};
use whatlang::Lang;

/// ISO 639-1 code of the language of `text`, if it can be told.
pub(crate) fn detect(text: &str) -> Option<String> {
    let piece = middle(text);
    if is_plainly_english(piece) {
        return Some("en".to_owned());
    }
    let info = whatlang::detect(piece)?;
    let told = iso_639_1(info.lang());
    if Language::of(Some(told)).has_pack() && told != "en" && is_rather_english(text, told) {
        return Some("en".to_owned());
    }
    (info.is_reliable() || piece.len() > 200 && info.confidence() > 0.5).then(|| told.to_owned())
}

/// Whether a text taken for one in the language `told` has more function words of English. Lists of dates and names have hardly
/// a trigram of prose, and a transcript may give both what was said and its translation.
fn is_rather_english(text: &str, told: &str) -> bool {
    let [english, other] = ["en", told].map(|code| Language::of(Some(code)).list(Fact::FunctionWords));
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|it| !it.is_empty()).map(str::to_lowercase);
    let (of_english, of_other) = words().fold((0, 0), |(one, two), word| {
        (one + usize::from(english.contains(&word)), two + usize::from(other.contains(&word)))
    });
    of_english > of_other
}

/// The language of a text whose page or row says that it is in `stated`. Templates name a language for all their pages: a text
/// that is plainly English is English all the same.
pub(crate) fn settled(stated: Option<&str>, text: &str) -> Option<String> {
    match stated {
        Some(stated) if stated != "en" && is_plainly_english(middle(text)) => Some("en".to_owned()),
        Some(stated) => Some(stated.to_owned()),
        None => detect(text),
    }
}

/// The middle of a text, which is most likely prose.
fn middle(text: &str) -> &str {
    let from = if text.len() > 6000 { floor(text, text.len() / 4) } else { 0 };
    &text[from..floor(text, (from + 3000).min(text.len()))]
}

/// ISO 639-1 code in a field: `en`, `en-US`, `eng`, `English`.
pub(crate) fn code(field: &str) -> Option<String> {
    let field = field.trim().to_lowercase();
    let primary = field.split(['-', '_', ',', ';']).next()?;
    if primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(primary.to_owned());
    }
    let lang = Lang::all().iter().find(|l| l.code() == primary || l.eng_name().eq_ignore_ascii_case(primary))?;
    Some(iso_639_1(*lang).to_owned())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a tenth of the words are words that only English has among its most frequent.
fn is_plainly_english(piece: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in piece.split_ascii_whitespace().take(200) {
        words += 1;
        english += usize::from(matches!(
            word,
            "the" | "and" | "of" | "to" | "that" | "with" | "said" | "was" | "his" | "from" | "which" | "The"
        ));
    }
    words >= 30 && english * 10 >= words
}

fn iso_639_1(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, wanted) in [
            ("The ferry ran aground on Monday and the passengers were taken off by boats.", Some("en")),
            ("Die Fähre ist am Montag auf Grund gelaufen, und die Passagiere wurden mit Booten geborgen.", Some("de")),
            (
                "Паром сел на мель в понедельник утром, и всех пассажиров сняли на лодках, сообщили в порту. Это был первый рейс.",
                Some("ru"),
            ),
            ("", None),
            (&("The boats ran aground on these days.\n".to_owned() + &"June 10 June 4 May 31 Sept. 7 Harbour du Lac. ".repeat(40)), Some("en")),
            (&"Le ferry est sur le port et les passagers sont dans la gare. The ferry is at the port, and all of the passengers are in the station with their luggage. ".repeat(9), Some("en")),
        ] {
            assert_eq!(detect(text).as_deref(), wanted, "{text}");
        }
        for (field, wanted) in
            [("en-US", Some("en")), ("eng", Some("en")), ("German", Some("de")), ("", None), ("x", None)]
        {
            assert_eq!(code(field).as_deref(), wanted, "{field}");
        }
    }
}
