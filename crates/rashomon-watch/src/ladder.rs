//! When to look again: at an article by its age since it last changed, at a feed by how often it has news.

use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Steps of looking at an article again: up to this age, so often. Four of five edits come within a day, and half of those
/// within three hours, so that is where the looks are; NewsDiffs and its like do the same.
const RUNGS: [(u64, u64); 6] = [
    (3 * HOUR, 15 * MINUTE),
    (DAY, HOUR),
    (3 * DAY, 6 * HOUR),
    (7 * DAY, DAY),
    (30 * DAY, 7 * DAY),
    (365 * DAY, 30 * DAY),
];

/// How much earlier or later than the step says, so that not all articles of an hour come due in one minute.
const JITTER: f64 = 0.1;

/// How long until an article that last changed `age` ago is looked at again; nothing for one that is a year old.
///
/// `seed` makes the jitter: the same article at the same age waits alike in every run.
#[must_use]
pub fn next_look(age: Duration, seed: u64) -> Option<Duration> {
    let (until, step) = RUNGS.into_iter().find(|(until, _)| age.as_secs() < *until)?;
    let wait = jittered(Duration::from_secs(step), seed ^ age.as_secs());
    // A look that would fall beyond its rung comes with the first step of the next, so no rung begins with a gap.
    let left = Duration::from_secs(until - age.as_secs());
    let next_step = RUNGS.into_iter().find(|it| it.0 > until).map_or(step, |it| it.1);
    Some(if wait > left { wait.max(left.min(Duration::from_secs(next_step))) } else { wait })
}

/// Shortest and longest time between two looks at a feed.
pub const FEED: (Duration, Duration) = (Duration::from_secs(5 * MINUTE), Duration::from_secs(HOUR));
/// Longest time that a server's wish not to be asked is heeded.
pub const LONGEST_WISH: Duration = Duration::from_secs(DAY);

/// How long until a feed is asked again that has had `found` new items in `over`: an eighth of the mean time between two
/// of them, within [`FEED`].
///
/// An edit before an article is found is never seen. At half the mean time 8 of 100 edits of the first three hours were
/// lost so in the simulated week; what is lost falls with this wait.
#[must_use]
pub fn next_poll(found: u32, over: Duration, seed: u64) -> Duration {
    let wait = match found {
        0 => FEED.1,
        n => over / n / 8,
    };
    jittered(wait.clamp(FEED.0, FEED.1), seed)
}

/// How long until something that failed `times` times in a row is asked again: it slows down to once a day and never stops.
#[must_use]
pub fn after_failure(times: u32, seed: u64) -> Duration {
    let wait = 5 * MINUTE * (1 << times.saturating_sub(1).min(9));
    jittered(Duration::from_secs(wait.min(DAY)), seed)
}

/// A time with up to a tenth more or less.
fn jittered(time: Duration, seed: u64) -> Duration {
    // One step of SplitMix64 (Steele, Lea & Flood 2014).
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    #[allow(clippy::cast_precision_loss, reason = "a part of one")]
    let part = (x >> 11) as f64 / (1_u64 << 53) as f64;
    time.mul_f64(1.0 + JITTER * (2.0 * part - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_article_is_looked_at_less_and_less() {
        let mut most = (0, 0);
        for seed in 0..200 {
            let (mut age, mut day, mut week) = (Duration::ZERO, 0, 0);
            while let Some(wait) = next_look(age, seed * 7919) {
                age += wait;
                day += usize::from(age.as_secs() <= DAY);
                week += usize::from(age.as_secs() <= 7 * DAY);
            }
            most = (most.0.max(day), most.1.max(week));
            assert!(age.as_secs() > 330 * DAY && age.as_secs() < 400 * DAY);
        }
        assert!(most.0 <= 36 && most.1 <= 50, "{most:?}");
    }

    #[test]
    fn failures_slow_down_and_never_stop() {
        assert!(after_failure(1, 3) < Duration::from_secs(6 * MINUTE));
        let last = after_failure(u32::MAX, 3);
        assert!(last >= Duration::from_secs(DAY * 9 / 10) && last <= Duration::from_secs(DAY * 11 / 10));
        assert!(next_poll(0, Duration::from_secs(DAY), 1) > Duration::from_secs(50 * MINUTE));
        assert!(next_poll(1000, Duration::from_secs(DAY), 1) < Duration::from_secs(6 * MINUTE));
    }
}
