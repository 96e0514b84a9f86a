//! Who a page says wrote its article: JSON-LD, meta tags, and the elements that are named for authors.
//!
//! People win over houses: an outlet that calls itself the author is given only where nothing names a person.

use super::dom::{Dom, Id};
use super::found::{Found, collapse, heading};
use super::skip::Beside;
use crate::{byline, jsonl};
use rashomon_model::agency;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// The authors of the page; `bool` tells whether they are people, so that a visible byline need not be asked.
pub(super) fn of(dom: &Dom, beside: &Beside, found: &Found, outlet: Option<&str>) -> (Vec<String>, bool) {
    let mut stated = linked(found);
    if stated.is_empty() || !stated.iter().any(|name| is_full(name, outlet)) {
        let meta = meta(found, outlet);
        if stated.is_empty() || meta.iter().any(|name| is_full(name, outlet)) {
            stated = meta;
        }
    }
    if stated.iter().any(|name| is_full(name, outlet)) {
        // A house beside its people is where they write.
        stated.retain(|name| !is_house(name, outlet));
        return (stated, true);
    }
    let mut shown = shown(dom, beside, found);
    if shown.iter().any(|name| !is_house(name, outlet)) {
        shown.retain(|name| !is_house(name, outlet));
    }
    if shown.is_empty() { (stated, false) } else { (shown, true) }
}

/// Whether a name is more than an account's or the outlet's own.
fn is_full(name: &str, outlet: Option<&str>) -> bool {
    let house = outlet.is_some_and(|o| o.eq_ignore_ascii_case(name) || name.contains(o)) || agency(name).is_some();
    !house && name.contains(|c: char| c.is_whitespace() || !c.is_ascii() || c == '・')
}

/// Whether a name beside those of people is the outlet's own, or another newsroom's.
fn is_house(name: &str, outlet: Option<&str>) -> bool {
    let bare = |name: &str| name.strip_prefix("The ").unwrap_or(name).to_lowercase();
    outlet.is_some_and(|own| bare(own) == bare(name)) || byline::is_masthead(name) || agency(name).is_some()
}

fn linked(found: &Found) -> Vec<String> {
    let mut out = Vec::new();
    let Some(article) = found.linked.as_ref() else { return out };
    for key in ["author", "creator"] {
        let Some(value) = article.get(key) else { continue };
        found.graph.names(value).iter().for_each(|name| add(name, &mut out));
        if !out.is_empty() {
            return out;
        }
    }
    out
}

fn meta(found: &Found, outlet: Option<&str>) -> Vec<String> {
    const KEYS: [&str; 8] = [
        "author",
        "byl",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "article:author",
        "article.author",
        "dcterms.creator",
    ];
    let keyed = KEYS.into_iter().map(|key| {
        let mut out = Vec::new();
        found.meta.iter().filter(|(k, _)| k == key).for_each(|(_, value)| add(value, &mut out));
        out
    });
    let mut keyed: Vec<Vec<String>> = keyed.filter(|names| !names.is_empty()).collect();
    if !keyed.is_empty() {
        // Where one names the outlet, another may name who wrote.
        let full = keyed.iter().position(|names| names.iter().any(|name| is_full(name, outlet)));
        return keyed.swap_remove(full.unwrap_or(0));
    }
    let mut out = Vec::new();
    // `twitter:label1` says of what `twitter:data1` is: "Written by", "Reading time".
    for n in ["1", "2"] {
        let get =
            |key: &str| found.meta.iter().find(|(k, _)| *k == format!("twitter:{key}{n}")).map(|(_, v)| v.as_str());
        let label = get("label").map(str::to_lowercase);
        if label.is_some_and(|l| {
            ["written", "author", "by", "verfasst", "geschrieben", "autor", "écrit", "escrito"]
                .iter()
                .any(|w| l.contains(w))
        }) && let Some(value) = get("data")
        {
            add(value, &mut out);
        }
    }
    if out.is_empty()
        && let Some((_, value)) = found.meta.iter().find(|(k, v)| k == "twitter:creator" && v.trim().contains(' '))
    {
        add(value, &mut out);
    }
    out
}

/// Adds the names in a field, less what is no name.
fn add(value: &str, out: &mut Vec<String>) {
    let value = collapse(&super::found::unescaped(value));
    let mut names = Vec::new();
    if value.contains("://") {
        return;
    }
    // "Ada Lund (now) and Bo Berg (earlier)": what stands in brackets is no part of a name.
    let value = without_brackets(&value);
    // "By Ada Lund | Harbour Gazette": a byline of the page, and whose page it is.
    let byline = value.split_once('|').filter(|(people, _)| byline::byline(people.trim()).is_some());
    let value = byline.map_or(value.as_str(), |(people, _)| people);
    for part in value.split([';', '|', '/']) {
        jsonl::split_names(part, &mut names);
    }
    for name in names {
        let name = named(&name);
        let digits = name.chars().filter(char::is_ascii_digit).count();
        if !name.is_empty()
            && name.len() <= 80
            && !name.contains('@')
            && 2 * digits < name.len()
            && name.chars().any(char::is_alphabetic)
            && !matches!(
                name.to_lowercase().as_str(),
                "admin" | "administrator" | "editor" | "author" | "null" | "none"
            )
            && !out.contains(&name)
        {
            out.push(name);
        }
    }
}

/// A list of names less what stands in brackets behind them.
fn without_brackets(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once(" (") {
        let Some((inner, after)) = behind.split_once(')') else { break };
        out.push_str(before);
        // "Ada (Quist) Lund" is all of a name.
        if !inner.starts_with(char::is_lowercase) {
            out.push_str(" (");
            out.push_str(inner);
            out.push(')');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A name less what systems write around it: `By Ada Lund (alu)`, `Ada Lund, Harbour Gazette`, `, Harbour Gazette`.
fn named(name: &str) -> String {
    let mut name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '*' | '·'));
    for opening in ["By ", "by ", "BY ", "Von ", "Par ", "Por ", "Written by ", "von "] {
        name = name.strip_prefix(opening).unwrap_or(name);
    }
    if let Some(at) = name.rfind(" (").filter(|at| *at > 3 && name.ends_with(')')) {
        name = &name[..at];
    }
    // Where the first of several parts is a person and others are none, they say who that is.
    let mut parts = name.split(", ");
    let first = parts.next().unwrap_or(name);
    let suffix = |p: &str| p.len() <= 6 && p.contains('.') || matches!(p, "MD" | "PhD" | "RN" | "Jr" | "Sr");
    if name.contains(", ") && byline::is_person(first) && !parts.any(suffix) {
        name = first;
    }
    name.trim().to_owned()
}

/// The first group of elements named for authors, after the headline if there is one, that hold names of people.
fn shown(dom: &Dom, beside: &Beside, found: &Found) -> Vec<String> {
    let headline = found.headline.as_deref();
    let mut seen_headline = headline.is_none();
    let (mut before, mut behind): (Vec<String>, Vec<String>) = Default::default();
    let (mut group, mut since) = (String::new(), 0usize);
    let mut known = FxHashMap::default();
    // Whether those are named who did other work: "Words by … Photographs by …".
    let mut other_work = false;
    for &id in &beside.order {
        if matches!(dom.tag(id), "h1" | "h2") && !seen_headline {
            seen_headline = headline.is_some_and(|h| heading(dom, id) == h);
        }
        if dom.pieces(id).is_empty() || dom.parent(id).is_some_and(|p| beside.replies[p] || beside.teaser[p]) {
            continue;
        }
        since += 1;
        let Some((element, names, strong)) = authors_element(dom, id, beside, &mut known) else { continue };
        let text = collapse(&dom.pieces(id).iter().map(|p| p.text.as_str()).collect::<String>());
        if text.is_empty() {
            continue;
        }
        let writes = || {
            let lower = text.to_lowercase();
            lower == "by" || lower.starts_with("by ") || ["words by", "written by"].iter().any(|it| lower.contains(it))
        };
        other_work = byline::labels_other_work(&text) || other_work && !writes();
        if other_work {
            continue;
        }
        // A name may stand in two elements of one.
        let whole = || {
            let nodes: Vec<Id> = dom.below(element).take(MOST_NODES + 1).collect();
            let said = nodes.iter().filter(|id| dom.pieces(**id).iter().any(|p| !p.text.trim().is_empty()));
            if nodes.len() > MOST_NODES || said.count() != 2 {
                return None;
            }
            let whole = collapse(&dom.text(element));
            (whole.starts_with(&text) && byline::is_known_person(&whole)).then(|| vec![whole])
        };
        let Some(people) = people(&text, strong).or_else(whole) else { continue };
        let list = if seen_headline { &mut behind } else { &mut before };
        if list.is_empty() {
            group = names;
        } else if names != group || since > 12 {
            if seen_headline {
                break;
            }
            continue;
        }
        since = 0;
        for name in people {
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
    if behind.is_empty() { before } else { behind }
}

/// Nodes of an element that holds one name in two parts.
const MOST_NODES: usize = 12;

/// What an element is called, and what that says.
struct Called {
    names: String,
    /// Comments, other pages or a footer.
    apart: bool,
    /// Something else about an author than a name.
    other: bool,
    /// Whether it is for authors: by its markup, by its name.
    authors: OnceCell<(bool, bool)>,
}

impl Called {
    fn of(dom: &Dom, id: Id) -> Self {
        const OTHER: [&str; 16] = [
            "bio", "image", "avatar", "social", "desc", "title", "role", "job", "follow", "more", "date", "time",
            "email", "position", "label", "count",
        ];
        let names = dom.called(id);
        let apart = names.contains("comment") || names.contains("related") || names.contains("footer");
        let other = OTHER.iter().any(|n| names.contains(n)) && !names.contains("name");
        Self { names, apart, other, authors: OnceCell::new() }
    }

    fn authors(&self, dom: &Dom, id: Id) -> (bool, bool) {
        *self.authors.get_or_init(|| {
            let strong = dom.attribute(id, "rel").split_ascii_whitespace().any(|r| r == "author")
                || dom.attribute(id, "itemprop") == "author"
                || dom.tag(id) == "a" && (dom.attribute(id, "href").contains("/author") || is_of_staff(dom, id));
            let named = ["author", "byline", "writer", "contributor", "written-by", "autor", "user-name"]
                .iter()
                .any(|n| self.names.contains(n))
                // hCard: the name of who wrote the entry.
                || self.names.split_ascii_whitespace().any(|name| name == "fn");
            (strong, named)
        })
    }
}

/// The element over a text node that is for authors, its names, and whether its markup, not its name, says so. Elements stand
/// over many text nodes: what they are called is `known` once it was asked for.
fn authors_element(
    dom: &Dom,
    text: Id,
    beside: &Beside,
    known: &mut FxHashMap<Id, Called>,
) -> Option<(Id, String, bool)> {
    let mut found = None;
    for (level, id) in std::iter::successors(dom.parent(text), |id| dom.parent(*id)).take(6).enumerate() {
        if matches!(
            dom.tag(id),
            "article" | "main" | "body" | "html" | "footer" | "nav" | "h1" | "script" | "style" | "noscript"
        ) || beside.replies[id]
        {
            return found.filter(|_| !matches!(dom.tag(id), "footer" | "nav" | "script" | "style" | "noscript"));
        }
        let called = known.entry(id).or_insert_with(|| Called::of(dom, id));
        let names = &called.names;
        if called.apart {
            // Blogs sign below an entry.
            let of_entry = ["post-footer", "entry-footer", "article-footer"].iter().any(|n| names.contains(n));
            return found.filter(|_| of_entry && !names.contains("comment"));
        }
        if level == 0 && called.other {
            return None;
        }
        if found.is_none() && level < 4 {
            let (strong, named) = called.authors(dom, id);
            if strong || named {
                found = Some((id, names.clone(), strong));
            }
        }
    }
    found
}

/// Whether a link that stands alone in its line leads to somebody's page among those who write for the outlet.
fn is_of_staff(dom: &Dom, link: Id) -> bool {
    const PLACES: [&str; 7] =
        ["/staff/", "/journalist", "/reporters/", "/contributors/", "/writers/", "/columnists/", "/correspondents/"];
    const ALONE: usize = 90;
    PLACES.iter().any(|place| dom.attribute(link, "href").contains(place))
        && dom.parent(link).is_some_and(|line| collapse(&dom.text(line)).len() <= ALONE)
}

/// The people a text node of such an element names, if it names people and says nothing else.
fn people(text: &str, strong: bool) -> Option<Vec<String>> {
    const LONGEST: usize = 120;
    if text.len() > LONGEST || text.is_empty() {
        return None;
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '•' | '·' | ',' | ':' | '–' | '-'));
    // "Ada Lund alund@quay.example"
    let named: Vec<&str> = text.split(' ').filter(|word| !word.contains('@')).collect();
    let text = &named.join(" ");
    if let Some(found) = byline::byline(text).filter(|b| !b.people.is_empty()) {
        return Some(found.people.into_iter().map(|r| collapse(&text[r])).collect());
    }
    let mut names = Vec::new();
    add(text, &mut names);
    if let [both] = names.as_slice()
        && let Some((first, second)) = both.split_once(" & ")
        && byline::is_person(first)
        && byline::is_person(second)
    {
        names = vec![first.to_owned(), second.to_owned()];
    }
    let single = |n: &str| {
        strong
            && !n.contains(' ')
            && n.len() > 2
            && n.starts_with(char::is_uppercase)
            && n.chars().all(char::is_alphabetic)
            && !matches!(n, "By" | "Author" | "Authors" | "Share" | "Follow" | "More")
    };
    // "Written By", "Full Bio", "More About Ada": labels of a box.
    let label = |n: &str| {
        n.split(' ').any(|w| matches!(w.to_lowercase().as_str(), "by" | "bio" | "about" | "more" | "view" | "profile"))
    };
    (!names.is_empty() && names.iter().all(|n| (byline::is_person(n) || single(n)) && !label(n))).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_less_what_is_written_around_them() {
        for (value, names) in [
            ("By Ada Lund (alu)", &["Ada Lund"][..]),
            ("Ada Lund, Harbour Gazette desk", &["Ada Lund"]),
            (", HARBOUR TODAY", &["HARBOUR TODAY"]),
            ("Ada Lund and Bo Berg", &["Ada Lund", "Bo Berg"]),
            ("Ada Lund | Bo Berg", &["Ada Lund", "Bo Berg"]),
            ("By Ada Lund and Bo Berg | Harbour Gazette", &["Ada Lund", "Bo Berg"]),
            ("https://harbour.example/ada", &[]),
            ("@adalund", &[]),
            ("Ada Lund (now) and Bo Berg (earlier)", &["Ada Lund", "Bo Berg"]),
            ("Ada (Quist) Lund", &["Ada (Quist) Lund"]),
            ("1052", &[]),
            ("Ada &amp; Bo", &["Ada & Bo"]),
        ] {
            let mut found = Vec::new();
            add(value, &mut found);
            assert_eq!(found, names, "{value}");
        }
    }
}
