//! When a page says its article was published and updated: JSON-LD, meta tags, marked elements, and at last its address.
//!
//! A time without a zone is that of the outlet: of the zone that other times of the page state, else of the one zone of its
//! country. Where neither is known, only the day is.

use super::dom::{Dom, Id};
use super::found::{Found, collapse, heading};
use super::graph::plain;
use super::linear::is_in_sentence;
use super::skip::Beside;
use crate::{dateline, furniture, pattern, zone};
use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use rashomon_model::{Article, MONTHS, Moment, Precision};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names of `meta` elements that hold when an article was published, by their letters, in order of trust.
const PUBLISHED: [&str; 47] = [
    "articlepublishedtime",
    "ogpublishedtime",
    "ogarticlepublishedtime",
    "datepublished",
    "parselypubdate",
    "publishdate",
    "ogpublishdate",
    "ogpubdate",
    "publisheddate",
    "publicationdate",
    "publishedtime",
    "publishtime",
    "articlepublicationdate",
    "articlepublisheddate",
    "pubdate",
    "articledateoriginal",
    "originalpublicationdate",
    "date",
    "dcdateissued",
    "dcdatepublished",
    "dcdate",
    "dctermscreated",
    "dctermsdate",
    "dctermsissued",
    "citationpublicationdate",
    "citationonlinedate",
    "sailthrudate",
    "cxenseparserecspublishtime",
    "cxenseparsepublishtime",
    "shareaholicarticlepublishedtime",
    "vrpublishedtime",
    "mediatorpublishedtime",
    "articlepublished",
    "articlecreated",
    "ptime",
    "pdate",
    "publishedon",
    "publishedat",
    "published",
    "dcdatecreated",
    "dccreated",
    "btpubdate",
    "rbpubdate",
    "rnewsdatepublished",
    "datecreated",
    "dateposted",
    "dateissued",
];

/// The same for updates.
const UPDATED: [&str; 17] = [
    "articlemodifiedtime",
    "ogupdatedtime",
    "ogmodifiedtime",
    "articleupdatedtime",
    "datemodified",
    "lastmodified",
    "lastmod",
    "dctermsmodified",
    "dcdatemodified",
    "dcmodified",
    "articleupdated",
    "articlemodified",
    "utime",
    "revised",
    "updatedtime",
    "modifiedtime",
    "modified",
];

/// What tells the zone of the times that a page states without one.
#[derive(Clone, Debug, Default)]
pub(super) struct PageZone {
    /// The offset, in seconds, that other times of the page state.
    stated: Option<i32>,
    /// The country of the outlet.
    country: Option<String>,
    /// The times of the entries of a live report.
    entries: Vec<Moment>,
    /// The days that elements or labels say are those of updates.
    updates: Vec<Date>,
}

/// The visible lines that hold dates.
#[derive(Clone, Copy)]
pub(super) struct Dates<'a> {
    /// Between the headline and the article.
    pub(super) below: &'a [String],
    /// Elsewhere near the headline, the likelier first.
    pub(super) others: &'a [String],
    /// Anywhere below; only what is labelled counts.
    pub(super) far: &'a [String],
}

/// How many days before or after the day in its address an article may say it was published.
const DAYS_OFF_ADDRESS: i32 = 2;

/// Fills the times that `article` does not have yet.
pub(super) fn fill(article: &mut Article, dom: &Dom, survey: &Beside, found: &Found, dates: Dates<'_>) -> PageZone {
    let domain = article.url.as_deref().and_then(top_level_domain);
    let order = order_of(dom, survey, found, domain.as_deref());
    let places: Vec<&str> = domain.as_deref().into_iter().chain(order.as_deref()).collect();
    let linked = |keys: &[&str]| {
        let own = keys.iter().find_map(|k| found.linked.as_ref()?.get(*k).and_then(plain));
        own.into_iter().collect::<Vec<String>>()
    };
    let meta = |names: &[&str]| {
        let is = |key: &str, name: &str| key.bytes().filter(u8::is_ascii_alphanumeric).eq(name.bytes());
        let named = names.iter().flat_map(|n| found.meta.iter().filter(move |(k, _)| is(k, n)));
        named.map(|(_, value)| value.clone()).collect::<Vec<String>>()
    };
    let mut marked = marked(dom, survey, found);
    let entries: Vec<Moment> = marked.entries.iter().filter_map(|it| dateline::field(it, &places)).collect();
    let stamps_of = |dates: &[String]| -> Vec<dateline::Stamp> {
        dates.iter().filter_map(|line| dateline::stamps(line, &places)).flatten().collect()
    };
    let (shown_below, shown_beside, shown_far) =
        (stamps_of(dates.below), stamps_of(dates.others), stamps_of(dates.far));
    // The day of the visit in a masthead gives way to another that stands below the headline.
    let below: Vec<&dateline::Stamp> = shown_below.iter().filter(|s| !s.updated && !entries.contains(&s.at)).collect();
    if let Some(below) = below.first() {
        marked.before.retain(|value| dateline::field(value, &places).is_some_and(|at| at.date() == below.at.date()));
    }
    marked.any.append(&mut marked.before);
    // A time that says of nothing what it is gives way to the day in the address.
    let address = article.url.as_deref().and_then(in_address);
    let near = |at: Moment| address.is_none_or(|day| (at.date() - day).get_days().abs() <= DAYS_OFF_ADDRESS);
    marked.any.retain(|value| address.is_none() || dateline::field(value, &places).is_some_and(near));
    let marked_updated: Vec<Date> =
        marked.updated.iter().filter_map(|it| Some(dateline::field(it, &places)?.date())).collect();
    let published = [
        linked(&["datePublished", "dateCreated"]),
        meta(&PUBLISHED),
        marked.published,
        found.graph.of_page("datePublished").into_iter().collect(),
        marked.any,
    ];
    let updated = [
        linked(&["dateModified"]),
        meta(&UPDATED),
        marked.updated,
        found.graph.of_page("dateModified").into_iter().collect(),
    ];
    let read = |value: &String| dateline::field_zoned(value, &places);
    let visible = |updated: bool| {
        let all = || shown_below.iter().chain(&shown_beside);
        // The only line of a day is what its element says it is.
        let is_update = |s: &dateline::Stamp| {
            marked_updated.contains(&s.at.date()) && all().filter(|o| o.at.date() == s.at.date()).count() == 1
        };
        let own = |s: &&dateline::Stamp| {
            s.updated == updated && (s.labelled || !entries.contains(&s.at) && near(s.at) && !is_update(s))
        };
        let beside = || {
            let all: Vec<&dateline::Stamp> = shown_beside.iter().filter(own).collect();
            // Different days that say nothing of what they are, are those of a list.
            let of_list = all.iter().any(|s| s.at.date() != all[0].at.date());
            all.into_iter().find(|s| s.labelled || !of_list)
        };
        let far = || one_day(shown_far.iter().filter(|s| s.labelled && s.updated == updated).map(|s| (s.at, s.zoned)));
        shown_below.iter().find(own).or_else(beside).map(|s| (s.at, s.zoned)).or_else(far)
    };
    let all = shown_below.iter().chain(&shown_beside).chain(&shown_far);
    let shown_updated: Vec<Date> = all.filter(|s| s.updated).map(|s| s.at.date()).collect();
    let named = |updated: bool| {
        let stamps = marked.named.iter().flat_map(|(value, of_update)| {
            let stamps = dateline::stamps(value, &places).unwrap_or_default();
            let of = |s: &dateline::Stamp| if s.labelled { s.updated } else { *of_update };
            stamps.into_iter().filter(move |s| of(s) == updated && near(s.at))
        });
        let stamps: Vec<dateline::Stamp> = stamps.collect();
        let labelled = stamps.iter().find(|s| s.labelled).map(|s| (s.at, s.zoned));
        labelled.or_else(|| one_day(stamps.iter().map(|s| (s.at, s.zoned))))
    };
    let first = |values: &[Vec<String>]| values.iter().flatten().find_map(read);
    let stated = published.iter().chain(&updated).flatten().filter_map(read);
    let zone = PageZone {
        stated: stated.filter(|(at, zoned)| *zoned && at.offset_seconds != 0).map(|(at, _)| at.offset_seconds).next(),
        country: domain.clone().filter(|d| d.len() == 2).or_else(|| country_of(found)),
        entries: entries.clone(),
        updates: marked_updated.iter().copied().chain(shown_updated).collect(),
    };
    let said = shown_below.iter().filter(|s| s.labelled && !s.updated).map(|s| (s.at, s.zoned));
    let of_publication: Vec<(Moment, bool)> = published[2].iter().filter_map(read).chain(said).collect();
    let shown: Vec<(Moment, bool)> = below
        .iter()
        .map(|s| (s.at, s.zoned))
        .chain(published[2].iter().chain(&published[4]).filter_map(read))
        .collect();
    if article.published.is_none()
        && let Some((at, zoned)) = earlier_shown(first(&published[..2]), first(&updated[..2]), &shown, &of_publication)
            .or_else(|| first(&published))
            .or_else(|| visible(false))
            .or_else(|| named(false))
    {
        (article.published, article.assumed_zones.published) = zone.placed(at, zoned);
    }
    if article.updated.is_none()
        && let Some((at, zoned)) = first(&updated).or_else(|| visible(true)).or_else(|| named(true))
    {
        (article.updated, article.assumed_zones.updated) = zone.placed(at, zoned);
    }
    zone
}

/// The first of several moments, if all are of one day.
fn one_day(mut all: impl Iterator<Item = (Moment, bool)>) -> Option<(Moment, bool)> {
    let first = all.next()?;
    all.all(|(at, _)| at.date() == first.0.date()).then_some(first)
}

/// The country in whose order a page writes day and month, where they could be either: as its other days tell; else by its domain,
/// or by the region or language it says it is for. On the pages of `models/pages.md` no page wrote both orders, and of nine in
/// English under a domain of no country that name no region, eight wrote the month first.
fn order_of(dom: &Dom, survey: &Beside, found: &Found, domain: Option<&str>) -> Option<String> {
    let (mut month_first, mut day_first) = (0, 0);
    for &id in &survey.order {
        if dom.pieces(id).is_empty() || dom.parent(id).is_some_and(|up| matches!(dom.tag(up), "script" | "style")) {
            continue;
        }
        for piece in dom.pieces(id) {
            let (months, days) = dateline::orders(&piece.text);
            month_first += months;
            day_first += days;
        }
    }
    if (month_first > 0) != (day_first > 0) {
        return Some(if month_first > 0 { dateline::MONTH_FIRST } else { dateline::DAY_FIRST }.to_owned());
    }
    if domain.is_some_and(dateline::tells_order) {
        return None;
    }
    let locale = found.meta.iter().find(|(k, _)| k == "og:locale").map(|(_, v)| v.as_str());
    let mut said = found.language.as_deref().into_iter().chain(locale);
    said.clone().find_map(region).or_else(|| {
        let english = said.next().is_some_and(|it| it.split(['-', '_']).next() == Some("en"));
        english.then(|| dateline::MONTH_FIRST.to_owned())
    })
}

/// The region in a tag of a language: `us` of `en-US`.
fn region(tag: &str) -> Option<String> {
    let region = tag.split(['-', '_']).nth(1)?;
    (region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic())).then(|| region.to_ascii_lowercase())
}

/// The one day that a page shows below its headline, where what it states for machines is surely another: the day on which the
/// page was made anew, in both fields, or day and month in the wrong order; or a later one than the page itself marks or labels
/// as the day of publication, one of those `of_publication`.
fn earlier_shown(
    published: Option<(Moment, bool)>,
    updated: Option<(Moment, bool)>,
    shown: &[(Moment, bool)],
    of_publication: &[(Moment, bool)],
) -> Option<(Moment, bool)> {
    const SAME: i32 = 1;
    let ((stated, _), first) = (published?, shown.first()?);
    let day = first.0.date();
    if shown.iter().any(|(at, _)| at.date() != day) {
        return None;
    }
    let apart = |a: Date, b: Date| (a - b).get_days();
    // What was updated before it was published was published before that.
    let anew =
        updated.is_some_and(|(at, _)| apart(at.date(), stated.date()) <= SAME) && apart(stated.date(), day) > SAME;
    let swapped = stated.precision == Precision::Day
        && stated.date().year() == day.year()
        && (stated.date().month(), stated.date().day()) == (day.day(), day.month())
        && day.day() != day.month();
    let said = apart(stated.date(), day) > SAME && of_publication.iter().any(|(at, _)| at.date() == day);
    (anew || swapped || said).then_some(*first)
}

/// After the visible lines were read: their times without a zone are placed, and the address is asked last.
pub(super) fn settle(article: &mut Article, zone: &PageZone, before: (Option<Moment>, Option<Moment>)) {
    // The first line of a live report that holds a time may be the newest entry's, or that of a marked update.
    let others = |at: Moment| zone.entries.contains(&at) || zone.updates.contains(&at.date());
    if article.published != before.0 && article.published.is_some_and(others) {
        (article.published, article.assumed_zones.published) = (before.0, false);
    }
    if article.published != before.0
        && let Some(at) = article.published.filter(|_| article.assumed_zones.published)
    {
        (article.published, article.assumed_zones.published) = zone.placed(at, false);
    }
    if article.updated != before.1
        && let Some(at) = article.updated.filter(|_| article.assumed_zones.updated)
    {
        (article.updated, article.assumed_zones.updated) = zone.placed(at, false);
    }
    if article.published.is_none() {
        article.published = article.url.as_deref().and_then(in_address).and_then(Moment::day);
        article.assumed_zones.published = false;
    }
}

impl PageZone {
    /// A moment in the page's zone, if it was written without one; and whether that zone is assumed.
    fn placed(&self, at: Moment, zoned: bool) -> (Option<Moment>, bool) {
        if zoned || at.precision == Precision::Day {
            return (Some(at), false);
        }
        let local = jiff::tz::Offset::UTC.to_datetime(at.at);
        let offset = self.country.as_deref().and_then(|c| zone::of_country(c, local)).or(self.stated);
        let moved = offset.and_then(|seconds| {
            let at = jiff::tz::Offset::from_seconds(seconds).ok()?.to_timestamp(local).ok()?;
            Some(Moment::instant(at, seconds))
        });
        match moved {
            Some(at) => (Some(at), true),
            None => (Moment::day(local.date()), false),
        }
    }
}

fn country_of(found: &Found) -> Option<String> {
    let locale = found.meta.iter().find(|(k, _)| k == "og:locale").map(|(_, v)| v.as_str());
    // "en-US" and "en-GB" are what systems write unless they are told otherwise.
    let told = |country: &String| country != "us";
    locale.and_then(region).filter(told).or_else(|| found.language.as_deref().and_then(region).filter(told))
}

fn top_level_domain(url: &str) -> Option<String> {
    let host = url.split("://").nth(1)?.split(['/', ':', '?']).next()?;
    Some(host.rsplit('.').next()?.to_ascii_lowercase())
}

/// Times in elements that are marked as such.
#[derive(Default)]
struct Marked {
    published: Vec<String>,
    updated: Vec<String>,
    /// `time` elements behind the headline that do not say of what they are.
    any: Vec<String>,
    /// Those before it.
    before: Vec<String>,
    /// Those of other elements that are named for a date, and whether of an update.
    named: Vec<(String, bool)>,
    /// Times of the entries of a live report.
    entries: Vec<String>,
}

/// Names of what stands beside an article.
static APART: LazyLock<AhoCorasick> =
    LazyLock::new(|| furniture::automaton(&["comment", "related", "sidebar", "reply", "replies", "responses"]));

/// What all names for a date hold.
static DATED: LazyLock<AhoCorasick> =
    LazyLock::new(|| furniture::automaton(&["date", "datum", "fecha", "publish", "posted", "pubtime", "timestamp"]));

fn marked(dom: &Dom, beside: &Beside, found: &Found) -> Marked {
    let order = &beside.order;
    let mut it = Marked::default();
    let mut seen = found.headline.is_none();
    // What holds the headline is named for what it may hold beside the article.
    let is_headline = |id: &&Id| dom.tag(**id) == "h1" && found.headline.as_deref() == Some(&*heading(dom, **id));
    let mut whole = vec![false; dom.len()];
    let headline = order.iter().find(is_headline).copied();
    std::iter::successors(headline, |id| dom.parent(*id)).for_each(|id| whole[id] = true);
    let mut outside = of_entries(dom, order, found.headline.as_deref());
    let mut entry = outside.clone();
    for &id in order {
        let tag = dom.tag(id);
        if let Some(parent) = dom.parent(id) {
            outside[id] |= outside[parent];
            entry[id] |= entry[parent];
        }
        if entry[id] && it.entries.len() < MOST_ENTRIES {
            let value = if tag == "time" {
                time_of(dom, id, &collapse(&dom.text(id)))
            } else {
                stamp_in(dom, id).unwrap_or_default()
            };
            it.entries.extend(Some(value).filter(|value| value.len() >= 8));
        }
        seen |= Some(id) == headline;
        if tag.is_empty() || outside[id] {
            continue;
        }
        let called = [dom.attribute(id, "class"), dom.attribute(id, "id")];
        outside[id] |= beside.replies[id]
            || beside.teaser[id]
            || matches!(tag, "nav" | "footer" | "aside")
            // What is quoted has a date of its own: an embedded post.
            || tag == "blockquote" && !whole[id]
            || beside.card[id] && !whole[id]
            || called.iter().any(|name| !name.is_empty() && APART.is_match(*name))
                && !whole[id]
                && !matches!(tag, "body" | "html");
        let prop = Some(dom.attribute(id, "itemprop")).filter(|it| !it.is_empty());
        // RDFa: `property="schema:datePublished"`.
        let prop = prop.unwrap_or_else(|| dom.attribute(id, "property").rsplit(':').next().unwrap_or_default());
        let prop = prop.to_ascii_lowercase();
        // `<relative-time datetime=…>`, `<lit-timestamp publishdate=…>`
        let own = tag.contains('-') && (tag.ends_with("time") || tag.ends_with("timestamp"));
        let timed = matches!(tag, "time" | "date") || own || is_stamped(dom, id) || prop.starts_with("date");
        let dated = called.iter().any(|name| !name.is_empty() && DATED.is_match(*name));
        if outside[id] || tag == "meta" || !timed && !dated {
            continue;
        }
        let names = called.join(" ").to_ascii_lowercase();
        if !timed && !(is_named_for_date(&names) && holds_no_time(dom, id)) {
            continue;
        }
        let Some(shown) = short_text(dom, id, timed) else { continue };
        let value = time_of(dom, id, &shown);
        if value.len() < 8 || is_in_sentence(dom, id) {
            continue;
        }
        let value = value.replace('@', " at ");
        let all =
            format!("{names} {prop} {}", dom.parent(id).map_or("", |p| dom.attribute(p, "class"))).to_ascii_lowercase();
        let said = dateline::says_updated(&shown).or_else(|| label_before(dom, id));
        let published = ["publish", "publicat", "created", "posted"].iter().any(|name| all.contains(name));
        // hAtom calls the only time of an entry "updated".
        let only = names.contains("entry-date") && names.contains("updated");
        let named_updated = ["modif", "updat", "changed"].iter().any(|name| all.contains(name)) && !published && !only;
        let updated = said == Some(true) && !prop.contains("datepublished") || said.is_none() && named_updated;
        if !timed {
            it.named.push((value, label_before(dom, id).unwrap_or(named_updated)));
        } else if updated {
            it.updated.push(value);
        } else if said == Some(false) || published || only {
            it.published.push(value);
        } else if seen {
            it.any.push(value);
        } else {
            it.before.push(value);
        }
    }
    it
}

/// Whether an element states a time as hAtom feeds do: `<abbr class="published" title="2031-05-16T09:12:00+01:00">`.
fn is_stamped(dom: &Dom, id: Id) -> bool {
    let mut names = dom.attribute(id, "class").split_ascii_whitespace();
    dom.tag(id) == "abbr" && names.any(|name| matches!(name, "published" | "updated"))
}

/// Entries of a live report whose times are kept.
const MOST_ENTRIES: usize = 400;

/// What a `time` element says: its machine-made field, or its text, which is `shown`.
fn time_of(dom: &Dom, id: Id, shown: &str) -> String {
    let stated = ["datetime", "content", "title", "publishdate"].map(|name| dom.attribute(id, name));
    stated.into_iter().find(|v| v.len() >= 8).unwrap_or(shown).to_owned()
}

/// Whether one of the classes or the identifier of an element, in lower case, is a date's: `post-date`, `articledate`; and none
/// another's than an article's.
fn is_named_for_date(names: &str) -> bool {
    let mut date = false;
    for name in names.split(|c: char| !c.is_ascii_alphanumeric()) {
        match name {
            "datum" | "fecha" | "published" | "posted" | "pubtime" | "timestamp" | "dateline" => date = true,
            "event" | "events" | "start" | "end" | "expires" | "expiry" | "due" | "birth" | "deadline" => return false,
            _ => {
                date |=
                    name.strip_suffix("date").is_some_and(|rest| !matches!(rest, "up" | "candi" | "vali" | "lastup"))
            }
        }
    }
    date
}

/// Whether no `time` stands inside an element: it would say more.
fn holds_no_time(dom: &Dom, id: Id) -> bool {
    dom.below(id).take(NODES).all(|below| dom.tag(below) != "time")
}

/// Nodes of an element that holds a date and little else.
const NODES: usize = 12;

/// The text of an element, if it is short or `any` will do.
fn short_text(dom: &Dom, id: Id, any: bool) -> Option<String> {
    const LONGEST: usize = 80;
    if !any && dom.below(id).nth(NODES).is_some() {
        return None;
    }
    Some(collapse(&dom.text(id))).filter(|text| any || text.len() <= LONGEST)
}

/// What the words right before an element say its moment is of, if they are only a label: `Last updated: <time>`.
fn label_before(dom: &Dom, id: Id) -> Option<bool> {
    const LEVELS: usize = 3;
    const LONGEST: usize = 40;
    let mut at = id;
    let mut said = String::new();
    for _ in 0..LEVELS {
        let parent = dom.parent(at)?;
        let before: Vec<Id> = dom.children(parent).iter().take_while(|child| **child != at).copied().collect();
        for &other in before.iter().rev() {
            let text = short_text(dom, other, false)?;
            if text.is_empty() {
                continue;
            }
            said = format!("{text} {said}");
            let found = dateline::bare_label(&said);
            if found.is_some() || said.len() > LONGEST {
                return found;
            }
        }
        at = parent;
    }
    None
}

/// The text of a text node that is nothing but a day and a time.
fn stamp_in(dom: &Dom, id: Id) -> Option<String> {
    let [piece] = dom.pieces(id) else { return None };
    if piece.text.bytes().filter(u8::is_ascii_digit).count() < dateline::DIGITS {
        return None;
    }
    let text = collapse(&piece.text);
    dateline::is_bare_stamp(&text).then_some(text)
}

/// Which elements are one of several made alike that each hold a time and a text: entries of a live report, comments, teasers.
/// Their times are theirs. What holds the headline is none of them.
fn of_entries(dom: &Dom, order: &[Id], headline: Option<&str>) -> Vec<bool> {
    /// Bytes of text that make an element more than a line of metadata.
    const LEAST: usize = 60;
    let (mut timed, mut length, mut titled) = (vec![false; dom.len()], vec![0usize; dom.len()], vec![false; dom.len()]);
    for &id in order.iter().rev() {
        let tag = dom.tag(id);
        timed[id] |= tag == "time" || stamp_in(dom, id).is_some();
        titled[id] |= tag == "h1" || matches!(tag, "h2" | "h3") && headline.is_some_and(|it| heading(dom, id) == it);
        length[id] += dom.pieces(id).iter().map(|p| p.text.trim().len()).sum::<usize>();
        if let Some(parent) = dom.parent(id) {
            timed[parent] |= timed[id];
            titled[parent] |= titled[id];
            length[parent] += length[id];
        }
    }
    let mut out = vec![false; dom.len()];
    for &id in order.iter().filter(|id| timed[**id]) {
        let mut groups: BTreeMap<(&str, &str), Vec<Id>> = BTreeMap::new();
        for &child in dom.children(id) {
            let tag = dom.tag(child);
            let holds = timed[child] && !titled[child] && length[child] >= LEAST;
            if holds && matches!(tag, "article" | "li" | "div" | "section") {
                groups.entry((tag, dom.attribute(child, "class"))).or_default().push(child);
            }
        }
        for ((tag, class), alike) in groups {
            // Two blocks of a layout may be called alike, or nothing.
            let surely = matches!(tag, "article" | "li") && alike.len() > 1 || !class.is_empty() && alike.len() > 2;
            if !surely {
                continue;
            }
            alike.into_iter().for_each(|child| out[child] = true);
        }
    }
    out
}

/// The day in an address: `/2024/03/13/`, `/2024/0313/`, `/2024/mar/13/`, `-2024-03-13`, `/20240313/`, `/202403/13/`,
/// `/t20240313_`, `/13-03-2024/`, or at its end `-13-mar-2024`, `-march-13-2024`, `-03-13-2024`.
fn in_address(url: &str) -> Option<Date> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"(?i)[/_-][a-z]?((?:19|20)[0-9][0-9])(?:/(0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})/(0?[1-9]|[12][0-9]|3[01])|/(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])|-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|(0[1-9]|1[0-2])/?(0[1-9]|[12][0-9]|3[01]))(?:[/._-]|$)",
        )
    });
    let path = url.split("://").nth(1)?.split(['?', '#']).next()?;
    let path = &path[path.find('/')?..];
    // Most addresses hold no year: the patterns are compiled for the others.
    let year = |w: &[u8]| matches!(&w[..2], b"19" | b"20") && w[2..].iter().all(u8::is_ascii_digit);
    if !path.as_bytes().windows(4).any(year) {
        return None;
    }
    let Some(found) = DAY.captures(path) else { return ending_address(path) };
    let part = |n: usize| found.get(n).map(|m| m.as_str());
    let year = part(1)?.parse().ok()?;
    let either = |first: usize| [first, first + 2, first + 4, first + 6].into_iter().find_map(part);
    let (month, day) = (either(2)?, either(3)?);
    Date::new(year, month_by(month).or_else(|| month.parse().ok())?, day.parse().ok()?).ok()
}

/// The month, from 1 on, that a word begins as: "mar", "Sept".
fn month_by(word: &str) -> Option<i8> {
    let start = word.get(..3)?;
    (1..).zip(MONTHS).find(|(_, name)| name[..3].eq_ignore_ascii_case(start)).map(|(n, _)| n)
}

/// The day that a path, or a part of it, ends in, its year last. Two numbers that could both be months tell none.
fn ending_address(path: &str) -> Option<Date> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        let months = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
        pattern::compile(&format!(
            r"(?i)[/_-](?:([0-9][0-9]?)(?:st|nd|rd|th)?[_-]{months}|{months}[_-]([0-9][0-9]?)(?:st|nd|rd|th)?)[_-](20[0-9][0-9])/?(?:\.[a-z]+)?$"
        ))
    });
    static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(r"(?i)[/_-]([0-9][0-9])[_/-]([0-9][0-9])[_/-](20[0-9][0-9])(?:/|(?:\.[a-z]+)?$)")
    });
    // A year that ends the path, and two numbers before one: the patterns are compiled where these are.
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let bytes = path.strip_suffix('/').unwrap_or(path).as_bytes();
    let stem = bytes.iter().rposition(|b| *b == b'.').map_or(bytes, |dot| &bytes[..dot]);
    let year_last = [bytes, stem].iter().any(|it| it.len() > 5 && digits(&it[it.len() - 4..]));
    if let Some(found) = year_last.then(|| NAMED.captures(path)).flatten() {
        let part = |n: usize| found.get(n).map(|m| m.as_str());
        let (day, month) = (part(1).or(part(4))?, month_by(part(2).or(part(3))?)?);
        return Date::new(part(5)?.parse().ok()?, month, day.parse().ok()?).ok();
    }
    if !bytes.windows(7).any(|w| digits(&w[..2]) && matches!(w[2], b'/' | b'_' | b'-') && digits(&w[3..])) {
        return None;
    }
    let found = NUMBERS.captures(path)?;
    let number = |n: usize| found.get(n).and_then(|m| m.as_str().parse::<i8>().ok());
    let (first, second) = (number(1)?, number(2)?);
    let (month, day) = match (first > 12, second > 12) {
        (true, false) => (second, first),
        (false, true) => (first, second),
        (false, false) if first == second => (first, second),
        _ => return None,
    };
    Date::new(found.get(3)?.as_str().parse().ok()?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (url, day) in [
            ("https://quay.example/2031/03/13/weir", Some("2031-03-13")),
            ("https://quay.example/news/2031/mar/3/weir", Some("2031-03-03")),
            ("https://quay.example/news/2031/march/03/weir", Some("2031-03-03")),
            ("https://quay.example/weir-2031-03-13", Some("2031-03-13")),
            ("https://quay.example/a/20310313/weir.html", Some("2031-03-13")),
            ("https://quay.example/weir-gives-way-3-march-2031/", Some("2031-03-03")),
            ("https://quay.example/weir-gives-way-Sept-21st-2031.html", Some("2031-09-21")),
            ("https://quay.example/local/weir-03-13-2031", Some("2031-03-13")),
            ("https://quay.example/local/weir-13-03-2031", Some("2031-03-13")),
            ("https://quay.example/local/weir-03-04-2031", None),
            ("https://quay.example/the-may-2031-weir", None),
            ("https://quay.example/3-march-2031-and-after", None),
            ("https://quay.example/news/2031/0313/1449271-weir/", Some("2031-03-13")),
            ("https://quay.example/13-03-2031/weir", Some("2031-03-13")),
            ("https://quay.example/13/03/2031/weir", Some("2031-03-13")),
            ("https://quay.example/04-03-2031/weir", None),
            ("https://quay.example/news/202103/t20310313_1449.html", Some("2031-03-13")),
            ("https://quay.example/news/203103/13/weir", Some("2031-03-13")),
            ("https://quay.example/news/203103/1449/weir", None),
            ("https://quay.example/news/2031/1449/weir", None),
            ("https://quay.example/2031/weir", None),
            ("https://quay.example/2031/13/45/weir", None),
            ("https://quay.example/id/120310313777", None),
            ("https://2031-03-13.example/weir", None),
        ] {
            assert_eq!(in_address(url).map(|d| d.to_string()).as_deref(), day, "{url}");
        }
    }

    #[test]
    fn a_day_shown_wins_where_both_stated_are_of_a_new_build() {
        let at = |value: &str| dateline::field_zoned(value, &[]);
        let day = |it: Option<(Moment, bool)>| it.map(|(at, _)| at.date().to_string());
        let shown = [at("2031-05-16").unwrap()];
        let found = |published, updated| day(earlier_shown(at(published), at(updated), &shown, &[]));
        assert_eq!(found("2032-01-02", "2032-01-02").as_deref(), Some("2031-05-16"), "made anew");
        assert_eq!(found("2031-05-17T01:00:00Z", "2031-05-17T01:00:00Z"), None, "the next day elsewhere");
        assert_eq!(found("2032-01-02", "2032-03-02"), None, "published and later updated");
        let shown = [at("2031-05-03").unwrap()];
        assert_eq!(
            day(earlier_shown(at("2031-03-05"), None, &shown, &[])).as_deref(),
            Some("2031-05-03"),
            "day and month"
        );
        let two = [at("2031-05-16").unwrap(), at("2031-05-18").unwrap()];
        assert_eq!(earlier_shown(at("2032-01-02"), at("2032-01-02"), &two, &two), None, "two days shown");
        let marked = |stated| day(earlier_shown(at(stated), None, &shown, &shown));
        assert_eq!(marked("2031-05-29").as_deref(), Some("2031-05-03"), "marked as that of publication");
        assert_eq!(marked("2031-05-04"), None, "the next day elsewhere");
        assert_eq!(marked("2031-04-01"), None, "published anew under a later day");
    }

    #[test]
    fn a_time_without_a_zone_is_the_outlets() {
        let local = dateline::field("2031-07-03 09:15", &[]).unwrap();
        let place = |stated: Option<i32>, country: Option<&str>| {
            let zone = PageZone { stated, country: country.map(str::to_owned), ..PageZone::default() };
            let (at, assumed) = zone.placed(local, false);
            let at = at.unwrap();
            (if at.precision == Precision::Day { at.date().to_string() } else { at.rfc3339() }, assumed)
        };
        assert_eq!(place(None, Some("de")), ("2031-07-03T07:15:00Z".to_owned(), true));
        assert_eq!(place(None, Some("in")), ("2031-07-03T03:45:00Z".to_owned(), true));
        assert_eq!(place(Some(-5 * 3600), None), ("2031-07-03T14:15:00Z".to_owned(), true));
        assert_eq!(place(None, None), ("2031-07-03".to_owned(), false));
    }
}
