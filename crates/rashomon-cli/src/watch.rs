//! `rashomon watch`: feeds and articles read again and again into a store.

use crate::add::plural;
use crate::alerts::Alerts;
use crate::console::Console;
use crate::exit::Failure;
use crate::interrupt;
use crate::options::Shared;
use crate::place::{self, Place, now};
use jiff::Timestamp;
use rashomon::model::Noted;
use rashomon_store::{Alert, Outlet, Store, step_back};
use rashomon_watch::{FeedSetting, Manners, Net, Next, Run, Settings, Stop, Told, Watcher, run as watch};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Requests at once, to different hosts, unless the configuration says otherwise.
const AT_ONCE: usize = 8;
/// Stories that are compared for alerts after each round, those of a thousand new articles at most.
const COMPARED: usize = 300;

/// Feeds and articles, read again and again into a store
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon watch https://paper.example/feed.xml https://agency.example/news-sitemap.xml
  rashomon watch feeds.opml --once                    from cron: do what is due and end
  rashomon watch --config watch.toml --on-alert ./tell-the-desk
  rashomon watch --status
  rashomon watch --dry-run                            what would be asked for next

A feed is remembered: the next run needs no addresses. Ctrl-C ends after the requests on their way; a second one at once.")]
pub(crate) struct Args {
    /// Feeds, news sitemaps, pages, or OPML files of feeds
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// Configuration (TOML); options here stand above it
    #[arg(long, value_name = "FILE", env = "RASHOMON_WATCH")]
    config: Option<PathBuf>,
    /// Do what is due and end
    #[arg(long)]
    once: bool,
    /// Say how watching goes, and end
    #[arg(long, conflicts_with_all = ["once", "dry_run"])]
    status: bool,
    /// Say what would be asked for next, ask nothing, and end
    #[arg(long)]
    dry_run: bool,
    /// A command that gets every alert as JSON on its input
    #[arg(long, value_name = "CMD")]
    on_alert: Option<String>,
    /// Follow the permanent redirect that the feed with this number has announced
    #[arg(long, value_name = "N")]
    adopt: Option<i64>,
}

/// Watches, or says how it goes.
pub(crate) fn run(args: &Args, shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let settings = match &args.config {
        Some(path) => {
            let place = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
            let text = std::fs::read_to_string(path).map_err(|e| Failure::nothing(place(&e)))?;
            Settings::parse(&text).map_err(|e| Failure::Usage(place(&e)))?
        }
        None => Settings::default(),
    };
    let settings = shared.net.over(settings);
    if args.status {
        return status(&args.place.read()?);
    }
    let mut store = args.place.open()?;
    if let Some(feed) = args.adopt {
        store.adopt_move(feed, now()).map_err(Failure::nothing)?;
        return say(&format!("feed {feed} is asked for at {}", store.feed(feed).map_err(Failure::nothing)?.url));
    }
    let known: Vec<Outlet> = settings
        .outlets
        .iter()
        .map(|(name, it)| Outlet { name: name.clone(), owner: it.owner.clone(), zone: it.zone.clone() })
        .collect();
    store.know_outlets(&known).map_err(|e| Failure::Usage(e.to_string()))?;
    add_feeds(&mut store, &args.feeds, &settings, console)?;
    if store.feeds().map_err(Failure::nothing)?.is_empty() && store.tasks().map_err(Failure::nothing)?.is_empty() {
        return Err(Failure::Usage("nothing is watched yet; give the address of a feed or a sitemap".into()));
    }
    let manners = Manners {
        pause: settings.pause(),
        robots: settings.robots.unwrap_or(true),
        days: settings.days.unwrap_or(365),
    };
    let mut watcher = Watcher::new(store, manners).map_err(Failure::nothing)?;
    if args.dry_run {
        return dry_run(&mut watcher);
    }
    let net: Arc<dyn Net> = Arc::new(crate::net::fetcher(&settings)?);
    let stop = Arc::new(Stop::default());
    let behind = Alerts::begin(watcher.store().path().to_owned());
    let (asked, left, tell_end) = (stop.clone(), behind.left(), console.remarks());
    // A second Ctrl-C ends at once: what was acknowledged is in the store already.
    let _ = ctrlc::set_handler(move || {
        if asked.ask() {
            interrupt::end();
        }
        tell_end(&ending(&asked.under_way(), left.load(Ordering::Relaxed)));
    });
    let how = Run { once: args.once, at_once: settings.at_once.unwrap_or(AT_ONCE), stop: stop.clone() };
    let on_alert = args.on_alert.clone().or(settings.on_alert.clone());
    console.doing("watching");
    let quiet = shared.quiet;
    let mut failed: Option<Failure> = None;
    let mut counts = (0_usize, 0_usize);
    let (began, mut named) = (now().as_second(), BTreeSet::new());
    // What is watched is due to the minute; people who read meanwhile wait for hundredths of a second.
    step_back();
    let mut say_found = |found: Result<Noted<Vec<Alert>>, rashomon_store::Error>, console: &mut Console| match found {
        Ok(Noted { output: alerts, notes }) => {
            notes.iter().for_each(|it| console.note(it));
            alerts.iter().for_each(|it| tell(it, on_alert.as_deref(), quiet, console));
        }
        Err(e) => failed = Some(Failure::nothing(e)),
    };
    let done = watch(&mut watcher, &net, &how, |_, told| match told {
        Told::Request(job, done) => {
            say_found(behind.found(), console);
            counts.0 += 1;
            console.advance(1, 0);
            if let Some(why) = &done.reason {
                let said = format!("{}: {}", job.ask.url, plain(why));
                // Who waits for the end is told by it that a feed was not read, or not whole; else it is asked for again.
                if args.once && job.is_for_feed() {
                    console.omitted(&said);
                    named.insert(job.ask.url.clone());
                } else {
                    console.remark(&said);
                }
            }
            if done.outcome == "stored" {
                counts.1 += 1;
            }
        }
        Told::Stories(grouped) => {
            grouped.notes.iter().for_each(|it| console.note(it));
            behind.look_through(grouped.changed.iter().take(COMPARED).cloned().collect());
            say_found(behind.found(), console);
        }
        Told::Waiting => say_found(behind.found(), console),
    });
    let left = behind.left().load(Ordering::Relaxed);
    if left > 0 && stop.is_asked() {
        console.remark(&ending(&[], left));
    }
    say_found(behind.end(), console);
    done.map_err(place::failed(watcher.store()))?;
    if args.once {
        // Not asked for, as robots.txt forbids it.
        for feed in watcher.store().feeds().map_err(Failure::nothing)?.iter().filter(|it| !named.contains(&it.url)) {
            let checked = feed.checked.as_deref().and_then(|it| it.parse::<Timestamp>().ok());
            let now_left_out = feed.failing_since.is_some() && checked.is_some_and(|it| it.as_second() >= began);
            if let Some(why) = feed.reason.as_deref().filter(|_| now_left_out) {
                console.omitted(&format!("{}: {}", plain(&feed.url), plain(why)));
            }
        }
    }
    if let Some(failed) = failed {
        return Err(failed);
    }
    say(&format!("{}, {} stored", plural(counts.0, "request", "requests"), plural(counts.1, "version", "versions")))
}

/// What the end waits for: hosts that have not answered, stories that are not looked through.
fn ending(hosts: &[String], stories: usize) -> String {
    /// Hosts that are named.
    const NAMED: usize = 3;
    let more = match hosts.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let named = hosts.iter().take(NAMED).map(|it| plain(it)).collect::<Vec<_>>().join(", ");
    let what = match (hosts, stories) {
        ([], 0) => "what was read is put into the store".to_owned(),
        ([], n) => format!("{} to be looked through for alerts", plural(n, "story is", "stories are")),
        _ => format!("waiting for the answer of {named}{more}"),
    };
    format!("ending: {what}; Ctrl-C again ends at once")
}

/// Puts feeds of the command line and of the configuration into the store.
fn add_feeds(store: &mut Store, given: &[String], settings: &Settings, console: &mut Console) -> Result<(), Failure> {
    let mut all: Vec<(String, Option<String>)> = Vec::new();
    for it in &settings.feeds {
        match it {
            FeedSetting::Url(url) => all.push((url.clone(), None)),
            FeedSetting::More { url, outlet } => all.push((url.clone(), outlet.clone())),
        }
    }
    for it in given {
        if it.starts_with("http://") || it.starts_with("https://") {
            all.push((it.clone(), None));
            continue;
        }
        let bytes = std::fs::read(it).map_err(|e| Failure::nothing(format!("{it}: {e}")))?;
        let Some((feeds, wrong)) = rashomon_inputs::opml(&bytes) else {
            return Err(Failure::Usage(format!("{it}: neither the address of a feed nor an OPML file")));
        };
        if let Some(wrong) = wrong {
            console.omitted(&format!("{it}: {wrong}; the feeds before were taken"));
        }
        all.extend(feeds);
    }
    let mut new = 0;
    for (url, outlet) in all {
        match store.add_feed(&url, outlet.as_deref(), now()) {
            Ok((_, is_new)) => new += usize::from(is_new),
            Err(e) => console.omitted(&e.to_string()),
        }
    }
    if new > 0 {
        console.remark(&format!("{} added", plural(new, "feed", "feeds")));
    }
    Ok(())
}

fn dry_run(watcher: &mut Watcher) -> Result<(), Failure> {
    let mut any = false;
    for _ in 0..1000 {
        match watcher.next(now()).map_err(Failure::nothing)? {
            Next::Ask(job) => {
                any = true;
                say(&format!("would ask for {}", job.ask.url))?;
            }
            Next::Wait(at) if !any => return say(&format!("nothing is due before {at}")),
            _ => break,
        }
    }
    if any { say("and then what is due on the same hosts, one after the other") } else { say("nothing is watched") }
}

/// How watching goes, and how each feed is.
fn status(store: &Store) -> Result<(), Failure> {
    let it = store.watch_status(now()).map_err(Failure::nothing)?;
    say(&format!(
        "{} ({} failing), {} looked at again, {} due; in the last day {} and {}",
        plural(number(it.feeds), "feed", "feeds"),
        it.failing,
        plural(number(it.watched), "address", "addresses"),
        it.due,
        plural(number(it.requests), "request", "requests"),
        plural(number(it.versions), "new version", "new versions"),
    ))?;
    if let Some(last) = it.last {
        say(&format!("last request {last}"))?;
    }
    for (outcome, n) in &it.outcomes {
        say(&format!("{n:>8}  {outcome}"))?;
    }
    for feed in store.feeds().map_err(Failure::nothing)? {
        let why = feed.reason.as_deref().map(|it| format!(": {}", plain(it))).unwrap_or_default();
        let moved = feed
            .moved_to
            .as_deref()
            .map(|to| format!("; says it has moved to {}, `rashomon watch --adopt {}` follows", plain(to), feed.id));
        let since = feed.failing_since.as_deref().map(|it| format!(" since {it}")).unwrap_or_default();
        let state = if feed.failing_since.is_some() && feed.state == "ok" { "failing" } else { &feed.state };
        say(&format!(
            "{:>4}  {}  {}{since}{why}{}; next {}",
            feed.id,
            plain(&feed.url),
            state,
            moved.unwrap_or_default(),
            feed.due
        ))?;
    }
    Ok(())
}

fn number(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// A line without control characters out of what others wrote.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn say(line: &str) -> Result<(), Failure> {
    let mut out = crate::output::Output::open(&crate::options::Output { output: None })?;
    out.line(line)?;
    out.finish()
}

/// Tells of an alert on the terminal and to the user's command.
pub(crate) fn tell(alert: &Alert, command: Option<&str>, quiet: bool, console: &mut Console) {
    if !quiet {
        console.remark(&format!("alert ({}): {}", alert.kind, plain(&alert.text)));
    }
    let Some(command) = command else { return };
    if let Err(e) = hand_over(command, alert) {
        console.omitted(&format!("alert {} could not be handed to {command}: {e}", alert.id));
    }
}

/// Gives an alert to a command on its input; it has half a minute.
fn hand_over(command: &str, alert: &Alert) -> Result<(), String> {
    let shell: (&Path, &str) = if cfg!(windows) { (Path::new("cmd"), "/C") } else { (Path::new("/bin/sh"), "-c") };
    let mut child = Command::new(shell.0)
        .arg(shell.1)
        .arg(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let json = serde_json::to_vec(alert).map_err(|e| e.to_string())?;
    if let Some(mut input) = child.stdin.take() {
        // A command that does not read its input has closed it.
        let _ = input.write_all(&json).and_then(|()| input.write_all(b"\n"));
    }
    for _ in 0..300 {
        match child.try_wait().map_err(|e| e.to_string())? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(format!("it ended with {status}")),
            None => std::thread::sleep(Duration::from_millis(100)),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err("it did not end within 30 seconds".into())
}
