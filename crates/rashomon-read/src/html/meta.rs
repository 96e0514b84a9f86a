//! What a page's metadata says: JSON-LD (schema.org), OpenGraph, meta tags, `time` elements, in this order of trust.

use super::dom::Dom;
use super::found::{Found, collapse, unescaped};
use super::graph::{self, plain};
use super::skip::Beside;
use super::{authors, content, stated, times};
use crate::{byline, language, layout};
use rashomon_model::{Article, Moment};

/// Fills the fields that `article` does not have yet.
/// Gives what is to be settled once the visible lines are read.
pub(crate) fn fill(
    article: &mut Article,
    dom: &Dom,
    beside: &Beside,
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
    // Some systems write a headline or a mere path there.
    let own = |it: &String| it.starts_with("http") && shown.as_deref().is_none_or(|shown| stated::same_site(shown, it));
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

    let title = title(&found, article.outlet.as_deref(), article.url.as_deref(), window);
    article.title = article.title.take().or(title);

    let declared = found
        .language
        .clone()
        .or_else(|| ld(&["inLanguage"]))
        .or_else(|| any(&["og:locale", "content-language", "language", "dc.language"]).map(str::to_owned));
    let zone = times::fill(article, dom, beside, &found, dates);
    let (authors, people) = authors::of(dom, beside, &found, article.outlet.as_deref());
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
fn title(
    found: &Found,
    outlet: Option<&str>,
    address: Option<&str>,
    window: Option<(String, String)>,
) -> Option<String> {
    const LONG: usize = 16;
    /// Words of a headline that is told from the name of a site.
    const HEADLINE: usize = 3;
    let site = address.and_then(stated::host).map(str::to_lowercase);
    let without_outlet = |title: &str| -> String {
        match layout::outlet_behind(title) {
            Some((cut, named)) if outlet.is_none_or(|o| o.eq_ignore_ascii_case(&named)) => {
                title[..cut].trim().to_owned()
            }
            _ => {
                let cut = outlet.and_then(|o| title.strip_suffix(o));
                let cut = cut.and_then(|it| it.trim_end().strip_suffix(['|', '-', '–', '—', '•', '·', ':']));
                let cut = cut.or_else(|| {
                    let (before, name) = behind_mark(title)?;
                    let named = outlet.is_some_and(|o| letters(o) == letters(name))
                        || site.as_deref().is_some_and(|site| names_site(name, site));
                    (named && before.split_whitespace().count() >= HEADLINE).then_some(before)
                });
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
    let words = |text: &str| -> Vec<u64> { super::measures::hashed_words(text) };
    let own = words(&shown);
    // The name of the site over the headline, where the window has both.
    let parts: Vec<Vec<u64>> = found.window.iter().flat_map(|it| content::segments(std::slice::from_ref(it))).collect();
    if parts.contains(&own)
        && let Some(headline) = [&linked, &shared].into_iter().flatten().find(|it| {
            let other = words(it);
            other != own && other.len() >= HEADLINE && parts.contains(&other)
        })
    {
        return Some(headline.clone());
    }
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    if news && (same(&linked, &shared) || same(&linked, &posted)) {
        return linked;
    }
    // The same words with other marks.
    let agreed = linked.as_ref().zip(shared.as_ref()).filter(|(a, b)| words(a) == words(b));
    if let Some((_, shared)) = agreed.filter(|(linked, _)| news && words(linked) != own) {
        return Some(shared.clone());
    }
    // Capitals are how the page shows it.
    if !shown.chars().any(char::is_lowercase) && own.len() >= HEADLINE {
        let lower = |it: &&String| it.chars().any(char::is_lowercase) && words(it) == own;
        if let Some(same) = [&linked, &shared, &posted, &window].into_iter().flatten().find(lower) {
            return Some(same.clone());
        }
    }
    // What the page and its data both begin with is no kicker, and an article is none.
    let both = linked.as_ref() == Some(&shown);
    let kicker = |it: &str| !both && !matches!(shown.strip_suffix(it).map(str::trim), Some("The" | "A" | "An"));
    let within = [&linked, &shared, &posted].into_iter().flatten().find(|it| {
        // `Kultur : Ehrengast der Messe`: what stands before the headline in other places too.
        it.len() >= LONG
            && **it != shown
            && (shown.ends_with(it.as_str()) && kicker(it) || news && shown.starts_with(it.as_str()))
    });
    if let Some(within) = within {
        return Some(within.clone());
    }
    // A title that begins with the headline goes on with what the site says of itself.
    let goes_on = |it: &String| {
        let rest = it.strip_prefix(shown.as_str()).map(str::trim_start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['|', '-', '–', '—', '•', '·']))
    };
    if own.len() >= HEADLINE && [&linked, &shared, &window].into_iter().flatten().any(goes_on) {
        return Some(shown);
    }
    let alike = [&linked, &shared, &window].into_iter().flatten().map(|it| {
        let other = words(it);
        let both = own.iter().filter(|w| other.contains(w)).count();
        100 * both / (own.len() + other.len() - both).max(1)
    });
    // A window that holds the outlet's name and nothing of the headline is the whole site's.
    let of_site =
        linked.is_none() && shared.is_none() && outlet.is_some_and(|o| window.as_ref().is_some_and(|w| w.contains(o)));
    if alike.max().is_some_and(|best| best < 15) && !of_site {
        return if same(&linked, &window) { linked } else { shared.or(linked).or(window) };
    }
    Some(shown)
}

/// The part of a title behind its last bar, dash or dot, and what stands before it.
fn behind_mark(title: &str) -> Option<(&str, &str)> {
    let marks = [" | ", " - ", " – ", " — ", " • ", " · "].iter();
    let (at, len) = marks.filter_map(|mark| Some((title.rfind(mark)?, mark.len()))).max()?;
    Some((title[..at].trim_end(), title[at + len..].trim()))
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a few words name the site with this host: `mdr.de`, `Harbour Gazette` of `harbourgazette.example`,
/// `Harbour Boat Builders` of `harbourboats.example`.
fn names_site(name: &str, host: &str) -> bool {
    /// Words of a site's name, and letters of its first that are enough.
    const MOST: usize = 4;
    const FIRST: usize = 5;
    let words: Vec<&str> = name.split_whitespace().collect();
    let titled = words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let label = host.split('.').rev().skip(1).max_by_key(|label| label.len()).unwrap_or_default();
    let (name, label) = (letters(name), letters(label));
    let first = words.first().map(|word| letters(word)).unwrap_or_default();
    name == letters(host)
        || !label.is_empty() && name == label
        || titled && (2..=MOST).contains(&words.len()) && first.len() >= FIRST && label.starts_with(&first)
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
