//! Invented reports in the style of six languages' press, beside an English one: a translation, a reprint that credits an
//! agency, a stub, speech behind dashes or between guillemets, and what must do no harm.

use rashomon::annotate::QuoteKind;
use rashomon::compare::{Conflict, ConflictKind, Verdict, check};
use rashomon::lineage::Kind;
use rashomon::model::{Article, DeclaredKind};
use rashomon::{Collated, collate};
use std::collections::BTreeMap;

/// The report that the others are made from.
const ENGLISH: &str = include_str!("languages/en.txt");

/// The files of a language hold five reports, each under a line `== name`.
fn reports(file: &str) -> BTreeMap<&str, &str> {
    let parts = file.split("== ").filter(|it| !it.trim().is_empty());
    parts.filter_map(|it| it.split_once('\n')).map(|(name, text)| (name.trim(), text.trim())).collect()
}

const PACKS: [(&str, &str); 6] = [
    ("es", include_str!("languages/es.txt")),
    ("pt", include_str!("languages/pt.txt")),
    ("fr", include_str!("languages/fr.txt")),
    ("de", include_str!("languages/de.txt")),
    ("ru", include_str!("languages/ru.txt")),
    ("uk", include_str!("languages/uk.txt")),
];

fn row(id: &str, language: Option<&str>, hour: u8, text: &str) -> String {
    serde_json::json!({
        "id": id, "outlet": format!("{id} Post"), "language": language, "text": text,
        "published": format!("2031-05-05T{hour:02}:00:00Z"),
    })
    .to_string()
}

fn read(rows: &[String]) -> Vec<Article> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.jsonl");
    std::fs::write(&path, rows.join("\n")).unwrap();
    let records = rashomon::read::records(&path.to_string_lossy()).unwrap();
    records.filter_map(|r| rashomon::read::article(&r.unwrap()).output).collect()
}

fn collated(rows: &[String]) -> Collated {
    collate(read(rows)).output
}

/// The relations of all stories as ids and kinds.
fn relations(it: &Collated) -> Vec<(String, String, Kind)> {
    let id = |a| it.corpus.get(a).article.id.clone();
    let all = it.stories.iter().flat_map(|s| &s.1.lineage.relations);
    all.filter_map(|r| Some((id(r.source?), id(r.derived), r.kind))).collect()
}

#[test]
fn a_translation_a_reprint_and_a_stub_are_told_apart() {
    for (code, file) in PACKS {
        let texts = reports(file);
        let row = |name: &str, hour| row(&format!("{code}-{name}"), Some(code), hour, texts[name]);
        let rows = [
            self::row("en", Some("en"), 6, ENGLISH),
            row("translation", 8),
            row("reprint", 10),
            row("stub", 9),
            row("other", 12),
            row("told", 13),
        ];
        let it = collated(&rows);
        let found = relations(&it);
        let kind =
            |a: &str, b: &str| found.iter().find(|r| (r.0 == a && r.1 == b) || (r.0 == b && r.1 == a)).map(|r| r.2);
        let named = |name: &str| format!("{code}-{name}");
        assert_eq!(kind("en", &named("translation")), Some(Kind::Translation), "{code} {found:?}");
        let copied = kind(&named("translation"), &named("reprint"));
        assert!(matches!(copied, Some(Kind::Reprint | Kind::Rewrite | Kind::Excerpt)), "{code} {copied:?}");
        assert_eq!(kind("en", &named("stub")), None, "{code}");
        assert_eq!(kind("en", &named("other")), None, "{code}");
        // A report of the same night in its own words is nobody's translation.
        let told = found.iter().find(|r| r.0 == named("told") || r.1 == named("told"));
        assert_eq!(told, None, "{code}");
    }
}

#[test]
fn an_agency_is_credited() {
    for (code, file) in PACKS {
        let article = &read(&[row(code, Some(code), 8, reports(file)["reprint"])])[0];
        let agencies: Vec<_> = article.declared.iter().filter(|d| d.kind == DeclaredKind::Agency).collect();
        assert_eq!(agencies.len(), 1, "{code} {:?}", article.declared);
    }
}

#[test]
fn speech_behind_dashes_and_between_marks_has_its_speaker() {
    for (code, file) in PACKS {
        let it =
            rashomon::annotate::annotate(read(&[row(code, Some(code), 8, reports(file)["other"])]).remove(0)).output;
        let said: Vec<_> = it.quotes.iter().filter(|q| q.kind == QuoteKind::Direct).collect();
        assert_eq!(said.len(), 2, "{code} {:?}", it.quotes);
        assert!(said.iter().all(|q| q.speaker.is_some()), "{code} {said:?}");
    }
}

#[test]
fn a_witness_is_quoted_between_marks_and_a_second_behind_a_dash() {
    for (code, file) in PACKS {
        let it =
            rashomon::annotate::annotate(read(&[row(code, Some(code), 8, reports(file)["told"])]).remove(0)).output;
        let named = |name: &[&str]| {
            it.quotes.iter().any(|q| {
                q.kind == QuoteKind::Direct && q.speaker.as_deref().is_some_and(|s| name.iter().any(|n| s.contains(n)))
            })
        };
        assert!(named(&["Melnik", "Мельник"]), "{code} {:?}", it.quotes);
        assert!(named(&["Holt", "Холт", "Гольт"]), "{code} {:?}", it.quotes);
    }
}

/// Two English reports and a translation of one of them, collated.
fn beside_two_english(code: &str, file: &str) -> Collated {
    const LOCAL: &str = include_str!("languages/en-local.txt");
    collated(&[
        row("en", Some("en"), 6, ENGLISH),
        row("local", Some("en"), 7, LOCAL),
        row("translation", Some(code), 8, reports(file)["translation"]),
    ])
}

#[test]
fn framing_is_of_english_reports_alone() {
    for (code, file) in PACKS {
        let it = beside_two_english(code, file);
        let wire = rashomon::wire::json(&rashomon::wire::Collation::new(&it.corpus, &it.stories));
        let whole: serde_json::Value = serde_json::from_str(&wire).unwrap();
        let framing: Vec<String> =
            whole["stories"].as_array().unwrap().iter().map(|s| s["framing"].to_string()).collect();
        assert!(framing.iter().all(|it| !it.contains("translation")), "{code} {framing:?}");
    }
}

#[test]
fn numbers_and_days_have_the_values_that_they_have_in_english() {
    let values = |code: &str, text: &str| {
        let it = rashomon::annotate::annotate(read(&[row(code, Some(code), 8, text)]).remove(0)).output;
        let mut numbers: Vec<String> = it.numbers.iter().map(|n| n.value.to_string()).collect();
        numbers.sort_unstable();
        let mut days: Vec<String> = it
            .times
            .iter()
            .filter(|t| t.value.len() >= 10 && t.value.starts_with("2031"))
            .map(|t| t.value.clone())
            .collect();
        days.sort_unstable();
        (numbers, days)
    };
    let english = values("en", ENGLISH);
    assert!(english.0.len() >= 6 && english.1.len() >= 2, "{english:?}");
    for (code, file) in PACKS {
        let (numbers, days) = values(code, reports(file)["translation"]);
        assert_eq!(days, english.1, "{code}");
        for it in &english.0 {
            assert!(numbers.contains(it), "{code}: {it} is not among {numbers:?}");
        }
    }
}

#[test]
fn an_utterance_is_one_in_two_languages_and_check_finds_it() {
    for (code, file) in PACKS {
        let rows = [row("en", Some("en"), 6, ENGLISH), row("translation", Some(code), 8, reports(file)["translation"])];
        let it = collated(&rows);
        let joined = it.stories.iter().flat_map(|s| &s.1.quotes).find(|u| u.forms.iter().any(|f| f.translated));
        let joined = joined.unwrap_or_else(|| panic!("{code}: no quotation was joined"));
        assert_eq!(joined.forms.len(), 2, "{code}");
        assert!(joined.forms.iter().all(|f| f.differences.is_empty()), "{code} {joined:?}");
        let english = "We waited for three hours in the cold, and nobody told us when the next boat would come";
        let found = check(&it.corpus, english);
        assert!(found.forms.iter().any(|f| f.translated), "{code} {found:?}");
        assert_eq!(found.verdict, Verdict::Verbatim, "{code}");
        // The other way the words themselves are nowhere in the article that is asked.
        let alone = collated(&rows[1..]);
        let found = check(&alone.corpus, english);
        assert_eq!(found.verdict, Verdict::Reported, "{code} {found:?}");
        let turned = check(&alone.corpus, "The bakery will sell bread again on Tuesday morning");
        assert_eq!(turned.verdict, Verdict::Absent, "{code} {turned:?}");
    }
}

#[test]
fn a_report_in_another_language_carries_points_or_is_unclear_and_never_leaves_out() {
    for (code, file) in PACKS {
        let it = beside_two_english(code, file);
        let translation = it.corpus.iter().find(|a| a.1.article.id == "translation").unwrap().0;
        let points: Vec<_> = it.stories.iter().flat_map(|s| &s.1.points).collect();
        assert!(points.iter().all(|p| !p.omitted.contains(&translation)), "{code}");
        let carried = points.iter().filter(|p| p.carried.iter().any(|c| c.article == translation)).count();
        assert!(carried >= 2, "{code}: {carried} of {} points", points.len());
        // What only the local report says, the translation does not carry.
        let only = points.iter().filter(|p| p.text.contains("bakery")).collect::<Vec<_>>();
        assert!(!only.is_empty() && only.iter().all(|p| p.carried.iter().all(|c| c.article != translation)), "{code}");
    }
}

/// The conflicts between the English report and a translation of it in which `what` was put as `otherwise`.
fn changed(code: &str, file: &str, what: &str, otherwise: &str) -> (Vec<Conflict>, Collated) {
    let text = reports(file)["translation"];
    assert!(text.contains(what), "{code}: {what}");
    let it =
        collated(&[row("en", Some("en"), 6, ENGLISH), row("other", Some(code), 8, &text.replace(what, otherwise))]);
    (it.stories.iter().flat_map(|s| &s.1.points).flat_map(|p| p.conflicts.clone()).collect(), it)
}

#[test]
fn a_translation_as_it_is_is_in_no_conflict() {
    for (code, file) in PACKS {
        let (found, _) = changed(code, file, "17", "17");
        assert_eq!(found, [], "{code}");
    }
}

#[test]
fn a_figure_or_a_day_that_a_translation_changes_is_a_conflict_in_both_languages() {
    for (code, file) in PACKS {
        let thousand = if file.contains("1.250") { "1.250" } else { "250" };
        let day = match code {
            "de" => ("3. Mai", "4. Mai"),
            "es" => ("3 de mayo", "4 de mayo"),
            "pt" => ("3 de maio", "4 de maio"),
            "fr" => ("3 mai", "4 mai"),
            "ru" => ("3 мая", "4 мая"),
            _ => ("3 травня", "4 травня"),
        };
        for (what, otherwise, kind) in [
            ("480", "840", ConflictKind::Number),
            ("17", "71", ConflictKind::Number),
            (thousand, &thousand.replace("50", "90"), ConflictKind::Number),
            (day.0, day.1, ConflictKind::Date),
        ] {
            let (found, it) = changed(code, file, what, otherwise);
            assert_eq!(found.len(), 1, "{code} {what}: {found:?}");
            let conflict = &found[0];
            assert!(conflict.kind == kind && !conflict.update, "{code} {what}: {conflict:?}");
            assert!(conflict.reason.contains(&format!("(en, {code})")), "{}", conflict.reason);
            let languages: Vec<_> =
                conflict.values.iter().map(|v| it.corpus.get(v.anchor.article).article.language.as_deref()).collect();
            assert_eq!(languages, [Some("en"), Some(code)], "{what}");
            assert!(it.corpus.text(conflict.values[1].anchor).contains(&otherwise[..1]), "{code} {what}");
            // Nor does the other report carry the point: it may say it, with another figure.
            let point = it.stories.iter().flat_map(|s| &s.1.points).find(|p| !p.conflicts.is_empty()).unwrap();
            let other = conflict.values[1].anchor.article;
            assert!(point.carried.iter().all(|c| c.article != other), "{code} {what}");
            assert!(point.unclear.iter().any(|c| c.article == other), "{code} {what}");
        }
    }
}

#[test]
fn what_a_translation_denies_is_a_conflict_and_never_carried() {
    for (code, what, otherwise) in [
        ("es", "La policía interrogó al capitán", "La policía no interrogó al capitán"),
        ("pt", "A polícia interrogou o capitão", "A polícia não interrogou o capitão"),
        ("fr", "La police a interrogé le capitaine", "La police n'a pas interrogé le capitaine"),
        (
            "de",
            "Die Polizei befragte den Kapitän und 17 Mitglieder der Besatzung",
            "Die Polizei befragte den Kapitän und 17 Mitglieder der Besatzung nicht",
        ),
        ("ru", "Полиция допросила капитана", "Полиция не допросила капитана"),
        ("uk", "Поліція допитала капітана", "Поліція не допитала капітана"),
    ] {
        let file = PACKS.iter().find(|it| it.0 == code).unwrap().1;
        let (found, it) = changed(code, file, what, otherwise);
        assert_eq!(found.len(), 1, "{code} {found:?}");
        assert_eq!(found[0].kind, ConflictKind::Negation, "{code}");
        let point = it.stories.iter().flat_map(|s| &s.1.points).find(|p| !p.conflicts.is_empty()).unwrap();
        assert!(point.text.contains("captain"), "{}", point.text);
        assert_eq!(point.carried.len(), 1, "{code}");
    }
}

#[test]
fn mixed_and_wrongly_named_languages_and_right_to_left_text_do_no_harm() {
    let german = reports(PACKS[3].1)["translation"];
    let russian = reports(PACKS[4].1)["translation"];
    let mixed = format!("{german}\n\n{russian}\n\n{ENGLISH}");
    let hebrew =
        "המעבורת עלתה על שרטון ביום שני ליד פורט נורה, ובה 1,250 נוסעים.\n«חיכינו שלוש שעות», אמר איליה ברנקו.\n\n";
    let rows = [
        row("en", Some("en"), 6, ENGLISH),
        row("mixed", None, 7, &mixed),
        row("hebrew", Some("he"), 8, &hebrew.repeat(4)),
        row("arabic-in-latin", Some("fr"), 9, &format!("\u{202e}{hebrew}\u{202c} {russian}")),
        row("german-called-spanish", Some("es"), 10, german),
        row("english-called-german", Some("de"), 11, ENGLISH),
        row("nonsense", Some("xx-unknown"), 12, "«»„“ — –\n— — —\n1.2.3.4,5 % 00:99 31.02.2031"),
    ];
    let it = collated(&rows);
    assert_eq!(it.corpus.iter().count(), rows.len());
    // A text that is plainly English is read as English, whatever its page says.
    let called = it.corpus.iter().find(|a| a.1.article.id == "english-called-german").unwrap().1;
    assert_eq!(called.article.language.as_deref(), Some("en"));
    for story in &it.stories {
        for r in &story.1.lineage.relations {
            for p in &r.evidence {
                assert!(!it.corpus.text(p.source).is_empty() && !it.corpus.text(p.derived).is_empty());
            }
        }
        let foreign = |a| it.corpus.get(a).article.language.as_deref() != Some("en");
        assert!(story.1.points.iter().all(|p| p.omitted.iter().all(|a| !foreign(*a))));
    }
}
