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
    c.bench_function("annotate the example", |b| b.iter(|| rashomon::annotate_all(articles.clone())));
    let annotated = rashomon::annotate_all(articles.clone()).output;
    let corpus = rashomon::annotate::Corpus::new(annotated).output;
    c.bench_function("group the example", |b| b.iter(|| rashomon::group::group(&corpus)));
    let stories = rashomon::group::group(&corpus);
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
