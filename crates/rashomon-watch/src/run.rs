//! Watching by the clock on the wall, several hosts at once, until somebody says stop.

use crate::fetch::{Answer, Failed, Net};
use crate::stop::Stop;
use crate::watcher::{Done, Job, Next, Watcher};
use jiff::Timestamp;
use rashomon_store::{Grouped, Result};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How often new articles are put into stories, and feeds that a person added are looked for.
const BETWEEN: Duration = Duration::from_secs(30);

/// How a run goes on and ends.
#[derive(Clone, Debug)]
pub struct Run {
    /// Do what is due and end.
    pub once: bool,
    /// Requests at once, to different hosts.
    pub at_once: usize,
    /// Says that it is time to end: requests on their way are waited for.
    pub stop: Arc<Stop>,
}

/// What is told while watching.
#[derive(Debug)]
pub enum Told<'a> {
    /// A request and what became of it.
    Request(&'a Job, &'a Done),
    /// New articles were put into stories.
    Stories(&'a Grouped),
    /// No answer came for a moment.
    Waiting,
}

/// Watches until it is told to stop or, with `once`, until nothing is due.
///
/// # Errors
/// If the store cannot be read or written.
pub fn run(
    watcher: &mut Watcher,
    net: &Arc<dyn Net>,
    run: &Run,
    mut tell: impl FnMut(&mut Watcher, Told<'_>),
) -> Result<()> {
    type Answered = (Box<Job>, std::result::Result<Answer, Failed>, Duration);
    let (sender, answers) = channel::<Answered>();
    let mut fresh = true;
    let mut looked = Instant::now();
    loop {
        let stopping = run.stop.is_asked();
        let mut wait = Duration::from_millis(500);
        let mut idle = false;
        while !stopping && watcher.in_flight() < run.at_once.max(1) {
            match watcher.next(Timestamp::now())? {
                Next::Ask(job) => {
                    run.stop.began(&job.host);
                    let (net, sender) = (net.clone(), sender.clone());
                    std::thread::spawn(move || {
                        let started = Instant::now();
                        let answer = net.get(&job.ask);
                        let _ = sender.send((job, answer, started.elapsed()));
                    });
                }
                Next::Wait(at) => {
                    let left = at.as_millisecond() - Timestamp::now().as_millisecond();
                    let left = Duration::from_millis(u64::try_from(left).unwrap_or(0));
                    idle = left > Duration::from_secs(5);
                    wait = wait.min(left.max(Duration::from_millis(10)));
                    break;
                }
                Next::Busy => break,
                Next::Nothing => {
                    idle = true;
                    break;
                }
            }
        }
        if fresh && (watcher.in_flight() == 0 && (idle || stopping) || looked.elapsed() > BETWEEN) {
            fresh = false;
            let grouped = watcher.store().group(Timestamp::now())?;
            tell(watcher, Told::Stories(&grouped));
        }
        if watcher.in_flight() == 0 && (stopping || (run.once && idle)) {
            return Ok(());
        }
        if looked.elapsed() > BETWEEN {
            looked = Instant::now();
            watcher.look_around()?;
        }
        match answers.recv_timeout(wait) {
            Ok((job, answer, took)) => {
                run.stop.ended(&job.host);
                let done = watcher.done(&job, answer, Timestamp::now(), took)?;
                fresh |= done.added.is_some() || done.gone.is_some();
                tell(watcher, Told::Request(&job, &done));
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => tell(watcher, Told::Waiting),
        }
    }
}
