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
fn times_of_every_kind_have_the_values_of_english() {
    let table: &[(&str, &str, &[&str])] = &[
        // What is told from the time last told.
        (
            "es",
            "El puente cayó el 3 de mayo de 2021. Cuatro días después murió el guarda.",
            &["2021-05-03", "2021-05-07"],
        ),
        ("fr", "Le pont est tombé en 2019 et fut rebâti deux ans plus tard.", &["2019", "2021"]),
        ("de", "Die Brücke fiel 2019. Im folgenden Jahr kam der Prozess.", &["2019", "2020"]),
        ("uk", "Міст упав 3 травня 2021 року, а через чотири дні помер сторож.", &["2021-05-03", "2021-05-07"]),
        // But a length of time is one.
        ("es", "Tres días después de la caída llegó ayuda.", &["P3D"]),
        ("ru", "Через три дня после обвала пришла помощь.", &["P3D"]),
        ("pt", "O muro caiu duas semanas antes de a obra acabar.", &["P2W"]),
        // Counts with a word between, one of a unit, and adjectives.
        ("fr", "Les quatre dernières années ont été dures, ces derniers mois aussi.", &["P4Y", "PXM"]),
        ("ru", "Суд отложили на неделю, в течение месяца решат.", &["P1W", "P1M"]),
        ("de", "Nach einer dreiwöchigen Pause wartete man stundenlang.", &["P3W", "PTXH"]),
        ("uk", "Після однотижневого розшуку його знайшли на цьому тижні.", &["P1W", "2024-W19"]),
        // Parts of years, centuries, runs of years.
        ("es", "En el segundo trimestre de 2023, como en el siglo XIX.", &["2023-Q2", "18"]),
        ("fr", "Une tour du XIXe siècle, fermée cet été.", &["18", "2024-SU"]),
        ("ru", "Башня 19-го века сгорела в июньском пожаре.", &["18", "2023-06"]),
        ("pt", "A seca de 1950-53 voltou em Outubro.", &["P4Y", "2023-10"]),
        ("de", "Der Vertrag wurde 1997 in Orlavia geschlossen; Anfang des Monats lief er aus.", &["1997", "2024-05"]),
        // What only looks like a time.
        ("de", "Er zählte rund 2000 Vögel und 1997 Nester.", &[]),
        ("fr", "La pièce a été jouée au mois de juin.", &["2023-06"]),
        ("ru", "Задержан 32-летний житель Кестрова.", &[]),
        ("es", "Tenía 9 años, su hermano 40 años de edad.", &[]),
        // Hours with a stop, where a word leads to an hour.
        ("uk", "Засідання почнеться в четвер об 11.15.", &["2024-05-02", "2024-05-02T11:15"]),
        ("fr", "Le train part jeudi à 11 h 15.", &["2024-05-02", "2024-05-02T11:15"]),
    ];
    for (code, text, values) in table {
        assert_eq!(found(&read(code, text)).1, *values, "{code}: {text}");
    }
}

#[test]
fn phrases_of_time_that_languages_share() {
    let table: &[(&str, &str, &[&str])] = &[
        // Ahead; halves; the day after and the same day; the year of a season.
        ("de", "In den kommenden Wochen wird gebaut, anderthalb Jahre lang.", &["FUTURE_REF", "P1Y6M"]),
        ("ru", "Это решат в ближайшие недели, а не через полчаса.", &["FUTURE_REF", "PT30M"]),
        ("fr", "Il a attendu un an et demi, puis une demi-heure.", &["P1Y6M", "PT30M"]),
        ("uk", "Він чекав два з половиною роки.", &["P2Y6M"]),
        ("fr", "Le pont est tombé le 3 mai 2021. Le lendemain, on pleurait.", &["2021-05-03", "2021-05-04"]),
        ("ru", "Мост упал 3 мая 2021 года. На следующий день всё стихло.", &["2021-05-03", "2021-05-04"]),
        ("uk", "Міст упав 3 травня 2021 року. Того ж дня все стихло.", &["2021-05-03", "2021-05-03"]),
        ("de", "Im Sommer 2016 kam der Regen.", &["2016-SU"]),
        ("ru", "Вчера днем было тихо, в полдень тоже.", &["2024-05-07TAF", "2024-05-07T12:00"]),
        ("uk", "Його шукали минулими вихідними й останніми роками.", &["2024-W18-WE", "PAST_REF"]),
        // The time before; what is counted from a thing told is a length.
        ("de", "Die Brücke fiel 2019. Zwei Jahre vorher war sie neu.", &["2019", "2017"]),
        ("uk", "Міст упав 2019 року. Два роки до того він був новий.", &["2019", "2017"]),
        ("uk", "За два роки до того, як він упав, було тихо.", &["P2Y"]),
        ("ru", "Мост упал в июле 2019 года, а в предыдущем месяце был новым.", &["2019-07", "2019-06"]),
        ("fr", "Il partit dans le mois suivant son procès.", &["P1M"]),
        ("ru", "Он провел год в тюрьме.", &["P1Y"]),
        ("ru", "Он провел день рождения дома.", &[]),
        // What lasts so long and what is so old.
        ("de", "Nach fünfjährigen Beratungen kam ein fünfjähriger Junge.", &["P5Y"]),
        ("ru", "Пятилетний срок за кражу трехлетней давности, вор — 32-летний моряк.", &["P5Y", "2021"]),
        ("fr", "Elle est de 20 ans son aînée.", &["P20Y"]),
        // Nobody knows how many.
        ("fr", "C'était il y a plusieurs dizaines d'années.", &["PAST_REF"]),
        ("de", "Ein paar Tage vergingen.", &["PXD"]),
        // Years and months told together; hours.
        ("de", "Der von 1950 bis 1953 geführte Krieg.", &["1950", "1953"]),
        ("de", "Zwischen März und Mai 2012 stand sie leer.", &["2012-03", "2012-05"]),
        ("de", "Er kommt Ende Mai.", &["2024-05"]),
        ("fr", "La séance débute 17 h 30, un vol de 17 h 30 la précède.", &["XXXX-XX-XXT17:30"]),
        ("de", "Sie kam am Montagnachmittag oder -abend.", &["2024-05-06TAF", "2024-05-06TEV"]),
        // What only looks like a time.
        ("ru", "Матч начнётся в 02:30 по летнему времени, перед последним днем.", &["XXXX-XX-XXT02:30"]),
        ("de", "Am letzten Tag der Reise regnete es.", &[]),
    ];
    for (code, text, values) in table {
        assert_eq!(found(&read(code, text)).1, *values, "{code}: {text}");
    }
}

#[test]
fn numbers_that_count_nothing_are_left_out() {
    let table: &[(&str, &str, &[f64])] = &[
        ("es", "Tenía 13 años y llame al 116 123 si vio algo.", &[]),
        ("de", "Harrow 2 – 0 Melby: Tor in Minute 12", &[12.0]),
        ("fr", "Il avait 13 ans ; 40 000 billets sont vendus.", &[40_000.0]),
        ("ru", "Погибла одна женщина, миллионы людей без света.", &[1.0, 2_000_000.0]),
        ("uk", "Шестеро людей у лікарні, один із них лікар.", &[6.0]),
        ("es", "Una mujer perdió millones de pesos.", &[2_000_000.0]),
    ];
    for (code, text, values) in table {
        assert_eq!(found(&read(code, text)).2, *values, "{code}: {text}");
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
