//! Which outlets belong to one owner, as a user's list says?
//!
//! One outlet and its owner a line, parted by a tab, or by a comma with quotation marks around what holds a comma (RFC 4180
//! without line ends in fields). An outlet is a masthead or the host of its addresses; both are compared without case, "the"
//! and the like. Empty lines and lines that begin with `#` are left out.

use crate::publishers::{bare_name, publisher};
use rashomon_model::Article;
use std::collections::{BTreeMap, BTreeSet};

/// The owners of outlets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owners(BTreeMap<String, Owned>);

/// An outlet as the list names it, and its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Owned {
    outlet: String,
    owner: String,
}

impl Owners {
    /// Reads a list.
    ///
    /// # Errors
    /// The number of the first line, counted from 1, that does not hold an outlet and an owner, or that gives an outlet a
    /// second owner; with what is wrong.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut all = BTreeMap::new();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: String| (n + 1, what);
            let [outlet, owner] = fields(line)
                .filter(|f| f.iter().all(|it| !it.is_empty()))
                .ok_or_else(|| wrong("expected an outlet and its owner, parted by a tab or a comma".into()))?;
            let before = all.insert(key(&outlet), Owned { outlet: outlet.clone(), owner: owner.clone() });
            if let Some(before) = before.filter(|it| it.owner != owner) {
                return Err(wrong(format!("{outlet} belongs to {} on a line before", before.owner)));
            }
        }
        Ok(Self(all))
    }

    /// The owner of the outlet that published `article`.
    #[must_use]
    pub fn owner(&self, article: &Article) -> Option<&str> {
        self.entry(article).map(|(_, it)| it.owner.as_str())
    }

    /// The outlets of the list that published none of `articles`, as the list names them, in order of name.
    #[must_use]
    pub fn unmatched<'a>(&self, articles: impl Iterator<Item = &'a Article>) -> Vec<&str> {
        let found: BTreeSet<&String> = articles.filter_map(|it| self.entry(it)).map(|(key, _)| key).collect();
        self.0.iter().filter(|(key, _)| !found.contains(key)).map(|(_, it)| it.outlet.as_str()).collect()
    }

    fn entry(&self, article: &Article) -> Option<(&String, &Owned)> {
        let by_name = article.outlet.as_deref().and_then(|it| self.0.get_key_value(&key(it)));
        let by_host = || self.0.get_key_value(&publisher(article.url.as_deref(), None)?);
        by_name.or_else(by_host)
    }
}

/// A masthead in its common form; a host as it is.
fn key(outlet: &str) -> String {
    let host = outlet.contains('.') && !outlet.contains(' ');
    if host { outlet.trim_start_matches("www.").to_ascii_lowercase() } else { bare_name(outlet) }
}

/// The two fields of a line.
fn fields(line: &str) -> Option<[String; 2]> {
    if let Some((outlet, owner)) = line.split_once('\t') {
        return (!owner.contains('\t')).then(|| [outlet.trim().to_owned(), owner.trim().to_owned()]);
    }
    let (outlet, rest) = field(line)?;
    let (owner, end) = field(rest.strip_prefix(',')?)?;
    end.is_empty().then(|| [outlet.trim().to_owned(), owner.trim().to_owned()])
}

/// The first field of a line of CSV, and what follows it.
fn field(line: &str) -> Option<(String, &str)> {
    let Some(quoted) = line.trim_start().strip_prefix('"') else {
        let end = line.find(',').unwrap_or(line.len());
        return Some((line[..end].to_owned(), &line[end..]));
    };
    let mut out = String::new();
    let mut rest = quoted;
    loop {
        let end = rest.find('"')?;
        out.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                out.push('"');
                rest = after;
            }
            None => return Some((out, rest.trim_start())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(list: &str, outlet: Option<&str>, url: Option<&str>) -> Option<String> {
        let article = Article { outlet: outlet.map(str::to_owned), url: url.map(str::to_owned), ..Article::default() };
        Owners::parse(list).unwrap().owner(&article).map(str::to_owned)
    }

    #[test]
    fn tabs_commas_hosts_and_comments() {
        let list = "# who owns what\nThe Harbour Courier\tStrait Group\n\n\"Post, Coastline\",\"Lark \"\"North\"\" Ltd\"\nkestrel.example,Strait Group\n";
        assert_eq!(owner(list, Some("Harbour Courier Online"), None).as_deref(), Some("Strait Group"));
        assert_eq!(owner(list, Some("Post Coastline"), None).as_deref(), Some("Lark \"North\" Ltd"));
        assert_eq!(owner(list, None, Some("https://www.kestrel.example/a")).as_deref(), Some("Strait Group"));
        assert_eq!(owner(list, Some("Northbank Herald"), None), None);
        let courier = Article { outlet: Some("Harbour Courier".into()), ..Article::default() };
        assert_eq!(
            Owners::parse(list).unwrap().unmatched(std::iter::once(&courier)),
            ["kestrel.example", "Post, Coastline"]
        );
    }

    #[test]
    fn a_bad_line_is_named() {
        for (list, line) in
            [("a,b\nnothing here", 2), ("a\tb\tc", 1), ("a,b,c", 1), (",b", 1), ("a,b\n\na,c", 3), ("\"a,b", 1)]
        {
            assert_eq!(Owners::parse(list).map_err(|e| e.0), Err(line), "{list}");
        }
    }
}
