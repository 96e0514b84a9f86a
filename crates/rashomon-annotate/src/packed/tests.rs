//! Five languages' invented reports in the style of their press, and a language that nobody speaks.

use crate::annotate_in;
use crate::{Annotated, QuoteKind};
use rashomon_language::Language;
use rashomon_model::{Article, Moment};

fn read(code: &str, text: &str) -> Annotated {
    let at = "2024-05-08T12:00:00Z".parse().unwrap();
    let article = Article {
        text: text.into(),
        language: Some(code.into()),
        published: Some(Moment::instant(at, 0)),
        ..Article::default()
    };
    crate::annotate(article).output
}

/// Direct speech with its speaker, values of times and of numbers.
fn found(it: &Annotated) -> (Vec<(String, Option<String>)>, Vec<String>, Vec<f64>) {
    let said = it.quotes.iter().filter(|q| q.kind == QuoteKind::Direct);
    (
        said.map(|q| (it.text(q.span).to_owned(), q.speaker.clone())).collect(),
        it.times.iter().map(|t| t.value.clone()).collect(),
        it.numbers.iter().map(|n| n.value).collect(),
    )
}

#[test]
fn reports_of_six_languages() {
    let table: &[(&str, &str, &[(&str, &str)], &[&str], &[f64])] = &[
        (
            "es",
            "El transbordador encalló ayer con 1.250 pasajeros. «No hubo heridos graves entre ellos», dijo la alcaldesa Marta \
             Quiñones. Los daños suman 3,5 millones de euros.\n— Esperamos tres horas en cubierta —contó Luis Berdún—. Nadie vino.",
            &[
                ("No hubo heridos graves entre ellos", "Marta Quiñones"),
                ("Esperamos tres horas en cubierta —contó Luis Berdún—. Nadie vino.", "Luis Berdún"),
            ],
            &["2024-05-07", "PT3H"],
            &[1250.0, 3_500_000.0],
        ),
        (
            "pt",
            "A balsa encalhou em 3 de maio de 2024. “Não houve feridos graves a bordo”, disse a prefeita Marta Quintão.",
            &[("Não houve feridos graves a bordo", "Marta Quintão")],
            &["2024-05-03"],
            &[],
        ),
        (
            "fr",
            "Le bac s’est échoué lundi avec 12 500 passagers. « Nous avons attendu toute la nuit », a déclaré Jeanne Morvalle.",
            &[("Nous avons attendu toute la nuit", "Jeanne Morvalle")],
            &["2024-05-06", "XXXX-XX-XXTNI"],
            &[12_500.0],
        ),
        (
            "de",
            "Die Fähre lief am 3. Mai auf Grund, der Schaden beträgt 1,2 Mio. Euro. „Wir haben die ganze Nacht gewartet“, sagte \
             Bürgermeisterin Marta Quandt.",
            &[("Wir haben die ganze Nacht gewartet", "Marta Quandt")],
            &["2024-05-03", "XXXX-XX-XXTNI"],
            &[1_200_000.0],
        ),
        (
            "ru",
            "Паром сел на мель вчера, на борту было 3 тыс. пассажиров. «Мы ждали всю ночь на палубе», — сказал капитан Орлов.\n\
             — Лодок не было, — рассказала Марта Кванина. — Никто не пришёл.",
            &[
                ("Мы ждали всю ночь на палубе", "Орлов"),
                ("Лодок не было, — рассказала Марта Кванина. — Никто не пришёл.", "Марта Кванина"),
            ],
            &["2024-05-07", "XXXX-XX-XXTNI"],
            &[3000.0],
        ),
        (
            "uk",
            "Пором сів на мілину 3 травня 2024 року. «Ми чекали всю ніч на палубі», — сказала Марта Кваніна.",
            &[("Ми чекали всю ніч на палубі", "Марта Кваніна")],
            &["2024-05-03", "XXXX-XX-XXTNI"],
            &[],
        ),
    ];
    for (code, text, said, times, numbers) in table {
        let it = read(code, text);
        let (quotes, values, counts) = found(&it);
        let said: Vec<_> = said.iter().map(|(q, s)| ((*q).to_owned(), Some((*s).to_owned()))).collect();
        assert_eq!(quotes, said, "{code}");
        assert_eq!(values, *times, "{code}");
        assert_eq!(counts, *numbers, "{code}");
    }
}

#[test]
fn a_language_without_a_pack_gets_what_depends_on_none_and_a_note() {
    let article = Article {
        text: "Zorblax «grun va mel tor» snik 2024-05-03. Blit 1250.".into(),
        language: Some("qx".into()),
        ..Article::default()
    };
    let noted = crate::annotate(article);
    assert_eq!(noted.notes.len(), 1);
    assert_eq!(noted.notes[0].rule, "language-without-pack");
    let it = noted.output;
    assert_eq!(it.sentences.len(), 2);
    assert_eq!(it.quotes.len(), 1);
    assert_eq!(it.times[0].value, "2024-05-03");
    assert!(it.names.is_empty());
}

#[test]
fn an_invented_language_is_read_from_a_folder() {
    let file = |name: &str| {
        let text = match name {
            "months" => include_str!("../../tests/language/months.txt"),
            "number-words" => include_str!("../../tests/language/number-words.txt"),
            "reporting-verbs" => include_str!("../../tests/language/reporting-verbs.txt"),
            _ => return None,
        };
        Some(text.to_owned())
    };
    let language = Language::load("qx", file);
    let article = Article {
        text: "Grom «va mel tor snik ral», zog Aru Belto. Kin 12 plim norv 2024.".into(),
        language: Some("qx".into()),
        ..Article::default()
    };
    let it = annotate_in(article, &language).output;
    assert_eq!(it.quotes[0].speaker.as_deref(), Some("Aru Belto"));
    assert_eq!(it.numbers[0].value, 144.0);
    assert_eq!(it.times[0].value, "2024-03");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(\\PC|[ a-zA-Zа-яё0-9.,—–«»„“”\"!?\n-]){0,120}", code in "es|pt|fr|de|ru|uk|qx") {
        let it = read(&code, &text);
        for q in &it.quotes {
            assert!(text.get(q.span.start()..q.span.end()).is_some());
        }
    }
}
