//! Any texts, up to four and parted by NUL, are annotated and collated without a panic, and what is said has its words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rashomon::model::Article;

fuzz_target!(|bytes: &[u8]| {
    let texts = bytes.split(|b| *b == 0).take(4).map(|t| String::from_utf8_lossy(t).into_owned());
    let articles: Vec<Article> = texts
        .enumerate()
        .map(|(n, text)| Article {
            id: n.to_string(),
            title: text.lines().next().map(str::to_owned),
            published: "2031-05-06".parse().ok().and_then(rashomon::model::Moment::day),
            text,
            ..Article::default()
        })
        .collect();
    let found = rashomon::collate(articles).output;
    for (_, collation) in &found.stories {
        for point in &collation.points {
            assert_eq!(point.text, found.corpus.text(point.wording));
        }
    }
    let _ = rashomon::report::collation_json(&found.corpus, &found.stories);
});
