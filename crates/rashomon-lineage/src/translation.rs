//! Which texts are one text in two languages, and which tell of one event in two languages?
//!
//! What crosses languages ([`rashomon_language::crossing`]) makes of each article a weighted row of keys. Articles that share
//! rare ones are candidates ([`candidates`]); their sentences are held against each other, and a pair of sentences of which
//! each is the other's best counts as aligned ([`aligned`]). A translation has most of its sentences aligned, in order, near
//! one diagonal, and the same numbers; a report of the same event in other words shares names and numbers and has few.

mod aligned;
mod candidates;
mod cells;
mod near;
mod nearest;
mod profile;
mod rows;
mod sayings;
mod weights;

use crate::reason::Reason;
use crate::rules;
use crate::{Card, Found, Kind, sources};
use aligned::judge;
use profile::Profile;
use rashomon_annotate::Corpus;
use rashomon_language::Language;
use rashomon_model::{ArticleId, Rule, Span};
use rayon::prelude::*;
use rows::{Row, Weighted};
pub use sayings::Sayings;
use std::borrow::Cow;
pub use weights::Shared;
use weights::Weights;
pub(crate) use weights::model_file;

/// An article as it is held against those of other languages, beside its text.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Its language.
    pub language: &'static Language,
    /// When it was published, in seconds.
    pub at: Option<i64>,
}

/// Two articles of two languages that have something to do with each other, by their index, the smaller first.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossed {
    /// The two articles.
    pub pair: (usize, usize),
    /// What shows it: aligned sentences, an aligned passage, or names and numbers alone.
    pub rule: Rule,
    /// How sure, 0 to 1.
    pub score: f64,
    /// Sentences that say the same, in order.
    pub passages: Vec<(Span, Span)>,
}

impl Crossed {
    /// Whether the one is, in whole or in part, the other in another language.
    #[must_use]
    pub fn is_translation(&self) -> bool {
        self.rule != rules::NAMES_AND_NUMBERS_ACROSS_LANGUAGES
    }

    /// Whether the two are reports of one event: a passage alone may stand in a report of another.
    #[must_use]
    pub fn connects(&self) -> bool {
        self.rule != rules::PASSAGE_ALIGNED_ACROSS_LANGUAGES
    }

    /// Why they belong together, as data.
    pub(crate) fn reason(&self) -> Reason {
        if self.rule == rules::SENTENCES_ALIGNED_ACROSS_LANGUAGES {
            Reason::AlignedSentences(self.passages.len())
        } else if self.rule == rules::PASSAGE_ALIGNED_ACROSS_LANGUAGES {
            Reason::AlignedPassage(self.passages.len())
        } else {
            Reason::SameNamesAndNumbers
        }
    }

    /// Why they are in one story, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self.reason() {
            Reason::AlignedSentences(n) => format!("{n} sentences of the one are, in order, sentences of the other"),
            Reason::AlignedPassage(n) => format!("{n} sentences on end stand in both"),
            _ => "the same names and numbers in other words".to_owned(),
        }
    }
}

/// From where on what speaks for a link across languages is enough. How these were chosen is told in `docs/quality.md`;
/// others are for measuring.
#[derive(Clone, Copy, Debug)]
pub struct Bars {
    /// The least logarithm of the odds that two texts are one.
    pub translation: f32,
    /// The least logarithm of the odds that a passage of one stands in the other.
    pub passage: f32,
    /// The least cosine of two reports of one event.
    pub event: f32,
    /// How far these must be nearer to each other than either is to any other report of the other's language that tells of
    /// something else.
    pub margin: f32,
}

impl Default for Bars {
    fn default() -> Self {
        Self { translation: 0.0, passage: 0.0, event: 0.15, margin: 0.06 }
    }
}

/// All pairs of two languages among the articles `told`, of which `text` gives the text, in order.
///
/// Articles of a language that has no lexicon are left out, and texts that stand near none of another language in time are not
/// asked for. The order of articles decides between equals, so it should not be that of input.
#[must_use]
pub fn cross<'t>(told: &[Told], text: impl Fn(usize) -> Cow<'t, str> + Sync) -> Vec<Crossed> {
    cross_with(told, text, &Bars::default())
}

/// The same with other bars.
#[must_use]
pub fn cross_with<'t>(told: &[Told], text: impl Fn(usize) -> Cow<'t, str> + Sync, bars: &Bars) -> Vec<Crossed> {
    let taken = near::near(told);
    if taken.is_empty() {
        return Vec::new();
    }
    let language = |x: usize| told[x].language;
    let profile = |x: usize| Profile::of(&text(x), language(x));
    let weights = Weights::new();
    taken.par_iter().for_each(|x| weights.count(&profile(*x), language(*x)));
    let weights = weights.settled();
    // English articles look for nobody: of their keys only those are kept that others look for.
    let (english, others): (Vec<usize>, Vec<usize>) = taken.iter().partition(|x| language(**x).is_english());
    let row = |x: &usize| candidates::Row::of(*x, &told[*x], &profile(*x), &weights, taken.len());
    let mut rows: Vec<candidates::Row> = others.par_iter().map(row).collect();
    let sought = candidates::Sought::by(&rows);
    rows.par_extend(english.par_iter().map(|x| row(x).only(&sought)));
    rows.par_sort_unstable_by_key(candidates::Row::article);
    let pairs = candidates::candidates(&rows);
    drop((rows, sought));
    let mut held: Vec<nearest::Held> = pairs
        .par_chunk_by(|p, q| p.0 == q.0)
        .map(|pairs| {
            let weighted = |x: usize| Weighted::of(&text(x), language(x), &weights);
            let one = weighted(pairs[0].0);
            let held = pairs.iter().map(|pair| {
                let other = weighted(pair.1);
                let found = judge(&one, &other, told[pair.0].at.zip(told[pair.1].at), bars).map(|it| it.crossed(*pair));
                nearest::Held { pair: *pair, cosine: one.whole.dot(&other.whole), found }
            });
            held.collect::<Vec<_>>()
        })
        .flatten_iter()
        .collect();
    let whole = |x: usize| Row::of(&profile(x).counted(), &weights);
    nearest::keep(&mut held, told, bars.margin, &whole);
    nearest::drop_explained(&mut held, told);
    held.into_iter().filter_map(|it| it.found).collect()
}

/// Whether texts have to be looked at to tell what crosses between the articles `told`.
pub(crate) fn crosses(told: &[Told]) -> bool {
    !near::near(told).is_empty()
}

/// The same among the annotated articles `articles`; the pairs are places in this list.
#[must_use]
pub fn crossed(corpus: &Corpus, articles: &[ArticleId]) -> Vec<Crossed> {
    let article = |n: usize| &corpus.get(articles[n]).article;
    let told = |n: usize| Told {
        language: Language::of(article(n).language.as_deref()),
        at: article(n).dateline().map(|it| it.at.as_second()),
    };
    let told: Vec<Told> = (0..articles.len()).map(told).collect();
    cross(&told, |n| Cow::Borrowed(&article(n).text))
}

/// The relation that a translation is. Who translated whom is told by what one of them declares alone: it comes out later and
/// shorter or not, as it likes.
pub(crate) fn found(it: &Crossed, cards: &[Card; 2], without_reasons: bool) -> Found {
    let names = |taker: &Card, giver: &Card| {
        let key = giver.outlet.as_deref().map(sources::source_key).filter(|it| !it.is_empty());
        key.is_some_and(|key| taker.origins.iter().chain(&taker.credits).any(|name| sources::source_key(name) == key))
    };
    let [first, second] = cards;
    let (forth, back) = (names(second, first), names(first, second));
    let directed = forth != back;
    let flip = directed && back;
    let passages = it.passages.iter().map(|(p, q)| if flip { (*q, *p) } else { (*p, *q) }).collect();
    let (source, derived) = if flip { (it.pair.1, it.pair.0) } else { it.pair };
    let reasons = if without_reasons { Vec::new() } else { vec![it.reason()] };
    Found { source, derived, kind: Kind::Translation, directed, score: it.score, rule: it.rule, reasons, passages }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "A ferry ran aground near Port Nora on Monday with 1,250 passengers on board.\n\
Mayor Marta Quinlan said the coast guard had evacuated all of them by 3 p.m.\n\
Twelve people were taken to the hospital of Valdersund, four of them children.\n\
\"We waited for three hours in the cold,\" said Ilya Brenko, a teacher from Kestrov.\n\
The company that owns the ship, Halvorsen Lines, announced an investigation into the accident.\n\
The damage is put at 3.5 million euros, and the bridge stays closed until Friday.";
    const SPANISH: &str = "Un transbordador encalló el lunes cerca de Port Nora con 1.250 pasajeros a bordo.\n\
La alcaldesa Marta Quinlan dijo que los guardacostas habían evacuado a todos antes de las 15 horas.\n\
Doce personas fueron llevadas al hospital de Valdersund, cuatro de ellas niños.\n\
«Esperamos tres horas con frío», dijo Ilya Brenko, maestra de Kestrov.\n\
La empresa propietaria del barco, Halvorsen Lines, anunció una investigación del accidente.\n\
Los daños se estiman en 3,5 millones de euros, y el puente seguirá cerrado hasta el viernes.";
    const UKRAINIAN: &str = "Пором сів на мілину в понеділок біля Порт-Нори, на борту було 1250 пасажирів.\n\
Мерка Марта Квінлан сказала, що берегова охорона евакуювала всіх до 15 години.\n\
Дванадцять людей доставили до лікарні Вальдерсунда, четверо з них діти.\n\
«Ми чекали три години на холоді», — сказала Ілля Бренко, вчителька з Кестрова.\n\
Компанія-власник судна, Halvorsen Lines, оголосила розслідування аварії.\n\
Збитки оцінюють у 3,5 мільйона євро, а міст буде закрито до п'ятниці.";
    const OTHER: &str = "El consejo de Orlavia aprobó el martes un presupuesto de 480 millones para las escuelas.\n\
La ministra Petra Lindqvist explicó que los maestros recibirán un aumento en enero.\n\
La oposición criticó la decisión y pidió elecciones anticipadas.\n\
Los sindicatos convocaron una huelga para el 14 de marzo en la capital.\n\
Un tribunal decidirá en abril si la ley es válida.\n\
El presidente Samir Otokar no quiso responder a las preguntas de los periodistas.";

    fn crossed(texts: &[(&str, &'static str)]) -> Vec<Crossed> {
        crossed_at(&texts.iter().map(|it| (it.0, it.1, None)).collect::<Vec<_>>())
    }

    /// The same for texts of these days.
    fn crossed_at(texts: &[(&str, &'static str, Option<i64>)]) -> Vec<Crossed> {
        let told =
            |it: &(&str, _, Option<i64>)| Told { language: Language::of(Some(it.0)), at: it.2.map(|day| day * 86_400) };
        let told: Vec<Told> = texts.iter().map(told).collect();
        cross(&told, |n| Cow::Borrowed(texts[n].1))
    }

    #[test]
    fn one_report_in_three_languages_is_found_and_another_is_not() {
        let found = crossed(&[("en", ENGLISH), ("es", SPANISH), ("uk", UKRAINIAN), ("es", OTHER)]);
        let pairs: Vec<_> = found.iter().map(|it| (it.pair, it.rule)).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (1, 2)].map(|pair| (pair, rules::SENTENCES_ALIGNED_ACROSS_LANGUAGES)));
        let (p, q) = found[0].passages[0];
        assert!(p.text(ENGLISH).starts_with("A ferry") && q.text(SPANISH).starts_with("Un transbordador"));
    }

    #[test]
    fn what_is_far_off_in_time_changes_nothing() {
        let near = [("en", ENGLISH, Some(100)), ("es", SPANISH, Some(101)), ("uk", UKRAINIAN, None)];
        let mut more: Vec<_> = near.to_vec();
        let found = crossed_at(&near);
        assert_eq!(found.len(), 3);
        // The Ukrainian report has no date: every English one is near it.
        more.extend([("en", ENGLISH, Some(400)), ("ru", ENGLISH, Some(800))]);
        assert!(crossed_at(&more).iter().any(|it| it.pair == (2, 3)));
        more[2].2 = Some(99);
        let before: Vec<_> = crossed_at(&more[..3]).iter().map(|it| (it.pair, it.score)).collect();
        let with: Vec<_> = crossed_at(&more).iter().map(|it| (it.pair, it.score)).collect();
        assert_eq!(before, with);
    }

    #[test]
    fn one_language_alone_and_languages_without_a_lexicon_cross_nothing() {
        assert!(crossed(&[("en", ENGLISH), ("en", ENGLISH)]).is_empty());
        assert!(crossed(&[("en", ENGLISH), ("qx", SPANISH)]).is_empty());
    }

    #[test]
    fn right_to_left_and_mixed_text_do_no_harm() {
        let mixed: &'static str =
            "עברית العربية A ferry ran aground. Паром сел на мель.\nUn transbordador encalló 1.250.";
        assert!(crossed(&[("en", ENGLISH), ("ru", mixed), ("es", "")]).iter().all(|it| !it.is_translation()));
    }
}
