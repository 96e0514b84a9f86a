//! How long the stages take, in one process: the shipped example from articles to JSON.

use criterion::{Criterion, criterion_group, criterion_main};
use rashomon::model::Article;
use std::path::Path;

fn example() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ferry/articles");
    let records = rashomon::read::records(&folder.to_string_lossy()).expect("the example is in the repository");
    records.filter_map(|r| rashomon::read::article(&r.ok()?).output).collect()
}

fn stages(c: &mut Criterion) {
    let articles = example();
    // Two texts of about 400 words that share most of their sentences.
    let text = |range: std::ops::Range<usize>| {
        let all = articles[range].iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join("\n");
        rashomon::lineage::Words::of(&all.split_inclusive(' ').take(400).collect::<String>())
    };
    let (one, two) = (text(2..5), text(3..6));
    let mut aligner = rashomon::lineage::Aligner::default();
    c.bench_function("align two texts of 400 words", |b| b.iter(|| aligner.align(&one, &two)));
    c.bench_function("annotate the example", |b| b.iter(|| rashomon::annotate_all(articles.clone())));
    let annotated = rashomon::annotate_all(articles.clone()).output;
    let corpus = rashomon::annotate::Corpus::new(annotated).output;
    c.bench_function("group the example", |b| b.iter(|| rashomon::group::group(&corpus)));
    let stories = rashomon::group::group(&corpus).output;
    c.bench_function("compare the example", |b| {
        b.iter(|| stories.iter().map(|s| rashomon::compare::compare(&corpus, s)).collect::<Vec<_>>());
    });
    let it = rashomon::collate(articles).output;
    c.bench_function("print the example as JSON", |b| {
        b.iter(|| rashomon::report::collation_json(&it.corpus, &it.stories))
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);
