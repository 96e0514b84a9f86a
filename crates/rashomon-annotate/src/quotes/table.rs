//! Quotations as rows of a table, with the column names of Quotebank (Vaucher, Spitz, Catasta & West 2021) where they fit.

use crate::{Act, Annotated, Quote, QuoteKind};
use rashomon_model::{Rule, Span};

/// One quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Quotebank's `quoteID`: the article's id and the span, `id:12-40`.
    pub quote_id: String,
    /// Quotebank's `quotation`: the words inside the marks, joined where the cue breaks them; for indirect speech the clause.
    pub quotation: String,
    /// What is said, whoever prints it: the same for the same words in whatever spelling of marks and spaces.
    pub utterance: String,
    /// Quotebank's `speaker`: full name in this article.
    pub speaker: Option<&'a str>,
    /// The words that name the speaker.
    pub mention: Option<&'a str>,
    /// The words that report.
    pub cue: Option<&'a str>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// What its source is said to have done.
    pub act: Act,
    /// Where it stands, in bytes.
    pub span: Span,
    /// The pieces between marks where its cue breaks it, else the one stretch it is.
    pub parts: Vec<Span>,
    /// The rule that found it.
    pub rule: Rule,
}

/// The quotations of an article as rows, in order of place.
#[must_use]
pub fn rows(it: &Annotated) -> Vec<Row<'_>> {
    it.quotes
        .iter()
        .map(|q| (q, quotation(it, q)))
        .map(|(q, quotation)| Row {
            quote_id: format!("{}:{}-{}", it.article.id, q.span.start(), q.span.end()),
            utterance: utterance(&quotation),
            quotation,
            speaker: q.speaker.as_deref(),
            mention: q.speaker_span.map(|s| it.text(s)),
            cue: q.cue_span.map(|s| it.text(s)),
            kind: q.kind,
            act: q.act,
            span: q.span,
            parts: if q.parts.is_empty() || q.kind == QuoteKind::Mixed { vec![q.span] } else { q.parts.clone() },
            rule: q.rule,
        })
        .collect()
}

fn quotation(it: &Annotated, q: &Quote) -> String {
    match (&q.parts[..], q.kind) {
        ([], _) | (_, QuoteKind::Mixed) => it.text(q.span).to_owned(),
        (parts, _) => parts.iter().map(|p| it.text(*p)).collect::<Vec<_>>().join(" "),
    }
}

/// A name made of the words alone (FNV-1a of their letters and digits in lower case), so that one utterance has one name
/// in all reports that print it.
fn utterance(quotation: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    for word in quotation.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        word.chars().flat_map(char::to_lowercase).for_each(|c| c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut take));
        take(b' ');
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate;
    use rashomon_model::Article;

    #[test]
    fn a_quotation_that_its_cue_breaks_is_one_row() {
        let rows_of = |text: &str| {
            let it = annotate(Article { id: "a".into(), text: text.to_owned(), ..Article::default() }).output;
            let told = |r: &Row| {
                (
                    r.utterance.clone(),
                    r.quotation.clone(),
                    r.parts.iter().map(|p| it.text(*p).to_owned()).collect::<Vec<_>>(),
                )
            };
            rows(&it).iter().map(told).collect::<Vec<_>>()
        };
        let broken = rows_of("“We will stay at the pier,” Ada Stone said on Monday, “until the storm is over.”");
        assert_eq!(broken.len(), 1, "{broken:?}");
        assert_eq!(broken[0].2, ["We will stay at the pier,", "until the storm is over."]);
        let whole = rows_of("Ada Stone said on Monday: \"We will stay at the pier until the storm is over.\"");
        assert_eq!(whole[0].2.len(), 1);
        assert_eq!(broken[0].0, whole[0].0, "one utterance in two reports");
    }
}
