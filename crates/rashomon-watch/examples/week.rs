//! A week of news under a fake clock: what share of edits the watcher sees, how late, and what that costs.
//!
//! `cargo run --release -p rashomon-watch --example week -- [OUTLETS] [ARTICLES OF EACH]`, 30 and 200 unless said otherwise.
//!
//! One article in five is edited: 81 of 100 edits within a day, half of these within three hours, the rest within the week; one
//! edit in seven is taken back after minutes or hours. Half of the outlets send validators.

use jiff::{Timestamp, ToSpan};
use rashomon_store::Store;
use rashomon_watch::{Answer, Ask, Manners, Next, Watcher};
use std::collections::HashMap;
use std::time::{Duration, Instant};

const HOUR: f64 = 3600.0;
const DAY: f64 = 24.0 * HOUR;
const WEEK: f64 = 7.0 * DAY;

/// A seeded source of numbers (SplitMix64; Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        #[allow(clippy::cast_precision_loss)]
        let part = ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        part
    }
}

/// One article: when it is published, edited and, perhaps, put back, in seconds of the week.
struct Life {
    published: f64,
    edited: Option<(f64, f64)>,
    requests: Vec<f64>,
    seen: Vec<(f64, bool)>,
}

struct World {
    start: Timestamp,
    lives: HashMap<(usize, usize), Life>,
    outlets: usize,
    each: usize,
    bytes: u64,
    feeds: u64,
    robots: u64,
}

impl World {
    fn new(outlets: usize, each: usize, start: Timestamp) -> Self {
        let mut random = Random(15);
        let mut lives = HashMap::new();
        for outlet in 0..outlets {
            for n in 0..each {
                let published = random.next() * WEEK;
                let edited = (random.next() < 0.2).then(|| {
                    let after = match random.next() {
                        it if it < 0.405 => random.next() * 3.0 * HOUR,
                        it if it < 0.81 => 3.0 * HOUR + random.next() * 21.0 * HOUR,
                        _ => DAY + random.next() * 6.0 * DAY,
                    };
                    let lasts = if random.next() < 0.15 { 300.0 + random.next() * 7200.0 } else { f64::INFINITY };
                    (published + after, published + after + lasts)
                });
                lives.insert((outlet, n), Life { published, edited, requests: Vec::new(), seen: Vec::new() });
            }
        }
        Self { start, lives, outlets, each, bytes: 0, feeds: 0, robots: 0 }
    }

    fn answer(&mut self, ask: &Ask, now: Timestamp) -> Answer {
        #[allow(clippy::cast_precision_loss)]
        let at = (now.as_second() - self.start.as_second()) as f64;
        let path = ask.url.split(".example").nth(1).unwrap_or_default().to_owned();
        let outlet: usize = ask.url.trim_start_matches("https://o").split('.').next().unwrap().parse().unwrap();
        let mut out = Answer { status: 200, url: ask.url.clone(), ..Answer::default() };
        if path == "/robots.txt" {
            self.robots += 1;
            out.status = 404;
            return out;
        }
        if path == "/feed" {
            self.feeds += 1;
            let mut there: Vec<(usize, f64)> = (0..self.each)
                .map(|n| (n, self.lives[&(outlet, n)].published))
                .filter(|it| it.1 <= at && at - it.1 < 2.0 * DAY)
                .collect();
            there.sort_by(|a, b| b.1.total_cmp(&a.1));
            let items: String = there
                .iter()
                .take(50)
                .map(|(n, _)| {
                    format!("<item><title>Story {n}</title><link>https://o{outlet}.example/{n}</link></item>")
                })
                .collect();
            out.headers.push(("content-type".into(), "application/rss+xml".into()));
            out.body = format!("<rss version='2.0'><channel><title>Outlet {outlet}</title><link>https://o{outlet}.example/</link><description>d</description>{items}</channel></rss>").into_bytes();
            self.bytes += out.body.len() as u64;
            return out;
        }
        let n: usize = path.trim_start_matches('/').parse().unwrap();
        let life = self.lives.get_mut(&(outlet, n)).unwrap();
        let edited = life.edited.is_some_and(|(from, to)| from <= at && at < to);
        life.requests.push(at);
        life.seen.push((at, edited));
        let tag = format!("\"{n}-{edited}\"");
        if outlet.is_multiple_of(2) {
            if ask.etag.as_deref() == Some(&tag) {
                out.status = 304;
                return out;
            }
            out.headers.push(("etag".into(), tag));
        }
        out.headers.push(("content-type".into(), "text/plain".into()));
        let said = if edited { "forty-one" } else { "fourteen" };
        out.body = format!(
            "Story {n} of outlet {outlet}\n\nThe office of works number {n} said on Monday that {said} people had been at the meeting number {outlet}. Nobody would say why."
        )
        .into_bytes();
        self.bytes += out.body.len() as u64;
        out
    }
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|it| it.parse().ok());
    let (outlets, each) = (args.next().unwrap_or(30), args.next().unwrap_or(200));
    let start: Timestamp = "2031-05-04T00:00:00Z".parse().unwrap();
    let mut world = World::new(outlets, each, start);
    let mut store = Store::in_memory().unwrap();
    for outlet in 0..world.outlets {
        store.add_feed(&format!("https://o{outlet}.example/feed"), None, start).unwrap();
    }
    let mut watcher = Watcher::new(store, Manners::default()).unwrap();
    let mut now = start;
    let end = start.checked_add((15 * 24).hours()).unwrap();
    let began = Instant::now();
    let mut last: HashMap<String, i64> = HashMap::new();
    let mut closest = i64::MAX;
    let mut requests = 0_u64;
    while now < end {
        match watcher.next(now).unwrap() {
            Next::Ask(job) => {
                requests += 1;
                if let Some(before) = last.insert(job.host.clone(), now.as_second()) {
                    closest = closest.min(now.as_second() - before);
                }
                let answer = world.answer(&job.ask, now);
                watcher.done(&job, Ok(answer), now, Duration::ZERO).unwrap();
            }
            Next::Wait(at) => now = at,
            Next::Busy | Next::Nothing => break,
        }
    }
    let took = began.elapsed().as_secs_f64();
    let (mut all, mut early) = ((0, 0), (0, 0));
    let mut delays = Vec::new();
    let (mut day, mut week, mut unchanged) = (0, 0, 0);
    let (mut most_day, mut most_week) = (0, 0);
    let mut lives: Vec<_> = world.lives.iter().collect();
    lives.sort_by_key(|(address, _)| *address);
    for (_, life) in lives {
        let Some((from, to)) = life.edited else {
            unchanged += 1;
            let within = |span: f64| life.requests.iter().filter(|it| **it - life.requests[0] <= span).count();
            day += within(DAY);
            week += within(WEEK);
            most_day = most_day.max(within(DAY));
            most_week = most_week.max(within(WEEK));
            continue;
        };
        // Seen: the state before and the edited one were both retrieved.
        let before = life.seen.iter().any(|it| it.0 < from && !it.1);
        let found = life.seen.iter().find(|it| it.1).map(|it| it.0);
        let seen = before && found.is_some();
        all = (all.0 + 1, all.1 + usize::from(seen));
        if from - life.published <= 3.0 * HOUR && to - from >= 1800.0 {
            early = (early.0 + 1, early.1 + usize::from(seen));
        }
        delays.extend(found.filter(|_| before).map(|it| it - from));
    }
    #[allow(clippy::cast_precision_loss)]
    let share = |(all, seen): (usize, usize)| 100.0 * seen as f64 / all.max(1) as f64;
    #[allow(clippy::cast_precision_loss)]
    let mean = |n: usize| n as f64 / unchanged.max(1) as f64;
    println!("{outlets} outlets, {} articles, {} edits", world.lives.len(), all.0);
    println!("edits seen with the state before: {:.1} % of all", share(all));
    println!("edits of the first three hours that last 30 minutes or more: {:.1} % of {}", share(early), early.0);
    println!("median delay: {:.0} minutes", median(delays) / 60.0);
    println!(
        "requests for an unchanged article: {:.1} in its first day (at most {most_day}), {:.1} in its first week (at most {most_week})",
        mean(day),
        mean(week)
    );
    println!(
        "requests in all: {requests} (feeds {}, robots.txt {}); closest two to one host: {closest} s apart",
        world.feeds, world.robots
    );
    println!("bytes: {:.1} MB; the run took {took:.0} s", world.bytes as f64 / 1e6);
}
