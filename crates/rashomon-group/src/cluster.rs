//! What a set of articles has in common, and how it compares with another set: the measures a join is decided on.

use crate::candidates::WINDOW_DAYS;
use crate::rarity::STEPS;
use crate::sketch::Term;
use crate::terms::is_office;
use rashomon_model::math;

/// Ways in which two articles are compared: all of the text, headline and lead, names.
pub(crate) const CHANNELS: usize = 3;
/// Terms kept of a cluster's sum: enough for any story of ordinary size, a bound for huge ones.
const CLUSTER_TERMS: usize = 1024;

/// From this size on a cluster is no longer told from larger ones: what is learned holds for stories of any size.
const LARGE: f64 = 16.0;

/// Articles taken together: the sums of their unit vectors, so that the mean similarity of all pairs between two clusters
/// is one product of sums, whatever their size.
///
/// Sums are of integers: a cluster depends on its articles alone, not on the order they came in.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    /// Number of articles.
    pub(crate) size: f64,
    terms: Vec<Summed>,
    /// The keys of the terms: what two clusters share is looked for in these alone.
    keys: Vec<u32>,
    /// Sum of squared lengths of the articles' vectors: 1 for each article that has the channel.
    own: [f64; CHANNELS],
    /// Squared length of the sum.
    norm: [f64; CHANNELS],
    /// Sum of the weights in each channel.
    mass: [f64; CHANNELS],
    /// Sum over articles of the similarity to their nearest other article in the window, in parts of [`UNIT`].
    nearest: u64,
    /// Sum of the days of dated articles, and their number.
    days: f64,
    dated: f64,
    /// First and last day.
    reach: [f64; 2],
    /// Weight of the terms that most of the articles share: of all terms, of names.
    core: [f64; 2],
    /// Whether no term was ever left out.
    pub(crate) whole: bool,
    /// Terms of the article that has most.
    longest: usize,
}

/// Parts of 1 that weights are counted in.
const UNIT: f32 = (1 << 18) as f32;
const PART: f64 = 1.0 / (1 << 18) as f64;
/// How much more weight than one that stands once a term has, at least, that stands more often: 1.69 times if twice.
const CENTRAL: f32 = 1.4;

#[derive(Clone, Copy, Debug)]
struct Summed {
    key: u32,
    sums: [u32; CHANNELS],
    /// Articles that have the term, and that have it as a name.
    articles: u32,
    named: u32,
    rarity: u8,
    kind: Kind,
}

/// What short reports are told apart by.
#[derive(Clone, Copy, Debug)]
struct Kind {
    /// A name, or what may be one, in all articles that have it.
    name: bool,
    number: bool,
    /// In a headline, or more than once, in one of them.
    central: bool,
}

impl Cluster {
    /// One article: its terms, the similarity to its nearest neighbour, its day where known.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares of 1 in parts of UNIT")]
    pub(crate) fn of(terms: &[Term], nearest: f32, day: Option<i32>) -> Self {
        let mut length = [0_u32; CHANNELS];
        for term in terms {
            for (sum, weight) in length.iter_mut().zip(weights(term)) {
                *sum += u32::from(weight) * u32::from(weight);
            }
        }
        let own = length.map(|sum| if sum > 0 { 1.0 } else { 0.0 });
        let scale = length.map(|sum| if sum > 0 { UNIT / (sum as f32).sqrt() } else { 0.0 });
        let weight = |term: &Term| f32::from(term.body) / f32::from(term.rarity.max(1));
        let once = terms.iter().map(weight).fold(f32::INFINITY, f32::min);
        let summed = |term: &Term| Summed {
            key: term.key,
            sums: std::array::from_fn(|c| (f32::from(weights(term)[c]) * scale[c] + 0.5) as u32),
            articles: 1,
            named: u32::from(term.name() > 0),
            rarity: term.rarity,
            kind: Kind { name: term.may_be_name(), number: term.is_number(), central: weight(term) > CENTRAL * once },
        };
        let mut it = Self {
            size: 1.0,
            terms: terms.iter().map(summed).collect(),
            keys: terms.iter().map(|it| it.key).collect(),
            own,
            norm: own,
            mass: [0.0; CHANNELS],
            nearest: (nearest * UNIT) as u64,
            days: day.map_or(0.0, f64::from),
            dated: if day.is_some() { 1.0 } else { 0.0 },
            reach: day.map_or([f64::INFINITY, f64::NEG_INFINITY], |day| [f64::from(day); 2]),
            core: [0.0; 2],
            whole: true,
            longest: terms.len(),
        };
        it.sum_up();
        it
    }

    /// The articles of both.
    pub(crate) fn merge(&self, other: &Self) -> Self {
        let mut terms = Vec::with_capacity(self.terms.len() + other.terms.len());
        let (mut a, mut b) = (0, 0);
        while let (Some(x), Some(y)) = (self.terms.get(a), other.terms.get(b)) {
            match x.key.cmp(&y.key) {
                std::cmp::Ordering::Less => terms.push(*x),
                std::cmp::Ordering::Greater => terms.push(*y),
                std::cmp::Ordering::Equal => {
                    let mut sum = *x;
                    sum.sums.iter_mut().zip(y.sums).for_each(|(s, w)| *s = s.saturating_add(w));
                    sum.articles += y.articles;
                    sum.named += y.named;
                    sum.kind.name &= y.kind.name;
                    sum.kind.central |= y.kind.central;
                    terms.push(sum);
                }
            }
            a += usize::from(x.key <= y.key);
            b += usize::from(y.key <= x.key);
        }
        terms.extend_from_slice(&self.terms[a..]);
        terms.extend_from_slice(&other.terms[b..]);
        let mut whole = self.whole && other.whole;
        if terms.len() > CLUSTER_TERMS + CLUSTER_TERMS / 2 {
            let rank = |it: &Summed| (std::cmp::Reverse(it.sums[0]), it.key);
            terms.select_nth_unstable_by_key(CLUSTER_TERMS - 1, rank);
            terms.truncate(CLUSTER_TERMS);
            terms.sort_unstable_by_key(|it| it.key);
            whole = false;
        }
        let add = |x: [f64; CHANNELS], y: [f64; CHANNELS]| std::array::from_fn(|c| x[c] + y[c]);
        let mut it = Self {
            size: self.size + other.size,
            keys: terms.iter().map(|it| it.key).collect(),
            terms,
            own: add(self.own, other.own),
            norm: [0.0; CHANNELS],
            mass: [0.0; CHANNELS],
            nearest: self.nearest + other.nearest,
            days: self.days + other.days,
            dated: self.dated + other.dated,
            reach: [self.reach[0].min(other.reach[0]), self.reach[1].max(other.reach[1])],
            core: [0.0; 2],
            whole,
            longest: self.longest.max(other.longest),
        };
        it.sum_up();
        it
    }

    /// Number of terms that are kept.
    pub(crate) fn terms(&self) -> usize {
        self.terms.len()
    }

    /// Mean similarity of the pairs inside, where there are any.
    fn within(&self, channel: usize) -> Option<f64> {
        let pairs = self.size * (self.size - 1.0);
        (pairs > 0.0).then(|| (self.norm[channel] - self.own[channel]).max(0.0) / pairs)
    }

    /// Fills in what follows from the terms.
    fn sum_up(&mut self) {
        let (mut mass, mut core) = ([0_u64; CHANNELS], [0.0; 2]);
        for term in &self.terms {
            for c in 0..CHANNELS {
                mass[c] += u64::from(term.sums[c]);
            }
            core[0] += self.core_of(term.articles, term.rarity);
            core[1] += self.core_of(term.named, term.rarity);
        }
        #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
        let mass = mass.map(|it| it as f64 * PART);
        (self.mass, self.core) = (mass, core);
        if self.size > 1.0 {
            let mut norm = [0.0; CHANNELS];
            for term in &self.terms {
                for c in 0..CHANNELS {
                    norm[c] += f64::from(term.sums[c]) * f64::from(term.sums[c]);
                }
            }
            self.norm = norm.map(|it| it * PART * PART);
        }
    }

    /// How much a term that `articles` of the cluster have belongs to its core.
    fn core_of(&self, articles: u32, rarity: u8) -> f64 {
        f64::from(f32::from(rarity) / STEPS) * (f64::from(articles) / self.size - 0.4).max(0.0)
    }

    fn day(&self) -> Option<f64> {
        (self.dated > 0.0).then(|| self.days / self.dated)
    }
}

fn weights(term: &Term) -> [u8; CHANNELS] {
    [term.body, term.lead, term.name()]
}

/// Number of measures.
pub(crate) const MEASURES: usize = 42;

/// Names of the measures, in order; `*` marks those that are explained to people.
#[rustfmt::skip]
pub(crate) const NAMES: [&str; MEASURES] = [
    "text", "text-root", "names", "lead", "nearest-of-either", "nearest-of-both",
    "same-day", "next-day", "days-log", "days",
    "text-inside-1", "text-inside", "text-inside-log",
    "lead-inside-1", "lead-inside", "lead-inside-log",
    "names-inside-1", "names-inside", "names-inside-log",
    "smaller", "larger", "singles", "smaller-text", "larger-text",
    "core-larger-1", "core-larger", "core-larger-log", "core-smaller-1", "core-smaller", "core-smaller-log",
    "core-names-larger-1", "core-names-larger", "core-names-larger-log",
    "core-names-smaller-1", "core-names-smaller", "core-names-smaller-log",
    "text-cover-least", "text-cover-most", "lead-cover-least", "lead-cover-most", "names-cover-least", "names-cover-most",
];

/// The measures between two clusters, 0 where one does not apply. Of two of one size the first counts as the larger.
pub(crate) fn measure(x: &Cluster, y: &Cluster) -> [f64; MEASURES] {
    let (a, b) = if x.size >= y.size { (x, y) } else { (y, x) };
    let shared = shared(a, b);
    let pairs = a.size * b.size;
    let mean: [f64; CHANNELS] = shared.products.map(|it| it / pairs);
    let text = mean[0];
    let mut out = [0.0; MEASURES];
    out[0] = text;
    out[1] = text.sqrt();
    out[2] = mean[2];
    out[3] = mean[1];
    let nearest = |it: &Cluster| it.nearest as f64 * PART / it.size;
    let (na, nb) = (nearest(a), nearest(b));
    out[4] = text / na.min(nb).max(0.05);
    out[5] = text / na.max(nb).max(0.05);
    if let (Some(p), Some(q)) = (a.day(), b.day()) {
        let gap = (a.reach[0] - b.reach[1]).max(b.reach[0] - a.reach[1]).max(0.0);
        out[6] = f64::from(u8::from(gap < 0.5));
        out[7] = f64::from(u8::from((0.5..1.5).contains(&gap)));
        out[8] = math::ln_1p(gap);
        out[9] = (p - q).abs().min(6.0);
    }
    let small = math::ln(b.size.min(LARGE));
    let large = math::ln(a.size.min(LARGE));
    for (place, channel) in [(10, 0), (13, 1), (16, 2)] {
        let Some(inside_a) = a.within(channel) else { continue };
        let inside = (inside_a * b.within(channel).unwrap_or(inside_a)).sqrt();
        let ratio = math::ln((mean[channel] + 0.02) / (inside + 0.02));
        if b.size > 1.0 {
            out[place + 1] = ratio;
            out[place + 2] = ratio * small;
        } else {
            out[place] = ratio;
        }
    }
    out[19] = small;
    out[20] = large;
    out[21] = f64::from(u8::from(a.size < 2.0));
    out[22] = text * small;
    out[23] = text * large;
    let covered = [
        shared.core[0] / (a.core[0] + 2.0),
        shared.core[1] / (b.core[0] + 2.0),
        shared.core[2] / (a.core[1] + 2.0),
        shared.core[3] / (b.core[1] + 2.0),
    ];
    for (n, covered) in covered.into_iter().enumerate() {
        let size = if n % 2 == 0 { a.size } else { b.size };
        let place = 24 + 3 * n;
        if size >= 3.0 {
            out[place + 1] = covered - 0.7;
            out[place + 2] = (covered - 0.7) * math::ln(size.min(LARGE));
        } else {
            out[place] = covered;
        }
    }
    for channel in 0..CHANNELS {
        let of = |it: &Cluster, n: usize| shared.cover[n][channel] / it.mass[channel].max(0.5);
        let (p, q) = (of(a, 0), of(b, 1));
        out[36 + 2 * channel] = p.min(q);
        out[37 + 2 * channel] = p.max(q);
    }
    out
}

/// Whether the dated reports of two clusters lie further apart than any that are held against each other: only an undated
/// report that is like both could bring them together, and no event is reported anew after such a pause by that alone.
pub(crate) fn far_apart(a: &Cluster, b: &Cluster) -> bool {
    let gap = (a.reach[0] - b.reach[1]).max(b.reach[0] - a.reach[1]);
    a.dated > 0.0 && b.dated > 0.0 && gap > f64::from(WINDOW_DAYS)
}

/// Whether two clusters of short reports share only what reports of one place, office or template share: too few words for
/// the measures, which learned from long reports, to tell.
///
/// Of the 847 pairs of short reports of one event in the development part of ECB+, all given one date, .24 are held apart, of
/// 615 pairs of two events that share a name .90; of 798 pairs of headlines with two sentences of one AllSides story .50, of
/// 684 pairs of two stories .82. The bounds below were chosen on these pairs and on invented reports.
pub(crate) fn strangers(a: &Cluster, b: &Cluster) -> bool {
    if a.longest.max(b.longest) > SHORT {
        return false;
    }
    let it = Tally::of(a, b);
    // A day and a year that both name are no event.
    if it.names[2] <= 0.0 && it.plain[2] <= 0.0 {
        return true;
    }
    // What has no date may be a part of a text, or in another language; nothing was measured on such.
    if a.dated == 0.0 || b.dated == 0.0 {
        return false;
    }
    let common = it.names[2];
    let renumbered = least(it.numbers) >= 1.0 && it.numbers[2] < 1.0;
    // One place and hardly more.
    least(it.names) >= 1.0
        && (common <= 1.0 && share(it.all) < ONE_NAME || renumbered && common <= 2.0 && it.plain[2] < WORDED && share(it.all) < OTHER_NUMBERS)
        // One place and its officials, and no deed in common.
        || common <= FEW && share(it.plain) < NO_DEED
        || it.is_template()
}

/// What an article of each of two clusters has on average: the first's alone, the second's alone, both.
#[derive(Default)]
struct Tally {
    /// Weight of the terms; of those that are neither names nor numbers nor offices.
    all: [f32; 3],
    plain: [f32; 3],
    /// Names that tell; those of them that stand in a headline or more than once; numbers.
    names: [f32; 3],
    central: [f32; 3],
    numbers: [f32; 3],
}

impl Tally {
    #[allow(clippy::cast_possible_truncation, reason = "shares of 1")]
    fn of(a: &Cluster, b: &Cluster) -> Self {
        let mut it = Self::default();
        // In which share of the articles.
        let of_a = |x: &Summed| x.articles as f32 / a.size as f32;
        let of_b = |y: &Summed| y.articles as f32 / b.size as f32;
        let (mut m, mut n) = (0, 0);
        loop {
            match (a.terms.get(m), b.terms.get(n)) {
                (Some(x), Some(y)) if x.key == y.key => {
                    let (p, q) = (of_a(x), of_b(y));
                    it.count(
                        [p * (1.0 - q), q * (1.0 - p), p * q],
                        x,
                        Kind {
                            name: x.kind.name && y.kind.name,
                            number: x.kind.number,
                            central: x.kind.central || y.kind.central,
                        },
                    );
                    (m, n) = (m + 1, n + 1);
                }
                (Some(x), y) if y.is_none_or(|y| x.key < y.key) => {
                    it.count([of_a(x), 0.0, 0.0], x, x.kind);
                    m += 1;
                }
                (_, Some(y)) => {
                    it.count([0.0, of_b(y), 0.0], y, y.kind);
                    n += 1;
                }
                _ => return it,
            }
        }
    }

    fn count(&mut self, shares: [f32; 3], term: &Summed, kind: Kind) {
        let rarity = f32::from(term.rarity) / STEPS;
        let office = is_office(term.key);
        let add = |sums: &mut [f32; 3], weight: f32| {
            sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += weight * share)
        };
        add(&mut self.all, rarity);
        if kind.number {
            add(&mut self.numbers, 1.0);
        } else if !kind.name && !office {
            add(&mut self.plain, rarity);
        }
        if kind.name && rarity >= RARE && !office {
            add(&mut self.names, 1.0);
            add(&mut self.central, f32::from(u8::from(kind.central)));
        }
    }

    /// Whether two reports are one text with other names and numbers put in, as machines write of quakes, games and quarters.
    fn is_template(&self) -> bool {
        let (numbers, common) = (least(self.numbers), self.numbers[2]);
        let renamed = least(self.central) >= 1.0 && self.central[2] <= 1.0;
        self.plain[2] >= WORDED
            && (share(self.plain) >= REWORDED
                && renamed
                && numbers + least(self.names) >= 2.0
                && common <= numbers + 1.0
                || share(self.plain) >= SAME_WORDS && numbers >= 3.0 && numbers > common)
    }
}

/// What each of the two has alone, at least.
fn least([first, second, _]: [f32; 3]) -> f32 {
    first.min(second)
}

/// The weight of what both have as a share of the lighter's.
fn share([first, second, both]: [f32; 3]) -> f32 {
    both / (both + first.min(second)).max(1e-3)
}

/// Terms of a short report, at most.
const SHORT: usize = 60;
/// From which rarity on, in nats above that of a word in every report, a name tells: one report in ten has it.
const RARE: f32 = 3.3;
/// Share of the lighter report's weight that one name in common must come with.
const ONE_NAME: f32 = 0.3;
/// The same of two names, where each has numbers and none is the other's.
const OTHER_NUMBERS: f32 = 0.4;
/// Names that a place and its officials have, at most.
const FEW: f32 = 4.0;
/// Share of the lighter report's weight beside names that must be shared.
const NO_DEED: f32 = 0.135;
/// Weight of common words from which on two reports may be one template: three or four rare ones.
const WORDED: f32 = 15.0;
/// Share of the lighter report's words that two fillings of a template have in common.
const REWORDED: f32 = 0.6;
/// The same where only numbers are told apart.
const SAME_WORDS: f32 = 0.8;

/// What two clusters share.
struct Shared {
    products: [f64; CHANNELS],
    /// Weight of the first's terms that an article of the second has, and the other way round.
    cover: [[f64; CHANNELS]; 2],
    /// Weight of the first's core that the second has, of the second's that the first has; then the same of names.
    core: [f64; 4],
}

fn shared(a: &Cluster, b: &Cluster) -> Shared {
    let mut it = Shared { products: [0.0; CHANNELS], cover: [[0.0; CHANNELS]; 2], core: [0.0; 4] };
    let (mut m, mut n) = (0, 0);
    while let (Some(p), Some(q)) = (a.keys.get(m), b.keys.get(n)) {
        if p == q {
            let (x, y) = (&a.terms[m], &b.terms[n]);
            let share = [f64::from(y.articles) / b.size, f64::from(x.articles) / a.size];
            for c in 0..CHANNELS {
                let (v, w) = (f64::from(x.sums[c]), f64::from(y.sums[c]));
                it.products[c] += v * w;
                it.cover[0][c] += v * share[0];
                it.cover[1][c] += w * share[1];
            }
            let has_a = (1.25 * share[1]).min(1.0);
            let has_b = (1.25 * share[0]).min(1.0);
            it.core[0] += a.core_of(x.articles, x.rarity) * has_b;
            it.core[1] += b.core_of(y.articles, y.rarity) * has_a;
            it.core[2] += a.core_of(x.named, x.rarity) * has_b;
            it.core[3] += b.core_of(y.named, y.rarity) * has_a;
        }
        m += usize::from(p <= q);
        n += usize::from(q <= p);
    }
    for c in 0..CHANNELS {
        it.products[c] *= PART * PART;
        it.cover[0][c] *= PART;
        it.cover[1][c] *= PART;
    }
    it
}
