//! How long grouping takes, in one process: articles to records, records to stories, a few more articles into them.

use criterion::{Criterion, criterion_group, criterion_main};
use rashomon_group::{Grouper, Light, Record};
use std::hint::black_box;

/// Invented articles of some 300 words: four an event, a hundred a day, every ninth undated.
fn articles(count: usize) -> Vec<(String, String, Option<jiff::Timestamp>)> {
    let mut random = 1_u64;
    let mut below = |n: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % n
    };
    let article = |n: usize| {
        let event = n / 4;
        let mut text = String::new();
        for m in 0..300 {
            match below(10) {
                0..2 => text.push_str(&format!("Quor{event}x{} ", below(20))),
                2..4 => text.push_str(&format!("brin{}x{} ", event / 8, below(60))),
                4..8 => text.push_str(["the ", "of ", "to ", "and "][below(4) as usize]),
                _ => text.push_str(&format!("zelk{} ", below(3000))),
            }
            text.push_str(if m % 15 == 14 { ". " } else { "" });
        }
        let second = 1_600_000_000 + 864 * n as i64;
        (format!("a{n}"), text, jiff::Timestamp::from_second(second).ok().filter(|_| !n.is_multiple_of(9)))
    };
    (0..count).map(article).collect()
}

fn stages(c: &mut Criterion) {
    let all = articles(3050);
    let record = |(id, text, at): &(String, String, Option<jiff::Timestamp>)| {
        Record::of(&Light { id, title: &text[..60], text, published: *at })
    };
    c.bench_function("sketch 100 articles of 300 words", |b| {
        b.iter(|| all[..100].iter().map(record).collect::<Vec<_>>());
    });
    let mut grouper = Grouper::new();
    grouper.resumable();
    for it in &all[..3000] {
        grouper.add(record(it));
    }
    c.bench_function("place 3,000 articles", |b| b.iter(|| black_box(grouper.clone()).place()));
    let change = grouper.clone().place().change;
    assert!(grouper.resume(&change).is_some(), "a run goes on from its own change");
    for it in &all[3000..] {
        grouper.add(record(it));
    }
    c.bench_function("place 50 more", |b| b.iter(|| black_box(grouper.clone()).place()));
}

criterion_group!(benches, stages);
criterion_main!(benches);
