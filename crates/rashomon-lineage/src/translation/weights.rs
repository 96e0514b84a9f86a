//! How much it says that two texts share a key.

use super::profile::Profile;
use rashomon_language::Language;
use rashomon_language::crossing::Key;
use rashomon_model::{ModelFile, math};
use std::sync::atomic::{AtomicU32, Ordering};

/// Keys are counted in so many cells for each language; some share one, which lessens the weight of the rarer.
const CELLS: usize = 1 << 18;
/// Places for languages with a lexicon.
const LANGUAGES: usize = 16;
/// Articles that the shipped counts stand for in each language, against those of the corpus.
const PRIOR: f32 = 20.0;
/// Shares of articles of English news that have a key, by the upper 16 bits of its mixed value: a byte holds the negative
/// logarithm to base 2 in sixteenths. `models/crossing.md` says where they come from.
static BYTES: &[u8] = include_bytes!("../../models/crossing.bin");

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "crossing", version: 2, digest: "f5dc204582f5dfdd", bytes: BYTES }
}

/// The sound of a word says less than its rarity: chance makes unrelated words sound alike. Chosen on NTREX.
const SOUND: f32 = 0.7;

/// Counts of keys as articles are shown.
pub(crate) struct Weights {
    counts: Vec<AtomicU32>,
    articles: [AtomicU32; LANGUAGES],
}

impl Weights {
    pub(crate) fn new() -> Self {
        Self {
            counts: (0..CELLS * LANGUAGES).map(|_| AtomicU32::new(0)).collect(),
            articles: std::array::from_fn(|_| AtomicU32::new(0)),
        }
    }

    /// Counts an article. The order of articles changes nothing.
    pub(crate) fn count(&self, profile: &Profile, language: &Language) {
        let place = language.number().min(LANGUAGES - 1);
        self.articles[place].fetch_add(1, Ordering::Relaxed);
        for (key, _) in profile.counted() {
            self.counts[place * CELLS + cell(key)].fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The weights that follow: the negative logarithm of the share of articles that have the key, in the language where it
    /// is commonest. One article is taken off each count, the one that is held against others.
    #[allow(clippy::cast_precision_loss, reason = "counts of articles")]
    pub(crate) fn settled(self) -> Settled {
        let articles: Vec<f32> = self.articles.iter().map(|it| it.load(Ordering::Relaxed) as f32).collect();
        let weight = |cell: usize| {
            let prior = PRIOR * share(cell * (1 << 16) / CELLS);
            let rates = (0..LANGUAGES).filter(|l| articles[*l] > 0.0).map(|l| {
                let count = self.counts[l * CELLS + cell].load(Ordering::Relaxed) as f32;
                ((count - 1.0).max(0.0) + prior) / (articles[l] + PRIOR)
            });
            (-math::ln(rates.fold(0.0, f32::max).max(f32::MIN_POSITIVE))).max(0.0)
        };
        Settled((0..CELLS).map(weight).collect())
    }
}

/// The weight of every key.
pub(crate) struct Settled(Vec<f32>);

impl Settled {
    pub(crate) fn of(&self, key: Key) -> f32 {
        self.0[cell(key)] * if key.is_sound() { SOUND } else { 1.0 }
    }
}

/// The cell of a key: the upper bits of its mixed value, so that cells of the shipped shares hold whole ones of these.
fn cell(key: Key) -> usize {
    (key.get().wrapping_mul(0x9e37_79b1) >> (32 - CELLS.trailing_zeros())) as usize
}

/// The place of a key among the shipped shares.
fn place(key: Key) -> usize {
    cell(key) * (1 << 16) / CELLS
}

/// The shares of articles with each key, counted to be shipped.
#[derive(Debug)]
pub struct Shared {
    counts: Vec<u32>,
    articles: u32,
}

impl Default for Shared {
    fn default() -> Self {
        Self { counts: vec![0; 1 << 16], articles: 0 }
    }
}

impl Shared {
    /// Counts an English article.
    pub fn add(&mut self, text: &str) {
        self.articles += 1;
        let mut places: Vec<usize> =
            Profile::of(text, Language::english()).counted().iter().map(|it| place(it.0)).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().for_each(|it| self.counts[it] += 1);
    }

    /// The table, a byte a place.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to a byte on purpose")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let share = |count: &u32| (f64::from(*count) + 0.5) / (f64::from(self.articles) + 1.0);
        self.counts.iter().map(|it| (-math::log2(share(it)) * 16.0).round().clamp(0.0, 255.0) as u8).collect()
    }
}

fn share(place: usize) -> f32 {
    model_file().content().get(place).map_or(1e-4, |it| math::exp2(-f32::from(*it) / 16.0))
}
