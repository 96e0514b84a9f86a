//! Plain text to an article.

use crate::{Record, encoding, language, layout};
use rashomon_model::{Article, Note, Noted, Severity};

/// The article in a plain-text record.
pub(crate) fn article(record: &Record) -> Noted<Option<Article>> {
    let (digest, id) = crate::digest(&record.bytes);
    let decoded = encoding::decode(&record.bytes, None, &record.place);
    let mut notes = decoded.notes;
    if let Some(note) = crate::too_long_or_empty(&decoded.text, &record.place) {
        notes.push(note);
        return Noted { output: None, notes };
    }
    if is_table(&decoded.text) {
        notes.push(Note {
            place: record.place.clone(),
            message:
                "looks like a table, but was read as one text; a name in .csv or .tsv says that its rows are articles"
                    .to_owned(),
            rule: "table-as-text",
            severity: Severity::Warning,
        });
    }
    let mut article = Article { id, source: record.place.clone(), digest, text: decoded.text, ..Article::default() };
    layout::lay_out(&mut article);
    article.language = language::detect(&article.text);
    Noted { output: Some(article), notes }
}

/// Whether the first lines are rows of one table: names without a space in the first, and as many fields in each.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|it| !it.trim().is_empty());
    let Some(names) = lines.next().filter(|it| it.len() < 400) else { return false };
    let Some(mark) = ['\t', ';', ','].into_iter().find(|mark| names.contains(*mark)) else { return false };
    let named = names.split(mark).all(|it| {
        let it = it.trim().trim_matches('"');
        !it.is_empty() && !it.contains(' ') && !it.ends_with(['.', '?', '!'])
    });
    let fields = names.split(mark).count();
    let rows: Vec<usize> = lines.take(4).map(|it| outside_quotes(it, mark)).collect();
    named && fields > 1 && rows.len() > 1 && rows.iter().all(|it| *it == fields)
}

/// Fields of a row, where quotation marks may hold the mark between them (RFC 4180).
fn outside_quotes(row: &str, mark: char) -> usize {
    let mut quoted = false;
    let between = row.chars().filter(|c| {
        quoted ^= *c == '"';
        !quoted && *c == mark
    });
    between.count() + 1
}

#[cfg(test)]
mod tests {
    use super::is_table;

    #[test]
    fn a_table_is_told_from_a_text() {
        assert!(is_table("headline;story\nGate jams;A gate jammed.\nGate holds;\"It held; all day.\"\n"));
        assert!(is_table("when,what\n2031-05-05,jam\n2031-05-06,repair\n"));
        assert!(!is_table("Gate jams, valley flees\n\nA gate jammed, they said.\nIt held, they said.\n"));
        assert!(!is_table("Ada Lorne, Orrin\nA gate jammed.\nIt held.\n"));
        assert!(!is_table("one,two\n"));
    }
}
