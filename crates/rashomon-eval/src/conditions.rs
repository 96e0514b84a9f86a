//! What else could a labelled set have looked like? The same stories without dates, without headlines, cut short, mostly
//! alone, spread over days, or told a hundred times.
//!
//! Weights learned under all of these conditions at once rest on what holds in each of them, not on the habits of one
//! collection: that its stories have two reports, or no dates.

use crate::labelled::Row;
use crate::random::Random;
use std::collections::BTreeMap;

/// A way in which a set is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// As it is.
    Whole,
    /// Half of the stories down to one report, a fifth to some of theirs: most reports of a real stream have no companion.
    Thinned,
    /// Without dates.
    Undated,
    /// Without dates and headlines, bodies cut to 60 to 400 words.
    Cut,
    /// Given dates: each story begins on a day of a month, its reports follow within days.
    Dated,
    /// Stories of 1 to 80 reports, each put together from sentences of one to three true ones, over up to ten days.
    Swollen,
    /// The same without dates.
    SwollenUndated,
}

impl Condition {
    pub(crate) const ALL: [Self; 7] =
        [Self::Whole, Self::Thinned, Self::Undated, Self::Cut, Self::Dated, Self::Swollen, Self::SwollenUndated];

    /// `rows` under this condition; the same for the same seed.
    pub(crate) fn of(self, rows: &[Row], seed: u64) -> Vec<Row> {
        let mut random = Random::new(seed.wrapping_mul(31) + self as u64);
        let undated = |mut rows: Vec<Row>| {
            rows.iter_mut().for_each(|it| it.published = None);
            rows
        };
        match self {
            Self::Whole => rows.to_vec(),
            Self::Thinned => thinned(rows, &mut random),
            Self::Undated => undated(rows.to_vec()),
            Self::Cut => undated(rows.iter().map(|row| cut(row, &mut random)).collect()),
            Self::Dated => dated(rows, &mut random),
            Self::Swollen => swollen(rows, &mut random),
            Self::SwollenUndated => undated(swollen(rows, &mut random)),
        }
    }
}

fn stories(rows: &[Row]) -> BTreeMap<&str, Vec<&Row>> {
    let mut stories: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    rows.iter().for_each(|row| stories.entry(&row.story).or_default().push(row));
    stories
}

fn thinned(rows: &[Row], random: &mut Random) -> Vec<Row> {
    let mut out = Vec::new();
    for (_, mut reports) in stories(rows) {
        random.shuffle(&mut reports);
        match random.below(10) {
            0..5 => reports.truncate(1),
            5..7 if reports.len() > 3 => reports.truncate(2 + random.below(reports.len() - 2)),
            _ => {}
        }
        out.extend(reports.into_iter().cloned());
    }
    out
}

fn cut(row: &Row, random: &mut Random) -> Row {
    let words = 60 + random.below(340);
    let whole = format!("{}\n\n{}", row.title.as_deref().unwrap_or_default(), row.text);
    let end = whole.split_inclusive(char::is_whitespace).take(words).map(str::len).sum();
    Row { title: None, published: None, text: whole[..end].to_owned(), ..row.clone() }
}

/// A day of January or February 2020.
fn date(day: usize) -> String {
    if day < 31 { format!("2020-01-{:02}", day + 1) } else { format!("2020-02-{:02}", (day - 31).min(28) + 1) }
}

/// Days after a story began: most reports come on the first.
fn delay(random: &mut Random, most: usize) -> usize {
    (0..most).find(|_| random.below(100) < 55).unwrap_or(most)
}

fn dated(rows: &[Row], random: &mut Random) -> Vec<Row> {
    let mut out = Vec::new();
    for (_, reports) in stories(rows) {
        let begin = random.below(31);
        for row in reports {
            out.push(Row { published: Some(date(begin + delay(random, 6))), ..row.clone() });
        }
    }
    out
}

fn swollen(rows: &[Row], random: &mut Random) -> Vec<Row> {
    let mut out = Vec::new();
    for (story, reports) in stories(rows) {
        let begin = random.below(31);
        // Zipf: a story in two has one or two reports, one in forty has forty or more.
        let size = (80 / (1 + random.below(80))).max(1);
        for n in 0..size {
            let first = reports[random.below(reports.len())];
            let mut sentences: Vec<&str> = first.text.split_inclusive(". ").collect();
            for _ in 0..random.below(3) {
                sentences.extend(reports[random.below(reports.len())].text.split_inclusive(". "));
            }
            let keep = 30 + random.below(50);
            let words = 80 + random.below(500);
            let mut text = String::new();
            let mut count = 0;
            for sentence in sentences {
                if random.below(100) < keep && count < words {
                    text.push_str(sentence);
                    count += sentence.split_whitespace().count();
                }
            }
            out.push(Row {
                id: format!("{story}-{n}"),
                title: first.title.clone().filter(|_| random.below(3) > 0),
                text,
                published: Some(date(begin + delay(random, 10))),
                story: story.to_owned(),
            });
        }
    }
    out
}
