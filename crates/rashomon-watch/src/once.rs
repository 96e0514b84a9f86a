//! Addresses on a command line: each fetched once, as politely as the watcher does; of a feed or a sitemap the pages it lists.

use crate::fetch::{Answer, Ask, Net};
use crate::robots::Robots;
use jiff::Timestamp;
use rashomon::read::{Error, Format, Record};
use rashomon_inputs::{Entry, Options, Source, records_in};
use std::collections::BTreeMap;
use std::time::Duration;

/// Pages that one feed or sitemap leads to.
const LISTED: usize = 100;

/// Fetches an address.
#[derive(Debug)]
pub struct Once<'a, N: Net + ?Sized> {
    net: &'a N,
    pause: Duration,
    robots: BTreeMap<String, Robots>,
    asked: bool,
}

impl<'a, N: Net + ?Sized> Once<'a, N> {
    /// Fetches through `net` with a pause between requests.
    #[must_use]
    pub fn new(net: &'a N, pause: Duration) -> Self {
        Self { net, pause, robots: BTreeMap::new(), asked: false }
    }

    /// What stands at an address: a page, a file of articles, or the pages that a feed or a sitemap lists.
    pub fn sources(&mut self, url: &str, options: &Options) -> Vec<Result<Source, Error>> {
        let answer = match self.get(url) {
            Ok(it) => it,
            Err(e) => return vec![Err(e)],
        };
        let listed = match rashomon_inputs::sitemap(&answer.body) {
            Some(it) => Some((it.entries, None)),
            None if looks_like_feed(&answer) => {
                rashomon_inputs::feed(&answer.body, Some(&answer.url)).ok().map(|it| (it.entries, it.broken))
            }
            None => None,
        };
        match listed {
            Some((entries, broken)) => {
                let mut sources: Vec<_> = entries.iter().take(LISTED).map(|it| self.listed(url, it)).collect();
                sources.extend(broken.map(|it| Err(Error::said(url, it))));
                sources
            }
            None => read(url, answer, options),
        }
    }

    /// The page of an item; its own text if the page cannot be had.
    fn listed(&mut self, feed: &str, entry: &Entry) -> Result<Source, Error> {
        let page = match entry.url.as_deref() {
            Some(url) => self.get(url).and_then(|it| {
                read(url, it, &Options::default())
                    .into_iter()
                    .next()
                    .unwrap_or_else(|| Err(Error::said(url, "no text")))
            }),
            None => Err(Error::said(feed, "an item without an address")),
        };
        page.or_else(|e| {
            let bytes = entry.row().ok_or(e)?;
            let place = entry.url.clone().unwrap_or_else(|| feed.to_owned());
            let mut it = Source::of(Record { place, format: Format::Jsonl, bytes });
            it.at = Some(Timestamp::now());
            Ok(it)
        })
    }

    fn get(&mut self, url: &str) -> Result<Answer, Error> {
        let parsed = url::Url::parse(url).map_err(|e| Error::said(url, e))?;
        let host = rashomon_store::host_of(url);
        if !self.robots.contains_key(&host) {
            let asked = self.ask(&format!("{}://{host}/robots.txt", parsed.scheme()));
            let robots = match asked {
                Ok(it) if (200..300).contains(&it.status) => Robots::parse(&it.body, "rashomon"),
                Ok(it) if (400..500).contains(&it.status) => Robots::default(),
                Ok(it) => return Err(Error::said(url, format!("not fetched, as robots.txt answers {}", it.status))),
                Err(why) => return Err(Error::said(url, why)),
            };
            self.robots.insert(host.clone(), robots);
        }
        let path = &parsed[url::Position::BeforePath..url::Position::AfterQuery];
        if !self.robots[&host].allows(path) {
            return Err(Error::said(url, "robots.txt asks that it not be fetched"));
        }
        let answer = self.ask(url).map_err(|e| Error::said(url, e))?;
        if answer.status == 200 {
            Ok(answer)
        } else {
            Err(Error::said(url, format!("the server answers {}", answer.status)))
        }
    }

    fn ask(&mut self, url: &str) -> Result<Answer, String> {
        if std::mem::replace(&mut self.asked, true) {
            std::thread::sleep(self.pause);
        }
        self.net.get(&Ask::plain(url)).map_err(|e| e.to_string())
    }
}

fn looks_like_feed(answer: &Answer) -> bool {
    let head = String::from_utf8_lossy(&answer.body[..answer.body.len().min(2048)]);
    ["<rss", "<feed", "<rdf:RDF", "jsonfeed.org/version"].iter().any(|it| head.contains(it))
        && !head.to_ascii_lowercase().contains("<html")
}

/// What an answer holds.
fn read(url: &str, answer: Answer, options: &Options) -> Vec<Result<Source, Error>> {
    let (status, from) = (answer.status, answer.url);
    let headers: Vec<(String, String)> =
        answer.headers.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("set-cookie")).collect();
    let all = match records_in(answer.body, url, options) {
        Ok(it) => it.collect::<Vec<_>>(),
        Err(e) => return vec![Err(e)],
    };
    let at = Timestamp::now();
    let beside = |mut it: Source| {
        // A file of many articles has addresses of its own.
        if matches!(it.record.format, Format::Html | Format::Plain) && it.url.is_none() {
            it.url = Some(from.clone());
            (it.status, it.headers) = (Some(status), headers.clone());
        }
        it.at = it.at.or(Some(at));
        it
    };
    all.into_iter().map(|it| it.map(beside)).collect()
}
