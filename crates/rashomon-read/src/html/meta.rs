//! What a page's metadata says: JSON-LD (schema.org), OpenGraph, meta tags, `time` elements, in this order of trust.

use super::dom::Dom;
use super::found::{Found, collapse, unescaped};
use super::graph::{self, plain};
use super::{authors, stated, times};
use crate::{byline, language, layout};
use rashomon_model::{Article, Moment};

/// Fills the fields that `article` does not have yet.
/// Gives what is to be settled once the visible lines are read.
pub(crate) fn fill(
    article: &mut Article,
    dom: &Dom,
    html: &str,
    headline: Option<String>,
    dates: times::Dates<'_>,
) -> Unsettled {
    let found = Found::of(dom, headline);
    let any =
        |names: &[&str]| names.iter().find_map(|n| found.meta.iter().find(|(k, _)| k == n).map(|(_, v)| v.as_str()));
    let ld = |names: &[&str]| names.iter().find_map(|n| found.linked.as_ref().and_then(|m| m.get(*n)).and_then(plain));

    let shown = article.url.clone().or_else(|| any(&["og:url", "twitter:url", "parsely-link"]).map(str::to_owned));
    // A canonical link to another site is whose report it is, and not where this page stands.
    let own = |it: &String| shown.as_deref().is_none_or(|shown| stated::same_site(shown, it));
    let address = found.canonical.clone().filter(own).or(shown).or_else(|| {
        let page = found.linked.as_ref()?.get("mainEntityOfPage")?;
        plain(page).or_else(|| page.get("@id").and_then(plain)).or_else(|| page.get("url").and_then(plain))
    });
    let address = address.or_else(|| ld(&["url"])).filter(|a| a.starts_with("http"));
    article.url = article.url.take().or(address);

    let publisher = found.linked.as_ref().and_then(|m| m.get("publisher")).and_then(|it| found.graph.name(it));
    let masthead =
        any(&["og:site_name", "application-name", "dc.publisher", "publisher", "copyright", "cre", "twitter:site"]);
    let masthead =
        masthead.map(|m| m.trim_start_matches('@').to_owned()).filter(|m| !m.contains("://") && m.len() < 80);
    let window = found.window.as_deref().and_then(|title| window_title(title, found.headline.as_deref()));
    article.outlet =
        article.outlet.take().or(publisher).or(masthead).or_else(|| window.as_ref().map(|(_, outlet)| outlet.clone()));

    let title = title(&found, article.outlet.as_deref(), window);
    article.title = article.title.take().or(title);

    let declared = found
        .language
        .clone()
        .or_else(|| ld(&["inLanguage"]))
        .or_else(|| any(&["og:locale", "content-language", "language", "dc.language"]).map(str::to_owned));
    let zone = times::fill(article, dom, &found, dates);
    let (authors, people) = authors::of(dom, &found, article.outlet.as_deref());
    let mut houses = Vec::new();
    if article.byline.is_empty() {
        *(if people { &mut article.byline } else { &mut houses }) = authors;
    }
    article.declared.extend(stated::sources(&found, html, article.url.as_deref(), article.outlet.as_deref()));
    article.language = article.language.take().or_else(|| declared.and_then(|l| language::code(&l)));
    Unsettled { zone, houses, times: (article.published, article.updated) }
}

/// What only the visible lines of a page can settle.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unsettled {
    zone: times::PageZone,
    /// Outlets and accounts that call themselves the author.
    houses: Vec<String>,
    times: (Option<Moment>, Option<Moment>),
}

impl Unsettled {
    /// After the visible lines of `article` were read.
    pub(crate) fn settle(self, article: &mut Article) {
        times::settle(article, &self.zone, self.times);
        if article.byline.is_empty() {
            article.byline = self.houses;
        }
    }
}

/// The headline: as the page shows it, less a kicker before it, unless the metadata of a news article agree on another
/// wording, or share no word with what the page shows. Which wins where was chosen on the pages of `models/pages.md`.
fn title(found: &Found, outlet: Option<&str>, window: Option<(String, String)>) -> Option<String> {
    const LONG: usize = 16;
    let without_outlet = |title: &str| -> String {
        match layout::outlet_behind(title) {
            Some((cut, named)) if outlet.is_none_or(|o| o.eq_ignore_ascii_case(&named)) => {
                title[..cut].trim().to_owned()
            }
            _ => {
                let cut = outlet.and_then(|o| title.strip_suffix(o));
                let cut = cut.and_then(|it| it.trim_end().strip_suffix(['|', '-', '–', '—', '•', '·', ':']));
                cut.map_or(title, str::trim_end).to_owned()
            }
        }
    };
    let clean = |text: &str| Some(without_outlet(&collapse(&unescaped(text)))).filter(|t| !t.is_empty());
    let meta = |names: &[&str]| {
        names.iter().find_map(|n| found.meta.iter().find(|(k, _)| k == n)).and_then(|(_, value)| clean(value))
    };
    let linked = ["headline", "name"].iter().find_map(|k| found.linked.as_ref()?.get(*k).and_then(plain));
    let linked = linked.and_then(|t| clean(&t));
    let shared = meta(&["og:title"]);
    let posted = meta(&["twitter:title"]);
    let others = || meta(&["dc.title", "title", "parsely-title"]);
    let window = window.map(|(title, _)| title).or(found.window.clone()).and_then(|t| clean(&t));
    let Some(shown) = found.headline.as_deref().and_then(clean) else {
        return linked.or(shared).or(posted).or_else(others).or(window);
    };
    let news = found.linked.as_ref().is_some_and(graph::is_news);
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    if news && (same(&linked, &shared) || same(&linked, &posted)) {
        return linked;
    }
    let words = |text: &str| -> Vec<u64> { super::measures::hashed_words(text) };
    // What the page and its data both begin with is no kicker, and an article is none.
    let agreed = linked.as_ref() == Some(&shown);
    let kicker = |it: &str| !agreed && !matches!(shown.strip_suffix(it).map(str::trim), Some("The" | "A" | "An"));
    let within = [&linked, &shared, &posted].into_iter().flatten().find(|it| {
        // `Kultur : Ehrengast der Messe`: what stands before the headline in other places too.
        it.len() >= LONG
            && **it != shown
            && (shown.ends_with(it.as_str()) && kicker(it) || news && shown.starts_with(it.as_str()))
    });
    if let Some(within) = within {
        return Some(within.clone());
    }
    let own = words(&shown);
    let alike = [&linked, &shared, &window].into_iter().flatten().map(|it| {
        let other = words(it);
        let both = own.iter().filter(|w| other.contains(w)).count();
        100 * both / (own.len() + other.len() - both).max(1)
    });
    // A window that holds the outlet's name and nothing of the headline is the whole site's.
    let of_site =
        linked.is_none() && shared.is_none() && outlet.is_some_and(|o| window.as_ref().is_some_and(|w| w.contains(o)));
    if alike.max().is_some_and(|best| best < 15) && !of_site {
        return shared.or(linked).or(window);
    }
    Some(shown)
}

/// Headline and masthead in the title of the window: `Ferry runs aground | Harbour Gazette`.
///
/// What stands behind the page's own headline and a bar or dash is the masthead, whatever its name.
fn window_title(title: &str, headline: Option<&str>) -> Option<(String, String)> {
    if let Some(rest) = headline.and_then(|h| title.strip_prefix(h)) {
        let name = rest.trim_start().strip_prefix(['|', '-', '–', '—', '•', '·', ':'])?.trim();
        let short = name.rsplit(['|', '–', '—']).next().unwrap_or(name).trim();
        return (!short.is_empty() && short.len() < 60)
            .then(|| (title[..title.len() - rest.len()].to_owned(), short.to_owned()));
    }
    // The masthead before the headline, or beside a section.
    let before =
        headline.and_then(|h| title.strip_suffix(h)).map(|it| it.trim_end_matches([' ', '|', '-', '–', '—', ':', '»']));
    if let Some(before) = before.filter(|it| (1..60).contains(&it.len())) {
        return Some((headline.unwrap_or_default().to_owned(), before.to_owned()));
    }
    let masthead = headline.and_then(|_| title.split(" | ").find(|part| byline::is_masthead(part)));
    if let Some(masthead) = masthead.filter(|it| it.split_whitespace().count() <= 4) {
        return Some((title.to_owned(), masthead.to_owned()));
    }
    layout::outlet_behind(title).map(|(cut, outlet)| (title[..cut].trim().to_owned(), outlet))
}
