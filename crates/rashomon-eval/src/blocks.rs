//! Stories linked by blocks of days, held against those of one run: how large a margin must be, and what the check at the
//! borders catches.

use crate::pool;
use rashomon::group::blocks::{Cut, Linked, Unlinkable, unsettled};
use rashomon::group::{Grouper, Light, Placement, Record};
use std::collections::HashMap;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSONL (.gz) of articles; undated ones are left out
    file: String,
    /// Days of a block, several with commas
    #[arg(long, value_delimiter = ',', default_value = "20,40")]
    block: Vec<usize>,
    /// Days of the margin, several with commas
    #[arg(long, value_delimiter = ',', default_value = "6,10,20,40")]
    margin: Vec<i32>,
}

/// Prints a row a size and margin.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let rows: Vec<_> = pool::read(&args.file)?.into_iter().filter(|it| it.published.is_some()).collect();
    let record = |row: &pool::Row| {
        let title = row.title.as_deref().unwrap_or_default();
        Record::of(&Light { id: &row.id, title, text: &row.text, published: row.published.map(|it| it.at) })
    };
    let records: Vec<Record> = rows.iter().map(record).collect();
    let days: Vec<i64> = rows.iter().filter_map(|it| Some(it.published?.at.as_second().div_euclid(86_400))).collect();
    let first = i32::try_from(days.iter().min().copied().unwrap_or_default()).unwrap_or_default();
    let last = i32::try_from(days.iter().max().copied().unwrap_or_default()).unwrap_or_default();
    drop(rows);
    let began = Instant::now();
    let whole = grouper(&records).stories();
    let at_once = began.elapsed().as_secs_f64();
    let sizes = whole.iter().fold(HashMap::new(), |mut sizes: HashMap<&str, usize>, it| {
        *sizes.entry(&it.story).or_default() += 1;
        sizes
    });
    println!(
        "{} dated articles over {} days; largest story {}; at once {at_once:.1} s",
        records.len(),
        last - first + 1,
        sizes.values().max().copied().unwrap_or_default()
    );
    println!("| block | margin | borders | do not agree | otherwise unchecked | linked again | checked | seconds |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |");
    for block in &args.block {
        for margin in &args.margin {
            let cut = Cut::before((first..=last).step_by((*block).max(1)).skip(1));
            let unchecked: Vec<Linked> = (0..cut.blocks())
                .map(|n| part(&records, &days, &cut, n, *margin).link(&cut, n, *margin))
                .collect::<Result<_, Unlinkable>>()
                .map_err(|e| e.to_string())?;
            let apart = unsettled(unchecked.iter().flat_map(|it| &it.borders).map(|it| (it.day, it.digest))).len();
            let wrong = otherwise(&whole, &unchecked);
            let began = Instant::now();
            let (again, checked) = match grouper(&records).settle_by_blocks(&cut, *margin) {
                Ok((found, again)) => (again.len().to_string(), if found == whole { "equal" } else { "NOT EQUAL" }),
                Err(Unlinkable::Unsettled(_)) => ("-".to_owned(), "refused"),
                Err(e) => return Err(e.to_string()),
            };
            println!(
                "| {block} | {margin} | {} | {apart} | {wrong} | {again} | {checked} | {:.1} |",
                cut.borders().len(),
                began.elapsed().as_secs_f64()
            );
        }
    }
    Ok(())
}

fn grouper(records: &[Record]) -> Grouper {
    let mut it = Grouper::new();
    for record in records {
        it.add(record.clone());
    }
    it
}

fn part(records: &[Record], days: &[i64], cut: &Cut, block: usize, margin: i32) -> Grouper {
    let mut it = Grouper::new();
    for (record, day) in records.iter().zip(days) {
        if i32::try_from(*day).is_ok_and(|day| cut.needed_in(day, margin).contains(&block)) {
            it.add(record.clone());
        }
    }
    it
}

/// Articles whose row is another one, if nobody looks at the borders. Ids are taken to be told apart.
fn otherwise(whole: &[Placement], linked: &[Linked]) -> usize {
    let rows: HashMap<&str, (&str, f64)> = whole.iter().map(|it| (&*it.id, (&*it.story, it.score))).collect();
    let located = linked.iter().flat_map(|it| &it.located);
    located.filter(|it| rows.get(&*it.name.id) != Some(&(&*it.first.id, it.score))).count()
}
