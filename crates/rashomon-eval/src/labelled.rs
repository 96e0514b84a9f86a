//! Articles with a known story, as the grouping sets hold them.

use flate2::read::MultiGzDecoder;
use rashomon::group::{Light, Record};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// One row of a grouping set.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) title: Option<String>,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) published: Option<String>,
    #[serde(default)]
    pub(crate) story: String,
}

impl Row {
    /// What grouping keeps of it.
    pub(crate) fn record(&self) -> Record {
        let published = self
            .published
            .as_deref()
            .and_then(|it| it.parse().ok().or_else(|| format!("{}T00:00:00Z", it.get(..10)?).parse().ok()));
        Record::of(&Light {
            id: &self.id,
            title: self.title.as_deref().unwrap_or_default(),
            text: &self.text,
            published,
        })
    }
}

/// Calls `take` for the rows of a JSONL file, which may be gzipped.
pub(crate) fn each_row(path: &Path, mut take: impl FnMut(Row)) -> Result<(), String> {
    let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let file = File::open(path).map_err(|e| failed(&e))?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|it| it == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    for line in BufReader::with_capacity(1 << 18, reader).lines() {
        let line = line.map_err(|e| failed(&e))?;
        if !line.trim().is_empty() {
            take(serde_json::from_str(&line).map_err(|e| failed(&e))?);
        }
    }
    Ok(())
}

/// The rows of a JSONL file.
pub(crate) fn rows(path: &Path) -> Result<Vec<Row>, String> {
    let mut all = Vec::new();
    each_row(path, |it| all.push(it))?;
    Ok(all)
}
