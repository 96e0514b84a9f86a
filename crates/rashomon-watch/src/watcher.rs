//! What is asked next, and what becomes of the answer. It does no I/O but to the store and reads no clock: whoever runs it
//! says what time it is and brings the answers, so that a week can be lived through in a minute.

use crate::fetch::{Answer, Ask, Failed};
use crate::hints::Hints;
use crate::ladder;
use crate::robots::Robots;
use jiff::Timestamp;
use rashomon::read::{Format, Record};
use rashomon_store::{
    Added, Encoder, FeedLook, FetchLog, Outcome, PageLook, Result, Retrieved, Store, Task, host_of, normal, prepare,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::time::Duration;

/// Seconds that a robots.txt is kept (RFC 9309, 2.4).
const ROBOTS_KEPT: i64 = 24 * 3600;
/// Seconds that a page may be gone before it is looked at less.
const GONE_STEP: u64 = 24 * 3600;
/// Sitemaps that an index leads to, at most, the newest first.
const SITEMAPS: usize = 8;
/// Articles that are new to a first look at a feed and are fetched: an archive is not what a feed is for.
const FIRST_LOOK: usize = 200;

/// How the watcher behaves.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Pause between two requests to one host.
    pub pause: Duration,
    /// Whether robots.txt is heeded.
    pub robots: bool,
    /// Days that an article is looked at again.
    pub days: u32,
}

impl Default for Manners {
    fn default() -> Self {
        Self { pause: Duration::from_secs(2), robots: true, days: 365 }
    }
}

/// A request to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The host it is to, which is left alone until it is done.
    pub host: String,
    /// What to ask.
    pub ask: Ask,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Robots,
    Task(Task),
    /// A sitemap that a sitemap leads to, for this feed.
    Sitemap(i64),
}

impl Job {
    /// Whether it asks for what somebody said is to be watched, or for leave to ask for it: no article that a feed lists.
    #[must_use]
    pub fn is_for_feed(&self) -> bool {
        !matches!(self.what, What::Task(Task::Page(_)))
    }
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Make this request.
    Ask(Box<Job>),
    /// Nothing is due before then.
    Wait(Timestamp),
    /// All that is due waits for answers that are on their way.
    Busy,
    /// Nothing is watched.
    Nothing,
}

/// What an answer led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// What became of it, as the audit row says.
    pub outcome: &'static str,
    /// Why, if it failed.
    pub reason: Option<String>,
    /// A version that was put into the store.
    pub added: Option<Added>,
    /// An article that is gone or was withdrawn, by its key.
    pub gone: Option<String>,
}

#[derive(Debug, Default)]
struct Host {
    busy: bool,
    /// Seconds; not before then.
    free: i64,
    queue: BinaryHeap<Reverse<(i64, Task)>>,
    sitemaps: Vec<(String, i64)>,
    robots: Option<(i64, Robots)>,
    /// When the last good copy of robots.txt came.
    good: Option<i64>,
    /// Errors in a row of the host itself.
    failures: u32,
}

/// Watches feeds and articles.
#[derive(Debug)]
pub struct Watcher {
    store: Store,
    manners: Manners,
    hosts: BTreeMap<String, Host>,
    /// When each host that has something to do is free for it.
    ready: BTreeSet<(i64, String)>,
    placed: BTreeMap<String, i64>,
    known: BTreeSet<Task>,
    in_flight: usize,
}

impl Watcher {
    /// Goes on with what the store watches.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn new(store: Store, manners: Manners) -> Result<Self> {
        let mut it = Self {
            store,
            manners,
            hosts: BTreeMap::new(),
            ready: BTreeSet::new(),
            placed: BTreeMap::new(),
            known: BTreeSet::new(),
            in_flight: 0,
        };
        it.look_around()?;
        Ok(it)
    }

    /// Takes up what others have put into the store: feeds that a person added.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn look_around(&mut self) -> Result<()> {
        for (task, host, due) in self.store.tasks()? {
            if self.known.insert(task) {
                self.enqueue(task, &host, due);
            }
        }
        Ok(())
    }

    /// The store.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Ends watching and gives the store back.
    #[must_use]
    pub fn into_store(self) -> Store {
        self.store
    }

    /// Number of requests on their way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.in_flight
    }

    fn enqueue(&mut self, task: Task, host: &str, due: i64) {
        self.hosts.entry(host.to_owned()).or_default().queue.push(Reverse((due, task)));
        self.place(host);
    }

    /// Puts a host where it belongs among those that have something to do.
    fn place(&mut self, name: &str) {
        if let Some(at) = self.placed.remove(name) {
            self.ready.remove(&(at, name.to_owned()));
        }
        let Some(host) = self.hosts.get(name).filter(|it| !it.busy) else { return };
        let first = if host.sitemaps.is_empty() { host.queue.peek().map(|it| it.0.0) } else { Some(0) };
        if let Some(due) = first {
            let at = due.max(host.free);
            self.ready.insert((at, name.to_owned()));
            self.placed.insert(name.to_owned(), at);
        }
    }

    /// What to do at `now`.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn next(&mut self, now: Timestamp) -> Result<Next> {
        let second = now.as_second();
        loop {
            let Some((at, name)) = self.ready.first().cloned() else {
                return Ok(if self.in_flight > 0 { Next::Busy } else { Next::Nothing });
            };
            if at > second {
                return Ok(Timestamp::from_second(at).map_or(Next::Nothing, Next::Wait));
            }
            let heeds = self.manners.robots;
            let Some(host) = self.hosts.get_mut(&name) else { continue };
            let old = host.robots.as_ref().is_none_or(|(from, _)| second - from >= ROBOTS_KEPT);
            if heeds && old {
                let scheme = self.scheme(&name)?;
                return Ok(self.start(&name, Ask::plain(&format!("{scheme}://{name}/robots.txt")), What::Robots));
            }
            if let Some((url, feed)) = host.sitemaps.pop() {
                return Ok(self.start(&name, Ask::plain(&url), What::Sitemap(feed)));
            }
            let Some(Reverse((_, task))) = host.queue.pop() else {
                self.place(&name);
                continue;
            };
            // What a person has removed meanwhile is gone from the queue as well.
            let Ok(asked) = self.store.asked(task, second) else {
                self.known.remove(&task);
                self.place(&name);
                continue;
            };
            let path = path_of(&asked.url);
            let allowed = self.hosts.get(&name).and_then(|it| it.robots.as_ref()).is_none_or(|it| it.1.allows(&path));
            if heeds && !allowed {
                self.forbidden(task, &name, &asked.url, second)?;
                continue;
            }
            let ask = Ask { url: asked.url, etag: asked.etag, last_modified: asked.last_modified };
            return Ok(self.start(&name, ask, What::Task(task)));
        }
    }

    /// The scheme by which something on a host is asked for.
    fn scheme(&self, name: &str) -> Result<&'static str> {
        let host = self.hosts.get(name);
        let url = match host.and_then(|it| it.queue.peek()) {
            Some(Reverse((_, task))) => self.store.asked(*task, 0).map(|it| it.url).unwrap_or_default(),
            None => host.and_then(|it| it.sitemaps.last()).map(|it| it.0.clone()).unwrap_or_default(),
        };
        Ok(if url.starts_with("http://") { "http" } else { "https" })
    }

    fn start(&mut self, name: &str, ask: Ask, what: What) -> Next {
        if let Some(host) = self.hosts.get_mut(name) {
            host.busy = true;
        }
        self.in_flight += 1;
        self.place(name);
        Next::Ask(Box::new(Job { host: name.to_owned(), ask, what }))
    }

    /// Writes down that a task was not asked for, as robots.txt forbids it; it is looked at again in a day.
    fn forbidden(&mut self, task: Task, name: &str, url: &str, now: i64) -> Result<()> {
        let due = now + ROBOTS_KEPT;
        let reason = "robots.txt asks that it not be fetched".to_owned();
        let log = FetchLog {
            at: now,
            url: url.to_owned(),
            host: name.to_owned(),
            task: Some(task),
            outcome: "robots",
            reason: Some(reason.clone()),
            ..FetchLog::default()
        };
        match task {
            Task::Feed(id) => {
                let look = FeedLook { failed: Some(reason), due, ..FeedLook::default() };
                self.store.feed_looked(id, &look, &log)?;
            }
            Task::Page(id) => {
                let look = PageLook { failed: Some(reason), due: Some(due), ..PageLook::default() };
                self.store.page_looked(id, &look, &log)?;
            }
        }
        self.enqueue(task, name, due);
        Ok(())
    }

    /// Takes in the answer to a job.
    ///
    /// # Errors
    /// If the store cannot be written; the task stays due.
    pub fn done(
        &mut self,
        job: &Job,
        answer: std::result::Result<Answer, Failed>,
        now: Timestamp,
        took: Duration,
    ) -> Result<Done> {
        let second = now.as_second();
        self.in_flight -= 1;
        let hints = answer.as_ref().map(|it| Hints::of(&it.headers, now)).unwrap_or_default();
        let status = answer.as_ref().ok().map(|it| it.status);
        let log = FetchLog {
            at: second,
            url: job.ask.url.clone(),
            host: job.host.clone(),
            status,
            bytes: answer.as_ref().map_or(0, |it| it.body.len() as u64),
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            ..FetchLog::default()
        };
        if let Some(host) = self.hosts.get_mut(&job.host) {
            host.busy = false;
            let delay = host.robots.as_ref().and_then(|it| it.1.delay).unwrap_or_default();
            let mut hold = self.manners.pause.max(delay);
            // A server that is asked too much, or that has no time, is left alone as a whole.
            let overloaded = matches!(status, Some(429 | 503)) || (status == Some(403) && hints.retry_after.is_some());
            if overloaded {
                host.failures += 1;
                let own = ladder::after_failure(host.failures, seed(&job.host, second));
                hold = hold.max(hints.retry_after.unwrap_or(own)).min(ladder::LONGEST_WISH);
            } else if status.is_some() {
                host.failures = 0;
            }
            host.free = second + i64::try_from(hold.as_secs_f64().ceil() as u64).unwrap_or(1);
        }
        let done = match job.what {
            What::Robots => self.took_robots(job, answer, second, log),
            What::Sitemap(feed) => self.took_sitemap(job, answer, feed, second, log),
            What::Task(Task::Feed(id)) => self.took_feed(job, id, answer, &hints, second, log),
            What::Task(Task::Page(id)) => self.took_page(job, id, answer, &hints, now, log),
        };
        self.place(&job.host);
        done
    }

    fn took_robots(
        &mut self,
        job: &Job,
        answer: std::result::Result<Answer, Failed>,
        now: i64,
        mut log: FetchLog,
    ) -> Result<Done> {
        let Some(host) = self.hosts.get_mut(&job.host) else { return Ok(Done::default()) };
        let (kept, reason) = match answer {
            Ok(it) if (200..300).contains(&it.status) => ((now, Robots::parse(&it.body, "rashomon")), None),
            // There is none, or it is nobody's business: all may be fetched (RFC 9309, 2.3.1.3).
            Ok(it) if (400..500).contains(&it.status) && it.status != 429 => ((now, Robots::default()), None),
            // It cannot be reached: nothing is fetched, but for what the last good copy of a day allows (2.3.1.4).
            other => {
                host.failures += 1;
                let wait = ladder::after_failure(host.failures, seed(&job.host, now)).min(Duration::from_secs(3600));
                let wait = i64::try_from(wait.as_secs()).unwrap_or(3600);
                let why = match other {
                    Ok(it) => format!("robots.txt answers {}", it.status),
                    Err(e) => format!("robots.txt cannot be reached: {e}"),
                };
                let good = host.good.is_some_and(|it| now - it < 2 * ROBOTS_KEPT);
                match host.robots.take().filter(|_| good) {
                    Some((_, copy)) => ((now - ROBOTS_KEPT + wait, copy), Some(why)),
                    None => {
                        // Asked for again, before anything else, when the host is free.
                        host.free = host.free.max(now + wait);
                        ((now - ROBOTS_KEPT, Robots::closed()), Some(why))
                    }
                }
            }
        };
        let failed = reason.is_some();
        if !failed {
            host.good = Some(now);
        }
        host.robots = Some(kept);
        log.outcome = if failed { "error" } else { "robots" };
        log.reason = reason.clone();
        self.store.log_fetch(&log)?;
        Ok(Done { outcome: log.outcome, reason, ..Done::default() })
    }

    fn took_feed(
        &mut self,
        job: &Job,
        id: i64,
        answer: std::result::Result<Answer, Failed>,
        hints: &Hints,
        now: i64,
        mut log: FetchLog,
    ) -> Result<Done> {
        let task = Task::Feed(id);
        log.task = Some(task);
        let Ok(asked) = self.store.asked(task, now) else { return Ok(Done::default()) };
        let seed = seed(&job.ask.url, now);
        let mut look = FeedLook::default();
        // A server may wish not to be asked for longer than the ladder says, within reason.
        let wish = hints.fresh_for.unwrap_or_default().min(ladder::FEED.1);
        let mut wait = ladder::FEED.0;
        let mut found = 0;
        let mut broken = None;
        match answer {
            Ok(it) if it.status == 304 => {
                log.outcome = "not-modified";
                wait = ladder::next_poll(self.recent(id, now)?, Duration::from_secs(86_400), seed);
            }
            Ok(it) if it.status == 200 => {
                look.moved_to = it.moved_to().filter(|to| *to != job.ask.url).map(str::to_owned);
                look.validators = Some((hints.etag.clone(), hints.last_modified.clone()));
                let body = hash(&it.body);
                if asked.body == Some(body) {
                    log.outcome = "unchanged";
                    wait = ladder::next_poll(self.recent(id, now)?, Duration::from_secs(86_400), seed);
                } else {
                    match self.listed(&it, id, asked.checked.is_none(), now, &mut look) {
                        Ok((new, ttl, said)) => {
                            found = new;
                            broken = said;
                            look.body = Some(body);
                            look.news = new > 0;
                            log.outcome = "feed";
                            wait = ladder::next_poll(self.recent(id, now)? + new, Duration::from_secs(86_400), seed);
                            wait = wait.max(ttl.min(ladder::FEED.1));
                        }
                        Err(Listed::Store(e)) => return Err(e),
                        Err(Listed::Not(why)) => {
                            look.failed = Some(why);
                            // Asked for with these, it would be said not to have changed, and the failure be forgotten.
                            look.validators = None;
                        }
                    }
                }
            }
            Ok(it) => {
                look.gone = it.status == 410;
                look.failed = Some(format!("the server answers {}", it.status));
            }
            Err(e) => look.failed = Some(e.to_string()),
        }
        if look.failed.is_some() {
            log.outcome = "error";
            wait = ladder::after_failure(asked.failures + 1, seed);
            if look.gone {
                wait = wait.max(Duration::from_secs(86_400));
            }
        }
        wait = wait.max(wish).max(hints.retry_after.unwrap_or_default().min(ladder::LONGEST_WISH));
        let reason = look.failed.clone().or(broken);
        log.reason.clone_from(&reason);
        log.found = found;
        look.due = now + i64::try_from(wait.as_secs()).unwrap_or(3600);
        self.store.feed_looked(id, &look, &log)?;
        self.enqueue(task, &job.host, look.due);
        Ok(Done { outcome: log.outcome, reason, ..Done::default() })
    }

    /// New articles that a feed had in the last day.
    fn recent(&self, feed: i64, now: i64) -> Result<u32> {
        self.store.found_since(feed, now - 86_400)
    }

    /// Watches what a feed lists that is new; returns how much that is, how long the feed asks to be left alone, and which of
    /// its items could not be read.
    fn listed(
        &mut self,
        answer: &Answer,
        feed: i64,
        first: bool,
        now: i64,
        look: &mut FeedLook,
    ) -> std::result::Result<(u32, Duration, Option<String>), Listed> {
        let mut ttl = Duration::ZERO;
        let mut broken = None;
        let entries = if let Some(it) = rashomon_inputs::sitemap(&answer.body) {
            look.kind = Some("sitemap".into());
            let host = host_of(&answer.url);
            let mut more: Vec<(String, Option<String>)> = it.sitemaps;
            more.sort_by(|a, b| b.1.cmp(&a.1));
            if let Some(it) = self.hosts.get_mut(&host) {
                let same = more.into_iter().filter(|(url, _)| host_of(url) == host);
                it.sitemaps.extend(same.take(SITEMAPS).map(|(url, _)| (url, feed)));
            }
            it.entries
        } else {
            let it = rashomon_inputs::feed(&answer.body, Some(&answer.url)).map_err(Listed::Not)?;
            look.kind = Some(it.kind.to_owned());
            look.title = it.title;
            ttl = Duration::from_secs(60 * u64::from(it.ttl.unwrap_or(0)));
            broken = it.broken;
            it.entries
        };
        look.items = u32::try_from(entries.len()).ok();
        let most = if first { FIRST_LOOK } else { usize::MAX };
        Ok((self.watch_entries(&entries, feed, most, now).map_err(Listed::Store)?, ttl, broken))
    }

    fn watch_entries(&mut self, entries: &[rashomon_inputs::Entry], feed: i64, most: usize, now: i64) -> Result<u32> {
        let mut new = 0;
        for entry in entries {
            let Some(url) = entry.url.as_deref() else { continue };
            if new as usize >= most {
                break;
            }
            if let Some(task) = self.store.watch_page(url, Some(feed), now)? {
                new += 1;
                self.known.insert(task);
                self.enqueue(task, &host_of(url), now);
            }
        }
        Ok(new)
    }

    fn took_sitemap(
        &mut self,
        _job: &Job,
        answer: std::result::Result<Answer, Failed>,
        feed: i64,
        now: i64,
        mut log: FetchLog,
    ) -> Result<Done> {
        let found = match &answer {
            Ok(it) if it.status == 200 => rashomon_inputs::sitemap(&it.body),
            _ => None,
        };
        log.outcome = if found.is_some() { "feed" } else { "error" };
        log.reason = found.is_none().then(|| answer.err().map_or_else(|| "no sitemap".to_owned(), |e| e.to_string()));
        if let Some(it) = found {
            log.found = self.watch_entries(&it.entries, feed, FIRST_LOOK, now)?;
        }
        self.store.log_fetch(&log)?;
        Ok(Done { outcome: log.outcome, reason: log.reason, ..Done::default() })
    }

    fn took_page(
        &mut self,
        job: &Job,
        id: i64,
        answer: std::result::Result<Answer, Failed>,
        hints: &Hints,
        now: Timestamp,
        mut log: FetchLog,
    ) -> Result<Done> {
        let task = Task::Page(id);
        let second = now.as_second();
        log.task = Some(task);
        let Ok(asked) = self.store.asked(task, second) else { return Ok(Done::default()) };
        let seed = seed(&job.ask.url, second);
        let mut look = PageLook::default();
        let mut done = Done::default();
        let mut rung_from = asked.rung_from;
        let mut wait: Option<Duration> = None;
        match answer {
            Ok(it) if it.status == 304 => {
                log.outcome = "not-modified";
                if let Some(key) = &asked.article {
                    self.store.seen_unchanged(key, second)?;
                }
            }
            Ok(it) if it.status == 200 => {
                look.validators = Some((hints.etag.clone(), hints.last_modified.clone()));
                match self.put(&job.ask.url, asked.outlet.clone(), it, now)? {
                    Ok(added) => {
                        look.article = Some(added.rows().0).filter(|it| *it > 0);
                        look.changed = matches!(added.outcome, Outcome::New | Outcome::Version);
                        if look.changed {
                            rung_from = second;
                        }
                        log.outcome = if added.outcome == Outcome::Unchanged { "unchanged" } else { "stored" };
                        log.version =
                            (added.outcome != Outcome::Unchanged).then_some(added.rows().1).filter(|it| *it > 0);
                        log.found = u32::from(look.changed);
                        done.added = Some(added);
                    }
                    Err(why) => look.failed = Some(why),
                }
            }
            Ok(it) if matches!(it.status, 404 | 410 | 451) => {
                // A 404 may be a slip of the server's: it counts when it is seen twice.
                let certain = it.status != 404 || asked.failures > 0;
                look.failed = Some(format!("the server answers {}", it.status));
                log.outcome = "gone";
                wait = Some(if certain { Duration::from_secs(GONE_STEP) } else { Duration::from_secs(900) });
                if certain && let Some(key) = &asked.article {
                    let state = if it.status == 404 { "gone" } else { "withdrawn" };
                    if self.store.seen_gone(key, state, it.status, second)? {
                        done.gone = Some(key.clone());
                    }
                }
            }
            Ok(it) => look.failed = Some(format!("the server answers {}", it.status)),
            Err(Failed::Refused(why)) => {
                log.outcome = "refused";
                look.failed = Some(why);
                wait = Some(Duration::from_secs(86_400));
            }
            Err(Failed::Broken(why)) => look.failed = Some(why),
        }
        if look.failed.is_some() {
            if log.outcome.is_empty() {
                log.outcome = "error";
            }
            wait = wait.or_else(|| Some(ladder::after_failure(asked.failures + 1, seed)));
        } else {
            let age = Duration::from_secs(u64::try_from(second - rung_from).unwrap_or(0));
            let days = Duration::from_secs(u64::from(self.manners.days) * 86_400);
            wait = if age < days { ladder::next_look(age, seed) } else { None };
        }
        let wait = wait.map(|it| it.max(hints.retry_after.unwrap_or_default().min(ladder::LONGEST_WISH)));
        look.due = wait.map(|it| second + i64::try_from(it.as_secs()).unwrap_or(86_400));
        log.reason.clone_from(&look.failed);
        self.store.page_looked(id, &look, &log)?;
        if let Some(due) = look.due {
            self.enqueue(task, &job.host, due);
        }
        done.outcome = log.outcome;
        done.reason = look.failed;
        Ok(done)
    }

    /// Puts what came from an address into the store; or says why there is no article in it.
    fn put(
        &mut self,
        asked: &str,
        outlet: Option<String>,
        answer: Answer,
        now: Timestamp,
    ) -> Result<std::result::Result<Added, String>> {
        let encoder = self.store.encoder()?;
        put(&mut self.store, &encoder, asked, outlet, answer, now)
    }
}

/// Why a feed could not be read.
enum Listed {
    Store(rashomon_store::Error),
    Not(String),
}

/// Puts what came from an address into a store; or says why there is no article in it.
///
/// # Errors
/// If the store cannot be written.
pub fn put(
    store: &mut Store,
    encoder: &Encoder,
    asked: &str,
    outlet: Option<String>,
    answer: Answer,
    now: Timestamp,
) -> Result<std::result::Result<Added, String>> {
    let media = answer.header("content-type").unwrap_or_default().to_ascii_lowercase();
    let format = if media.contains("html") {
        Format::Html
    } else if media.starts_with("text/plain") {
        Format::Plain
    } else {
        match rashomon::read::records_in(answer.body.clone(), asked).ok().and_then(|mut it| it.next()) {
            Some(Ok(it)) if media.is_empty() => it.format,
            _ => return Ok(Err(format!("{media}: neither a page nor a text"))),
        }
    };
    // Where it was asked for names it first; where it came from only if it is of the same site.
    let mut addresses = vec![(asked.to_owned(), "requested")];
    let site = |url: &str| normal(url).map(|it| it.normal);
    if site(&answer.url) != site(asked) {
        addresses.push((answer.url.clone(), "redirect"));
    }
    let headers = answer.headers.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("set-cookie")).collect();
    let retrieved = Retrieved {
        record: Record { place: asked.to_owned(), format, bytes: answer.body },
        at: now,
        status: Some(answer.status),
        headers,
        signal: None,
        outlet,
        addresses,
    };
    let prepared = prepare(retrieved, encoder);
    match prepared.output {
        Some(it) => Ok(Ok(store.put(&[it])?.remove(0))),
        None => Ok(Err(prepared.notes.first().map_or_else(|| "no text".to_owned(), |it| it.message.clone()))),
    }
}

fn path_of(url: &str) -> String {
    url::Url::parse(url)
        .map_or_else(|_| "/".to_owned(), |it| it[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
}

fn hash(bytes: &[u8]) -> i64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    i64::from_le_bytes(hasher.finish().to_le_bytes())
}

fn seed(text: &str, now: i64) -> u64 {
    u64::from_le_bytes((hash(text.as_bytes()) ^ now).to_le_bytes())
}
