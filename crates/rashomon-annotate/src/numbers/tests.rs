//! Numbers as news writes them, each with what is to be read from it.

use super::*;
use rashomon_model::Article;

fn read(text: &str) -> Vec<(String, f64, Option<f64>, Option<String>, Approximation)> {
    let it = crate::annotate(Article { text: text.into(), ..Article::default() }).output;
    let own = |n: &Number| (it.text(n.span).to_owned(), n.value, n.high, n.unit.clone(), n.approximation);
    it.numbers.iter().map(own).collect()
}

fn check(text: &str, expected: &[(&str, f64, Option<f64>, Option<&str>, Approximation)]) {
    let found = read(text);
    let found: Vec<_> = found.iter().map(|(t, v, h, u, a)| (t.as_str(), *v, *h, u.as_deref(), *a)).collect();
    assert_eq!(found, expected, "in {text:?}");
}

use Approximation::{About, AtLeast, AtMost, Exact};

#[test]
fn grouping_scales_and_signs() {
    check(
        "The ministry moved nearly 1,90,000 soldiers.",
        &[("nearly 1,90,000", 190_000.0, None, Some("soldiers"), About)],
    );
    check("It cost $1.5bn to build.", &[("$1.5bn", 1.5e9, None, Some("USD"), Exact)]);
    check("It cost Rs 2.5 crore.", &[("Rs 2.5 crore", 2.5e7, None, Some("INR"), Exact)]);
    check("A loan of 1.2 million euros was paid.", &[("1.2 million euros", 1.2e6, None, Some("EUR"), Exact)]);
    check("Some 1.2 million people fled.", &[("Some 1.2 million", 1.2e6, None, Some("people"), About)]);
    check("They hold US$3-4 million.", &[("US$3-4 million", 3e6, Some(4e6), Some("USD"), Exact)]);
    check("It sold 3,000 tickets.", &[("3,000", 3000.0, None, Some("tickets"), Exact)]);
}

#[test]
fn words_and_fractions() {
    check("Two dozen ships sank.", &[("Two dozen", 24.0, None, Some("ships"), Exact)]);
    check("Twenty-five ships sank.", &[("Twenty-five", 25.0, None, Some("ships"), Exact)]);
    check("One hundred and twelve ships sank.", &[("One hundred and twelve", 112.0, None, Some("ships"), Exact)]);
    check("Half a million voters came.", &[("Half a million", 500_000.0, None, Some("voters"), Exact)]);
    check("Two-thirds of voters came.", &[("Two-thirds", 2.0 / 3.0, None, Some("voters"), Exact)]);
    check("A third of the houses burned.", &[("A third", 1.0 / 3.0, None, Some("houses"), Exact)]);
    check("More than half of voters came.", &[("More than half", 0.5, None, Some("voters"), AtLeast)]);
    check(
        "Tens of thousands of voters came.",
        &[("Tens of thousands", 20_000.0, Some(100_000.0), Some("voters"), Exact)],
    );
    check("Dozens of houses burned.", &[("Dozens", 24.0, Some(120.0), Some("houses"), Exact)]);
    check("Several hundred houses burned.", &[("Several hundred", 200.0, Some(900.0), Some("houses"), Exact)]);
}

#[test]
fn hedges_and_ranges() {
    check("Nearly 40% agreed.", &[("Nearly 40%", 40.0, None, Some("percent"), About)]);
    check("At least 12 people died.", &[("At least 12", 12.0, None, Some("people"), AtLeast)]);
    check("Up to 30 people died.", &[("Up to 30", 30.0, None, Some("people"), AtMost)]);
    check("No fewer than 30 people died.", &[("No fewer than 30", 30.0, None, Some("people"), AtLeast)]);
    check("It took 10 to 12 ships.", &[("10 to 12", 10.0, Some(12.0), Some("ships"), Exact)]);
    check("It took between 10 and 12 ships.", &[("between 10 and 12", 10.0, Some(12.0), Some("ships"), Exact)]);
    check("It took 10-12 ships.", &[("10-12", 10.0, Some(12.0), Some("ships"), Exact)]);
    check("The flood left 12 dead.", &[("12", 12.0, None, Some("dead"), Exact)]);
}

#[test]
fn what_counts_nothing_is_left_out() {
    for text in [
        "The Rovers won 3-1 away.",
        "A 42-year-old man fell.",
        "Ann Lee, 42, fell.",
        "They invoked Article 5 again.",
        "A new Covid-19 wave came.",
        "The G20 met again.",
        "It happened on March 12, 2019 at 10:30 a.m.",
        "They waited for two years.",
        "She came third.",
        "No one knew him.",
        "Release 3.2.1 is out.",
    ] {
        check(text, &[]);
    }
}
