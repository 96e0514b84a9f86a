//! Points against reports: who carries, who leaves out, who contradicts.

use crate::html::Ref;
use crate::parts::parts;
use crate::phrase;
use crate::report::{Conflict, Evidence, Point, Report, RuleName};
use crate::visible::line;
use serde::Serialize;

/// Reports up to which each has a column of its own; above, a column is an account.
const COLUMNS: usize = 24;
/// Points of one status that are shown before the rest is folded.
const ROWS: usize = 30;
/// Characters of a point's wording.
const WORDING: usize = 420;

/// The matrix.
#[derive(Serialize)]
pub(super) struct Matrix {
    columns: Vec<Column>,
    groups: Vec<Group>,
    /// Why a column stands for more than one report, if it does.
    folded: Option<String>,
    all: usize,
    some: usize,
    disputed: usize,
}

#[derive(Serialize)]
struct Column {
    label: String,
    name: String,
    /// Whether an account begins here.
    first: bool,
    #[serde(skip)]
    members: Vec<usize>,
}

/// The points of one status.
#[derive(Serialize)]
struct Group {
    status: &'static str,
    title: &'static str,
    rows: Vec<Row>,
    rest: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    parts: Vec<Part>,
    said_by: Option<String>,
    background: bool,
    status: &'static str,
    disputes: Vec<Dispute>,
    disputed: bool,
    rule: RuleName,
    wording: Ref,
    cells: Vec<Cell>,
}

/// Words of a point; whose, if no other report has the like.
#[derive(Serialize)]
struct Part {
    text: String,
    only: Option<String>,
}

#[derive(Serialize)]
struct Dispute {
    text: &'static str,
    update: bool,
}

#[derive(Serialize)]
struct Cell {
    /// carried, omitted, unclear, disputed, part or untold.
    state: &'static str,
    /// What is seen.
    sign: String,
    /// What is read out.
    spoken: String,
    evidence: Option<Ref>,
    first: bool,
}

/// The matrix of a report; `None` if there is nothing to set against each other.
pub(super) fn matrix(report: &Report, story: usize) -> Option<Matrix> {
    if report.witnesses.len() < 2 || !report.points.iter().any(|p| p.status != "one") {
        return None;
    }
    let (columns, folded) = columns(report);
    let mut column_of = vec![0; report.witnesses.len()];
    for (n, column) in columns.iter().enumerate() {
        column.members.iter().for_each(|w| column_of[*w] = n);
    }
    let group = |status: &'static str, title: &'static str| {
        let mut rows: Vec<_> = report.points_of(status).map(|p| row(report, story, &columns, &column_of, p)).collect();
        let rest = if rows.len() > ROWS { rows.split_off(ROWS) } else { Vec::new() };
        Group { status, title, rows, rest }
    };
    let groups = [("all", "What all reports say"), ("some", "What some reports say")];
    let count = |status| report.points_of(status).count();
    Some(Matrix {
        groups: groups.into_iter().map(|(s, t)| group(s, t)).filter(|g| !g.rows.is_empty()).collect(),
        folded,
        all: count("all"),
        some: count("some"),
        disputed: report.points.iter().filter(|p| p.status != "one" && report.is_disputed(p)).count(),
        columns,
    })
}

fn columns(report: &Report) -> (Vec<Column>, Option<String>) {
    let single = |w: usize, first| {
        let it = &report.witnesses[w];
        Column { label: it.letter.clone(), name: line(&it.name, 40), first, members: vec![w] }
    };
    let accounts = &report.accounts.members;
    if report.witnesses.len() <= COLUMNS {
        let columns = accounts.iter().flat_map(|m| m.iter().enumerate().map(|(n, w)| single(*w, n == 0)));
        return (columns.collect(), None);
    }
    let mut largest: Vec<_> = accounts.iter().enumerate().collect();
    largest.sort_by_key(|(n, m)| (std::cmp::Reverse(m.len()), *n));
    let others: Vec<usize> = largest.iter().skip(COLUMNS - 1).flat_map(|(_, m)| m.iter().copied()).collect();
    largest.truncate(COLUMNS - 1);
    largest.sort_by_key(|(n, _)| *n);
    let mut columns: Vec<_> = largest
        .iter()
        .map(|(_, m)| {
            let it = single(m[0], true);
            let more = if m.len() > 1 { format!("{} +{}", it.label, m.len() - 1) } else { it.label };
            Column { label: more, members: (*m).clone(), ..it }
        })
        .collect();
    if !others.is_empty() {
        let name = "all other accounts".into();
        columns.push(Column { label: format!("+{}", others.len()), name, first: true, members: others });
    }
    let text = format!(
        "{} reports are too many for a column each: a column is an account, named by its oldest report, and 3/7 means \
         that three of its seven reports carry the point.",
        report.witnesses.len()
    );
    (columns, Some(text))
}

fn row(report: &Report, story: usize, columns: &[Column], column_of: &[usize], it: &Point) -> Row {
    let mut carried: Vec<Vec<Evidence>> = vec![Vec::new(); columns.len()];
    it.carried.iter().for_each(|e| carried[column_of[e.witness]].push(*e));
    let mut values: Vec<Option<(&str, Evidence)>> = vec![None; columns.len()];
    let conflicts: Vec<&Conflict> = report.disputes(it).collect();
    let disputes = conflicts.iter().filter(|c| !c.update);
    for (value, place) in disputes.flat_map(|c| &c.values).flat_map(|(v, places)| places.iter().map(move |p| (v, p))) {
        values[column_of[place.witness]].get_or_insert((value, *place));
    }
    let mut absent: Vec<(usize, Option<Evidence>)> = vec![(0, None); columns.len()];
    it.omitted.iter().for_each(|w| absent[column_of[*w]].0 += 1);
    it.unclear.iter().for_each(|e| _ = absent[column_of[e.witness]].1.get_or_insert(*e));
    let own = &report.witnesses[it.wording.witness].letter;
    let cells = columns.iter().zip(&carried).zip(&values).zip(&absent);
    Row {
        id: it.id.clone(),
        parts: parts(report, it, WORDING)
            .into_iter()
            .map(|(text, alone)| Part { text, only: alone.then(|| own.clone()) })
            .collect(),
        said_by: it.said_by.as_ref().map(|s| line(&phrase::speaker(s), 80)),
        background: it.background,
        status: it.status,
        disputes: conflicts.iter().map(|c| Dispute { text: phrase::conflict(c.kind), update: c.update }).collect(),
        disputed: conflicts.iter().any(|c| !c.update),
        rule: it.rule.clone(),
        wording: Ref::new(report, story, it.wording),
        cells: cells
            .map(|(((column, carried), value), absent)| cell(report, story, column, carried, *value, *absent))
            .collect(),
    }
}

/// A date without its year, which the row's neighbours share; anything else as it is.
fn short(value: &str) -> &str {
    match value.rsplit_once(' ') {
        Some((day, year)) if day.contains(' ') && year.len() == 4 && year.parse::<u16>().is_ok() => day,
        _ => value,
    }
}

/// A value as it fits into a cell: its first whole words, as they are read aloud too.
fn sign(value: &str) -> String {
    let mut out = String::new();
    for word in value.split_whitespace() {
        let wider = out.chars().count() + word.chars().count() + usize::from(!out.is_empty());
        if wider > 16 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_empty() { line(value, 16) } else { out }
}

/// One cell; `absent` is how many of the column's reports leave the point out, and the nearest sentence of one of which it
/// is not certain.
fn cell(
    report: &Report,
    story: usize,
    column: &Column,
    carried: &[Evidence],
    value: Option<(&str, Evidence)>,
    absent: (usize, Option<Evidence>),
) -> Cell {
    let (of, name, first) = (column.members.len(), &column.name, column.first);
    if let (Some((value, place)), 1) = (value, of) {
        let spoken = format!("{name} contradicts others: {}", line(value, 60));
        let evidence = Some(Ref::new(report, story, place));
        return Cell { state: "disputed", sign: sign(short(value)), spoken, evidence, first };
    }
    let mut carrying: Vec<_> = carried.iter().map(|e| e.witness).collect();
    carrying.dedup();
    let evidence = carried.first().map(|e| Ref::new(report, story, *e));
    match carrying.len() {
        0 => match absent {
            (_, Some(nearest)) => {
                let spoken = format!("unclear whether {name} has it: the nearest sentence");
                let evidence = Some(Ref::new(report, story, nearest));
                Cell { state: "unclear", sign: "?".into(), spoken, evidence, first }
            }
            (0, None) => {
                let spoken = format!("nothing is claimed of {name}");
                Cell { state: "untold", sign: String::new(), spoken, evidence, first }
            }
            _ => {
                Cell { state: "omitted", sign: "–".into(), spoken: format!("{name} leaves it out"), evidence, first }
            }
        },
        n if of > 1 => {
            let state = if value.is_some() { "disputed" } else { "part" };
            Cell { state, sign: format!("{n}/{of}"), spoken: format!("{n} of {of} reports carry it"), evidence, first }
        }
        _ => Cell { state: "carried", sign: "●".into(), spoken: format!("{name} carries it"), evidence, first },
    }
}
