//! Whose voices get how many words.

use crate::Voice;
use rashomon_annotate::{Corpus, QuoteKind};
use rashomon_group::Story;
use rashomon_model::{Anchor, ArticleId};
use std::collections::{BTreeMap, BTreeSet};

/// Words inside quotation marks by speaker and article, the most quoted speaker first; what an article prints twice, as a
/// quotation and as the post it is from, counts once.
///
/// Speakers of different articles are one where [`rashomon_annotate::same_person`] says so; the fullest form names them.
pub(crate) fn voices(corpus: &Corpus, story: &Story) -> Vec<Voice> {
    let mut ids = story.articles.clone();
    ids.sort_unstable();
    let mut by_name: BTreeMap<String, BTreeMap<ArticleId, (usize, Vec<Anchor>)>> = BTreeMap::new();
    for id in ids {
        let article = corpus.get(id);
        let mut printed: BTreeSet<(&str, Vec<String>)> = BTreeSet::new();
        let spoken = |k: QuoteKind| matches!(k, QuoteKind::Direct | QuoteKind::Mixed);
        for q in article.quotes.iter().filter(|q| spoken(q.kind)) {
            let Some(name) = q.speaker_entity.and_then(|e| article.entities.get(e)).map(|e| &e.name) else { continue };
            let mut words = 0;
            for part in &q.parts {
                let said = folded(article.text(*part));
                let many = said.len();
                if printed.insert((name, said)) {
                    words += many;
                }
            }
            if words == 0 {
                continue;
            }
            let slot = by_name.entry(name.clone()).or_default().entry(id).or_default();
            slot.0 += words;
            slot.1.push(Anchor::new(id, q.span));
        }
    }
    // The longest name first: "Jane Q. Roe" takes up "Jane Roe".
    let mut names: Vec<String> = by_name.keys().cloned().collect();
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    let mut out: Vec<Voice> = Vec::new();
    for name in names {
        let at = out.iter().position(|v| v.speaker == name || rashomon_annotate::same_person(&v.speaker, &name));
        let at = at.unwrap_or_else(|| {
            out.push(Voice { speaker: name.clone(), words: 0, articles: Vec::new(), evidence: Vec::new() });
            out.len() - 1
        });
        for (id, (words, anchors)) in by_name.remove(&name).unwrap_or_default() {
            let voice = &mut out[at];
            voice.words += words;
            match voice.articles.iter_mut().find(|(a, _)| *a == id) {
                Some(slot) => slot.1 += words,
                None => voice.articles.push((id, words)),
            }
            voice.evidence.extend(anchors);
        }
    }
    for v in &mut out {
        v.articles.sort_unstable();
        v.evidence.sort_unstable();
    }
    out.sort_by(|a, b| b.words.cmp(&a.words).then(a.speaker.cmp(&b.speaker)));
    out
}

/// The words of a stretch, in lower case without marks.
fn folded(text: &str) -> Vec<String> {
    let bare = |w: &str| w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    text.split_whitespace().map(bare).filter(|w| !w.is_empty()).collect()
}
