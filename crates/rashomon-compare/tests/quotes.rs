//! Which forms of two small invented reports are one utterance, and what each does to the words.

use rashomon_annotate::{Corpus, annotate};
use rashomon_compare::{FormRelation, compare};
use rashomon_group::Story;
use rashomon_model::{Article, ArticleId};

/// For each utterance its speaker, and the article, relation and text of each form.
fn utterances(texts: &[&str]) -> Vec<(Option<String>, Vec<(u32, FormRelation, String)>)> {
    let annotated = texts.iter().enumerate().map(|(i, text)| {
        let id = format!("a{i}");
        annotate(Article { digest: id.clone(), id, text: (*text).to_owned(), ..Article::default() }).output
    });
    let corpus = Corpus::new(annotated.collect()).output;
    let articles: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
    let story = Story { id: "a0".to_owned(), articles, joins: Vec::new() };
    let found = compare(&corpus, &story).output.quotes;
    let forms = |u: &rashomon_compare::Utterance| {
        u.forms.iter().map(|f| (f.anchor.article.0, f.relation, corpus.text(f.anchor).to_owned())).collect()
    };
    found.iter().map(|u| (u.speaker.clone(), forms(u))).collect()
}

#[test]
fn a_name_in_both_makes_no_utterance() {
    let found = utterances(&[
        "Premier Olga Brandt said: “Last week I agreed to see Deputy Harbour Minister Karl Weiss of the Keld Ferry Union.”",
        "Premier Olga Brandt said she had cancelled a dinner with Deputy Harbour Minister Karl Weiss of the Keld Ferry Union.",
    ]);
    let joined = found.iter().filter(|(_, forms)| forms.len() > 1).count();
    assert_eq!(joined, 0, "{found:?}");
}

#[test]
fn more_words_at_an_end_change_none() {
    let found = utterances(&[
        "Premier Olga Brandt said: “The bridge will stand for a hundred years.”",
        "Premier Olga Brandt said: “The bridge will stand for a hundred years.”",
        "Premier Olga Brandt said: “The bridge will stand for a hundred years. My children will cross it on foot.”",
    ]);
    let (speaker, forms) = &found[0];
    assert_eq!(speaker.as_deref(), Some("Olga Brandt"));
    assert_eq!(forms.len(), 3, "{found:?}");
    assert!(forms.iter().all(|f| matches!(f.1, FormRelation::Verbatim | FormRelation::Truncated)), "{found:?}");
}

#[test]
fn one_changed_word_is_altered_not_reworded() {
    let found = utterances(&[
        "Premier Olga Brandt said: “We are upset at the harbour board.”",
        "Premier Olga Brandt said: “We are upset with the harbour board.”",
    ]);
    let relations: Vec<_> = found[0].1.iter().map(|f| f.1).collect();
    assert_eq!(relations, [FormRelation::Verbatim, FormRelation::Altered], "{found:?}");
}

#[test]
fn what_somebody_denies_having_said_is_not_among_his_words() {
    for denial in [
        "Mayor Ada Stone denied she had called the drowned “a small price to pay for trade” on Monday.",
        "Mayor Ada Stone denied calling the drowned “a small price to pay for trade” on Monday.",
        "Mayor Ada Stone denied that she ever said: “They are a small price to pay for trade.”",
    ] {
        let said = "Mayor Ada Stone told the council: “They are a small price to pay for trade.”";
        let found = utterances(&[said, denial]);
        let forms: Vec<_> = found.iter().flat_map(|(_, forms)| forms).filter(|f| f.0 == 1).collect();
        assert!(forms.is_empty(), "{denial}: {found:?}");
        assert_eq!(found.len(), 1, "{denial}: {found:?}");
    }
}
