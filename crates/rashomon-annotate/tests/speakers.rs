//! Who is quoted in invented reports in many papers' styles: the cases stand in `speakers.txt`.

use rashomon_annotate::annotate;
use rashomon_model::Article;

#[test]
fn invented_reports_name_their_speakers() {
    let mut wrong = Vec::new();
    let mut found = 0;
    for case in include_str!("speakers.txt").split("\n== ").skip(1) {
        let (name, body) = case.split_once('\n').unwrap_or((case, ""));
        let text: Vec<&str> = body.lines().filter(|l| !l.starts_with("> ")).collect();
        let text = text.join("\n").trim().to_owned();
        let it = annotate(Article { id: name.into(), text, ..Article::default() }).output;
        for line in body.lines().filter_map(|l| l.strip_prefix("> ")) {
            let (words, expected) = line.rsplit_once(" | ").unwrap_or((line, "-"));
            let holds = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words);
            let quote = it.quotes.iter().find(|q| holds(it.text(q.span)));
            let speaker = quote.map(|q| q.speaker.as_deref().unwrap_or("-"));
            let right = speaker.is_some_and(|s| match expected.strip_prefix('~') {
                Some(end) => s.ends_with(end),
                None => s == expected,
            });
            found += usize::from(right);
            if !right {
                wrong.push(format!("{name}: {words:?} is {speaker:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(found > 90, "only {found} found");
}
