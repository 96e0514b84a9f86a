//! The descent of the reports as a drawing: one lane an account, time from left to right, outside sources at the left.

use crate::html::Ref;
use crate::report::{Descent, Report, Witness};
use crate::visible::line;
use serde::Serialize;
use std::collections::BTreeMap;

/// Lanes that are drawn; the accounts with the most reports come first when there are more.
const LANES: usize = 16;
/// Reports of one lane that are drawn.
const PER_LANE: usize = 12;
/// Outside sources that are drawn.
const OUTSIDE: usize = 12;
/// Columns that a chain of descent may take; longer chains go on in the last one.
const COLUMNS: usize = 5;

const NODE: (f64, f64) = (172.0, 48.0);
const GAP: f64 = 104.0;
const ROW: f64 = 64.0;
const PAD: f64 = 14.0;
const LANE_HEAD: f64 = 20.0;
const LANE_GAP: f64 = 12.0;
const OUTSIDE_HEIGHT: f64 = 36.0;

/// The drawing, in CSS pixels.
#[derive(Serialize)]
pub(super) struct Graph {
    width: f64,
    height: f64,
    lanes: Vec<Lane>,
    nodes: Vec<Node>,
    outside: Vec<Outside>,
    edges: Vec<Edge>,
    /// The same for a narrow screen: a list of the lanes.
    listed: Vec<Listed>,
    /// What is not drawn, in words.
    folded: Option<String>,
    /// The drawing in words.
    description: String,
}

#[derive(Serialize)]
struct Lane {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    label: String,
}

#[derive(Serialize)]
struct Node {
    x: f64,
    y: f64,
    letter: String,
    name: String,
    when: String,
    href: String,
}

#[derive(Serialize)]
struct Outside {
    x: f64,
    y: f64,
    /// Corners of its hexagon.
    points: String,
    name: String,
}

#[derive(Serialize)]
struct Edge {
    path: String,
    kind: &'static str,
    arrow: bool,
    label: String,
    label_x: f64,
    label_y: f64,
    label_width: f64,
    statement: String,
    evidence: Option<Ref>,
}

/// A lane as a list.
#[derive(Serialize)]
struct Listed {
    label: String,
    reports: Vec<ListedReport>,
}

#[derive(Serialize)]
struct ListedReport {
    letter: String,
    name: String,
    when: String,
    href: String,
    /// How many steps of descent it is from the report that its lane begins with.
    depth: usize,
    /// What it took from others.
    took: Vec<Took>,
}

#[derive(Serialize)]
struct Took {
    words: String,
    statement: String,
    evidence: Option<Ref>,
}

/// A descent between two places of the drawing.
struct Drawn<'a> {
    descent: &'a Descent,
    from: (f64, f64),
    to: (f64, f64),
    route: Route,
}

/// How a line runs.
#[derive(Clone, Copy, PartialEq)]
enum Route {
    /// From one column to the next.
    Straight,
    /// Between reports in one column, or backwards: bends out to the right.
    Bent,
    /// From an outside source past the first column, along the top of the row.
    Over,
}

/// The drawing of a report's descents; `None` if nothing descends from anything.
pub(super) fn graph(report: &Report, story: usize) -> Option<Graph> {
    if report.descents.is_empty() || report.witnesses.len() < 2 {
        return None;
    }
    let lanes = chosen_lanes(report);
    let drawn: BTreeMap<usize, usize> =
        lanes.iter().enumerate().flat_map(|(lane, members)| members.iter().map(move |w| (*w, lane))).collect();
    let descents = chosen_descents(report, &drawn);
    let columns = columns(&descents, &drawn);
    let names = outside_names(&descents);
    let left = if names.is_empty() { 0.0 } else { NODE.0 + GAP };
    let n_columns = columns.values().max().map_or(1, |c| c + 1);
    let inner = columns_x(n_columns - 1) + NODE.0;
    // Room for bent edges and their labels at the right.
    let width = left + inner + 2.0 * PAD + GAP;

    let mut places: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    let mut boxes = Vec::new();
    let mut y = 0.0;
    for (n, members) in lanes.iter().enumerate() {
        let mut rows = [0.0; COLUMNS];
        for w in members {
            let column = columns.get(w).copied().unwrap_or(0);
            places.insert(*w, (left + PAD + columns_x(column), y + LANE_HEAD + rows[column] * ROW + PAD / 2.0));
            rows[column] += 1.0;
        }
        let deepest = rows.iter().copied().fold(1.0, f64::max);
        let height = LANE_HEAD + deepest * ROW;
        boxes.push(Lane { x: left, y, width: width - left, height, label: label(n) });
        y += height + LANE_GAP;
    }

    let outside_places = place_outside(&names, &descents, &places);
    let bottom = outside_places.values().fold(y - LANE_GAP, |low, at| low.max(at + OUTSIDE_HEIGHT + 2.0));
    let lines = descents.iter().filter_map(|d| connect(d, &places, &columns, &outside_places)).collect::<Vec<_>>();
    let node = |(w, (x, y)): (&usize, &(f64, f64))| {
        let it = &report.witnesses[*w];
        Node {
            x: *x,
            y: *y,
            letter: it.letter.clone(),
            name: short(&it.name),
            when: when(it),
            href: format!("s{story}.{}", it.letter),
        }
    };
    Some(Graph {
        width,
        height: bottom + 2.0,
        lanes: boxes,
        nodes: places.iter().map(node).collect(),
        outside: outside_places.iter().map(|(name, y)| outside(name, *y)).collect(),
        edges: edges(report, story, &lines),
        listed: listed(report, story, &lanes, &columns, &lines),
        folded: folded(report, drawn.len(), descents.len()),
        description: describe(report),
    })
}

fn label(lane: usize) -> String {
    format!("Account {}", lane + 1)
}

/// The lanes as lists: under each report what it took from others.
fn listed(
    report: &Report,
    story: usize,
    lanes: &[Vec<usize>],
    columns: &BTreeMap<usize, usize>,
    lines: &[Drawn<'_>],
) -> Vec<Listed> {
    let took = |w: usize| {
        let of = lines.iter().map(|it| it.descent).filter(|d| d.derived == w);
        of.map(|d| Took {
            words: took(report, d),
            statement: d.statement.clone(),
            evidence: d.passages.first().map(|(_, derived)| Ref::new(report, story, *derived)),
        })
        .collect()
    };
    let one = |w: &usize| {
        let it = &report.witnesses[*w];
        ListedReport {
            letter: it.letter.clone(),
            name: line(&it.name, 60),
            when: when(it),
            href: format!("s{story}.{}", it.letter),
            depth: columns.get(w).copied().unwrap_or(0),
            took: took(*w),
        }
    };
    let lane =
        |(n, members): (usize, &Vec<usize>)| Listed { label: label(n), reports: members.iter().map(one).collect() };
    lanes.iter().enumerate().map(lane).collect()
}

/// `reprint of B`, `credits Coast Agency`.
fn took(report: &Report, it: &Descent) -> String {
    let source = match (it.source, &it.source_name) {
        (Some(source), _) => report.witnesses[source].letter.clone(),
        (None, Some(name)) => line(name, 60),
        (None, None) => "a source that it does not name".to_owned(),
    };
    match it.kind {
        "credit" => format!("credits {source}"),
        "common-source" => format!("has one source with {source}"),
        "revision" => format!("later version of {source}"),
        kind if it.directed => format!("{kind} of {source}"),
        kind => format!("{kind} of {source}, or {source} of it"),
    }
}

/// A name as it fits into its box.
fn short(name: &str) -> String {
    let fits = name.chars().count() <= 16;
    line(name, if fits { 16 } else { 14 })
}

fn when(it: &Witness) -> String {
    it.updated.as_ref().or(it.published.as_ref()).cloned().unwrap_or_else(|| "undated".into())
}

fn columns_x(column: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a handful of columns")]
    let column = column as f64;
    column * (NODE.0 + GAP)
}

/// The members of the lanes that are drawn, in order of the oldest report.
fn chosen_lanes(report: &Report) -> Vec<Vec<usize>> {
    let mut lanes: Vec<_> = report.accounts.members.iter().enumerate().collect();
    if lanes.len() > LANES {
        lanes.sort_by_key(|(n, members)| (std::cmp::Reverse(members.len()), *n));
        lanes.truncate(LANES);
        lanes.sort_by_key(|(n, _)| *n);
    }
    lanes.iter().map(|(_, members)| members.iter().copied().take(PER_LANE).collect()).collect()
}

/// The descents worth a line: of several between the same two the surest, and for each report the few surest.
fn chosen_descents<'a>(report: &'a Report, drawn: &BTreeMap<usize, usize>) -> Vec<&'a Descent> {
    let mut all: Vec<_> = report
        .descents
        .iter()
        .filter(|d| drawn.contains_key(&d.derived) && d.source.is_none_or(|s| drawn.contains_key(&s)))
        .collect();
    let weak = |d: &Descent| matches!(d.kind, "common-source" | "credit");
    all.sort_by(|a, b| {
        let key = |d: &Descent| (d.derived, weak(d), !d.declared);
        key(a).cmp(&key(b)).then(b.score.total_cmp(&a.score)).then(a.source.cmp(&b.source)).then(a.kind.cmp(b.kind))
    });
    let mut pairs = Vec::new();
    let mut inside: BTreeMap<usize, usize> = BTreeMap::new();
    all.retain(|d| {
        let Some(source) = d.source else { return true };
        let pair = (source.min(d.derived), source.max(d.derived));
        let n = inside.entry(d.derived).or_default();
        if pairs.contains(&pair) || *n >= 2 {
            return false;
        }
        pairs.push(pair);
        *n += 1;
        true
    });
    all
}

/// How far right each report stands: one step behind what it took from, within its lane.
fn columns(descents: &[&Descent], drawn: &BTreeMap<usize, usize>) -> BTreeMap<usize, usize> {
    let mut columns: BTreeMap<usize, usize> = drawn.keys().map(|w| (*w, 0)).collect();
    for _ in 0..COLUMNS {
        for d in descents.iter().filter(|d| d.directed && !matches!(d.kind, "common-source" | "credit")) {
            let Some(source) = d.source.filter(|s| drawn[s] == drawn[&d.derived] && *s != d.derived) else { continue };
            let behind = (columns[&source] + 1).min(COLUMNS - 1);
            if columns[&d.derived] < behind {
                columns.insert(d.derived, behind);
            }
        }
    }
    columns
}

/// Outside sources, those that most reports name first.
fn outside_names(descents: &[&Descent]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in descents.iter().filter(|d| d.source.is_none()).filter_map(|d| d.source_name.as_deref()) {
        *counts.entry(name).or_default() += 1;
    }
    let mut names: Vec<_> = counts.into_iter().collect();
    names.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    names.into_iter().take(OUTSIDE).map(|(name, _)| name.to_owned()).collect()
}

/// Each outside source beside the reports that name it, none over another.
fn place_outside(
    names: &[String],
    descents: &[&Descent],
    places: &BTreeMap<usize, (f64, f64)>,
) -> BTreeMap<String, f64> {
    let mean = |name: &String| {
        let ys: Vec<_> = descents
            .iter()
            .filter(|d| d.source.is_none() && d.source_name.as_ref() == Some(name))
            .filter_map(|d| places.get(&d.derived))
            .map(|(_, y)| *y)
            .collect();
        #[allow(clippy::cast_precision_loss, reason = "a handful of reports")]
        let n = ys.len().max(1) as f64;
        ys.iter().sum::<f64>() / n
    };
    let mut wanted: Vec<_> = names.iter().map(|name| (mean(name), name)).collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    let mut free = 0.0;
    let mut placed = BTreeMap::new();
    for (y, name) in wanted {
        let y = f64::max(y + (NODE.1 - OUTSIDE_HEIGHT) / 2.0, free);
        placed.insert(name.clone(), y);
        free = y + OUTSIDE_HEIGHT + 10.0;
    }
    placed
}

fn connect<'a>(
    descent: &'a Descent,
    places: &BTreeMap<usize, (f64, f64)>,
    columns: &BTreeMap<usize, usize>,
    outside: &BTreeMap<String, f64>,
) -> Option<Drawn<'a>> {
    let middle = NODE.1 / 2.0;
    let (x, y) = *places.get(&descent.derived)?;
    match descent.source {
        None => {
            let top = outside.get(descent.source_name.as_ref()?)?;
            let from = (NODE.0, top + OUTSIDE_HEIGHT / 2.0);
            if columns.get(&descent.derived).is_some_and(|c| *c > 0) {
                return Some(Drawn { descent, from, to: (x + 30.0, y), route: Route::Over });
            }
            Some(Drawn { descent, from, to: (x, y + middle), route: Route::Straight })
        }
        Some(source) => {
            let (sx, sy) = *places.get(&source)?;
            let bent = columns.get(&source) >= columns.get(&descent.derived);
            let end = if bent { x + NODE.0 } else { x };
            let route = if bent { Route::Bent } else { Route::Straight };
            Some(Drawn { descent, from: (sx + NODE.0, sy + middle), to: (end, y + middle), route })
        }
    }
}

fn edges(report: &Report, story: usize, lines: &[Drawn<'_>]) -> Vec<Edge> {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let edge = |it: &Drawn<'_>| {
        let ((x1, y1), (x2, y2)) = (it.from, it.to);
        let reach = if it.route == Route::Bent { x1.max(x2) + GAP * 0.6 } else { (x1 + x2) / 2.0 };
        let (path, x, mut y) = match it.route {
            Route::Over => {
                let (mid, over) = (x1 + GAP / 2.0, y2 - 5.0);
                let (into, turn) = (x1 + GAP, x2 - 12.0);
                let path = format!(
                    "M{x1:.1} {y1:.1} C{mid:.1} {y1:.1} {mid:.1} {over:.1} {into:.1} {over:.1} H{turn:.1} \
                     Q{x2:.1} {over:.1} {x2:.1} {y2:.1}"
                );
                (path, mid, (y1 + over) / 2.0)
            }
            // The label stands at the middle of the curve, by De Casteljau at one half.
            Route::Straight | Route::Bent => (
                format!("M{x1:.1} {y1:.1} C{reach:.1} {y1:.1} {reach:.1} {y2:.1} {x2:.1} {y2:.1}"),
                (x1 + 6.0 * reach + x2) / 8.0,
                (y1 + y2) / 2.0,
            ),
        };
        let label = it.descent.kind.replace('-', " ");
        #[allow(clippy::cast_precision_loss, reason = "a short label")]
        let label_width = label.len() as f64 * 5.9 + 8.0;
        while taken.iter().any(|(tx, ty, tw)| (tx - x).abs() < (tw + label_width) / 2.0 && (ty - y).abs() < 15.0) {
            y += 15.0;
        }
        taken.push((x, y, label_width));
        Edge {
            path,
            kind: it.descent.kind,
            arrow: it.descent.directed && it.descent.kind != "common-source",
            label,
            label_x: x,
            label_y: y,
            label_width,
            statement: it.descent.statement.clone(),
            evidence: it.descent.passages.first().map(|(_, derived)| Ref::new(report, story, *derived)),
        }
    };
    lines.iter().map(edge).collect()
}

fn outside(name: &str, y: f64) -> Outside {
    let (w, h, cut) = (NODE.0, OUTSIDE_HEIGHT, 12.0);
    let corners = [(cut, 0.0), (w - cut, 0.0), (w, h / 2.0), (w - cut, h), (cut, h), (0.0, h / 2.0)];
    let corner = |(x, dy): &(f64, f64)| format!("{x},{}", y + dy);
    let points = corners.iter().map(corner).collect::<Vec<_>>().join(" ");
    Outside { x: w / 2.0, y: y + h / 2.0, points, name: line(name, 22) }
}

fn folded(report: &Report, drawn: usize, lines: usize) -> Option<String> {
    let reports = report.witnesses.len() - drawn;
    let relations = report.descents.len() - lines;
    match (reports, relations) {
        (0, 0) => None,
        (0, n) => Some(format!("{n} weaker relations are not drawn; all are listed below.")),
        (r, n) => Some(format!("{r} reports and {n} relations are not drawn; all are listed below.")),
    }
}

fn describe(report: &Report) -> String {
    let told: Vec<_> = report.descents.iter().take(40).map(|d| d.statement.as_str()).collect();
    format!("Each lane is one independent account. {}.", told.join(". "))
}
