//! How many of the reports are accounts of their own?
//!
//! A range: certain dependence (versions, reprints, rewrites, copies of one text, one declared origin) joins accounts for the upper end; every
//! sign of dependence (passages, common source, shared credits, a credit to who published another, one owner) joins them for
//! the lower end.

use crate::rules;
use crate::{Independence, Kind, Owners, Relation, source_key, sources};
use rashomon_annotate::Corpus;
use rashomon_model::{Article, ArticleId, DeclaredKind, is_outlet};
use std::collections::BTreeMap;

/// The range of independent accounts among `articles`, and the accounts themselves by certain dependence. Articles of one
/// owner may be one account.
#[must_use]
pub fn independence(corpus: &Corpus, articles: &[ArticleId], relations: &[Relation], owners: &Owners) -> Independence {
    let mut certain = Sets::new(articles.len());
    let mut any = Sets::new(articles.len());
    let place = |a: ArticleId| articles.iter().position(|x| *x == a);
    let mut by_source: Vec<(String, Debt, usize)> = Vec::new();
    for r in relations {
        let Some(derived) = place(r.derived) else { continue };
        if let Some(source) = r.source.and_then(place) {
            if makes_one_account(r) {
                certain.join(source, derived);
            }
            any.join(source, derived);
        }
        // Two that show one post took nothing from each other.
        if let Some(name) = r.source_name.as_ref().filter(|_| r.rule != rules::EMBEDDED_POST) {
            // A source that is in the story joins for certain by its relation, if at all.
            let whole = r.source.is_none() && (r.kind != Kind::Credit || r.rule == rules::RESTS_ON_WHAT_IT_CREDITS);
            by_source.push((source_key(name), if whole { Debt::Whole } else { Debt::Part }, derived));
        }
    }
    for (n, id) in articles.iter().enumerate() {
        let article = &corpus.get(*id).article;
        let own = own_key(article);
        for key in rested_on(article).filter(|key| own.as_ref() != Some(key)) {
            by_source.push((key, Debt::Part, n));
        }
        by_source.extend(own.map(|key| (key, Debt::Own, n)));
    }
    by_source.sort();
    for same in by_source.chunk_by(|x, y| x.0 == y.0) {
        // Whoever owes the source is joined with all others that owe it and with what it published itself.
        let Some((_, debt, first)) = same.iter().find(|it| it.1 != Debt::Own) else { continue };
        for (_, other_debt, other) in same {
            if *debt == Debt::Whole && *other_debt == Debt::Whole {
                certain.join(*first, *other);
            }
            any.join(*first, *other);
        }
    }
    let mut owned: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    for id in articles {
        if let Some(owner) = owners.owner(&corpus.get(*id).article) {
            owned.entry(owner).or_default().push(*id);
        }
    }
    owned.retain(|_, ids| ids.len() > 1);
    for pair in owned.values().flat_map(|ids| ids.windows(2)) {
        if let (Some(x), Some(y)) = (place(pair[0]), place(pair[1])) {
            any.join(x, y);
        }
    }
    let sets = certain.sets();
    Independence {
        owners: owned.into_iter().map(|(owner, ids)| (owner.to_owned(), ids)).collect(),
        low: any.sets().len(),
        high: sets.len(),
        accounts: sets.into_iter().map(|s| s.into_iter().map(|n| articles[n]).collect()).collect(),
    }
}

/// What an article owes a source: all of it, a part, or nothing, for it is the source's own. In this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Debt {
    Whole,
    Part,
    Own,
}

/// How far into an article it leads with its news, in bytes: three sentences of a report, or so.
const LEAD: usize = 700;

/// The keys of the outlets on whose reporting an article rests as it says itself: "first reported by the Gazette" anywhere,
/// "the Gazette reported" and "according to the Gazette" where the news is told. Who was told something by the persons of
/// the story rests on nobody.
fn rested_on(article: &Article) -> impl Iterator<Item = String> {
    let text = article.text.as_str();
    let start = article.title_span.map_or(0, |t| if t.start() < 4 { t.end() } else { 0 });
    let window = |from: usize, to: usize| {
        let (mut from, mut to) = (from, to.min(text.len()));
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        text[from..to.max(from)].to_lowercase()
    };
    let rests = move |d: &&rashomon_model::Declared| {
        let before = window(d.span.start().saturating_sub(40), d.span.start());
        let before = before.trim_end().trim_end_matches(" the").trim_end();
        let behind = window(d.span.end(), d.span.end() + 40);
        let mut words = behind.split_whitespace().take(4);
        let first = ["first reported by", "first reported in", "reported first by"].iter().any(|w| before.ends_with(w));
        let credited =
            ["reported by", "according to", "obtained by", "citing", "reports"].iter().any(|w| before.ends_with(w));
        let prints = words.any(|w| {
            matches!(w.trim_matches(|c: char| !c.is_alphanumeric()), "reported" | "reports" | "learned" | "revealed")
        });
        let spoken = before.ends_with("told") || before.ends_with("with") || before.ends_with("to") && !credited;
        let lead = d.span.start() < start + LEAD;
        first || lead && (credited || prints && !spoken)
    };
    let cited = article.declared.iter().filter(|d| d.kind == DeclaredKind::Cited && is_outlet(&d.name));
    cited.filter(rests).map(|d| source_key(&d.name)).collect::<Vec<_>>().into_iter()
}

/// The key of who published an article: its outlet, or where none is known the one agency that signs it.
fn own_key(article: &Article) -> Option<String> {
    let kinds = [DeclaredKind::Origin, DeclaredKind::Agency];
    match (&article.outlet, sources::declared(&article.declared, &kinds).as_slice()) {
        (Some(outlet), _) => Some(source_key(outlet)),
        (None, [only]) if only.kind == DeclaredKind::Agency => Some(source_key(&only.name)),
        _ => None,
    }
}

/// Whether two related articles are certainly one account: the whole of one comes from the other.
fn makes_one_account(r: &Relation) -> bool {
    matches!(r.kind, Kind::Revision | Kind::Reprint)
        || r.rule == rules::RESTS_ON_WHAT_IT_CREDITS
        || (r.kind == Kind::Rewrite && r.rule == rules::SAME_TEXT_OTHER_WORDS)
        || (r.kind == Kind::Translation && r.directed)
        // Both are copies of one text as a whole.
        || (r.kind == Kind::CommonSource && (r.rule == rules::COPIES_OF_ONE_SOURCE || r.rule == rules::EACH_LACKS_WHAT_THE_OTHER_HAS))
}

/// Disjoint sets over `0..n`; the smallest member stands for each.
pub(crate) struct Sets(Vec<usize>);

impl Sets {
    pub(crate) fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    pub(crate) fn find(&mut self, n: usize) -> usize {
        let mut root = n;
        while self.0[root] != root {
            root = self.0[root];
        }
        let mut at = n;
        while self.0[at] != root {
            at = std::mem::replace(&mut self.0[at], root);
        }
        root
    }

    pub(crate) fn join(&mut self, x: usize, y: usize) {
        let (x, y) = (self.find(x), self.find(y));
        self.0[x.max(y)] = x.min(y);
    }

    /// The sets, each in order, in order of their first members.
    pub(crate) fn sets(&mut self) -> Vec<Vec<usize>> {
        let n = self.0.len();
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); n];
        for k in 0..n {
            out[self.find(k)].push(k);
        }
        out.retain(|s| !s.is_empty());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;
    use rashomon_model::Declared;

    fn article(id: &str, outlet: Option<&str>, text: &str, agency: Option<&str>) -> Article {
        let declared = agency.and_then(|name| {
            let at = text.find(name)?;
            let span = rashomon_model::Span::new(at, at + name.len());
            Some(Declared { name: name.to_owned(), kind: DeclaredKind::Agency, span, retrieved: None })
        });
        Article {
            id: id.to_owned(),
            outlet: outlet.map(str::to_owned),
            text: text.to_owned(),
            declared: declared.into_iter().collect(),
            ..Article::default()
        }
    }

    #[test]
    fn news_that_was_told_to_another_report_is_its_account() {
        let told = "Mayor Edda Holm of Tarvel will leave office in June, she said in an interview. “I have signed it,” Holm said.";
        let cases = [
            (
                "The mayor of Tarvel, Edda Holm, told the Quay Post that she would go in June. Her party had no comment.",
                (1, 1),
            ),
            ("Edda Holm will go in June, the mayor told Quay Post. Nobody else would speak.", (1, 1)),
            ("In an interview with the Quay Post, the mayor of Tarvel said she would go in June.", (1, 1)),
            ("The mayor of Tarvel is to go in June, the Quay Post reported. Her party had no comment.", (1, 2)),
            ("The mayor of Tarvel is to go in June, according to the Quay Post.", (1, 2)),
            ("The mayor of Tarvel is to go in June, she said in comments to the Quay Post.", (1, 1)),
            ("The mayor of Tarvel is to go in June, she was quoted as saying by the Quay Post on Friday.", (1, 1)),
            ("The mayor of Tarvel is to go in June, reports the Quay Post.", (1, 2)),
            ("The mayor of Tarvel is to go. Critics write the Quay Post long letters.", (2, 2)),
            ("The mayor of Tarvel is to go in June. Shops on Post Quay were shut.", (2, 2)),
        ];
        for (text, expected) in cases {
            let articles = [article("a", Some("Quay Post"), told, None), article("b", Some("Calder Echo"), text, None)];
            let corpus = Corpus::new(articles.into_iter().map(|it| annotate(it).output).collect()).output;
            let ids: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
            let it = crate::lineage(&corpus, &ids);
            assert_eq!((it.independence.low, it.independence.high), expected, "{text}");
            let credit = it.relations.iter().any(|r| r.declared && r.source == Some(ids[0]) && r.derived == ids[1]);
            assert_eq!(credit, expected.0 == 1, "{text}");
        }
    }

    #[test]
    fn what_passes_on_an_earlier_report_and_asks_nobody_is_its_account() {
        let first = "Ostland Steel will shut its mill in Tarvel next spring, a letter to the council shows. Talks begin on Friday.";
        for (text, day, expected) in [
            (
                "Ostland Steel is to close the Tarvel mill, the Quay Post reported, citing a letter. The firm did not immediately reply to a request for comment.",
                "2031-05-09",
                1,
            ),
            ("The Tarvel mill is to go next spring, per Quay Post. It was built in 1931.", "2031-05-09", 1),
            (
                "The Tarvel mill is to go, the Quay Post quoted a letter as saying. It was built in 1931.",
                "2031-05-09",
                1,
            ),
            (
                "The Tarvel mill is to go, according to a report in the Quay Post. The firm will pay for new jobs, the report said.",
                "2031-05-09",
                1,
            ),
            (
                "The Tarvel mill is to go, writes the Quay Post. The firm told the paper that it was sorry.",
                "2031-05-09",
                1,
            ),
            (
                "The Tarvel mill is to go, the Quay Post reported. “We were told nothing,” said Ann Lee, who works there.",
                "2031-05-09",
                2,
            ),
            ("The Tarvel mill is to go, the Quay Post reported. The firm had no comment.", "2031-05-07", 2),
        ] {
            let dated = |mut it: Article, day: &str| {
                it.published = rashomon_model::Moment::day(day.parse().unwrap());
                it
            };
            let articles = [
                dated(article("a", Some("Quay Post"), first, None), "2031-05-08"),
                dated(article("b", Some("Calder Echo"), text, None), day),
            ];
            let corpus = Corpus::new(articles.into_iter().map(|it| annotate(it).output).collect()).output;
            let ids: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
            assert_eq!(crate::lineage(&corpus, &ids).independence.high, expected, "{text}");
        }
    }

    #[test]
    fn reports_that_rest_on_one_outlet_may_be_one_account() {
        let cited = |id: &str, outlet: &str, text: &str| {
            let mut it = article(id, Some(outlet), text, None);
            let at = text.find("CNN").unwrap();
            let span = rashomon_model::Span::new(at, at + 3);
            it.declared.push(Declared { name: "CNN".into(), kind: DeclaredKind::Cited, span, retrieved: None });
            it
        };
        let one = "The harbour master is to resign on Friday, CNN reported. Nobody at the quay knew of it yesterday.";
        let two = "Reedhaven's pilots lose their chief: he steps down this week. The news was first reported by CNN.";
        let told =
            "Boats stayed in port in Reedhaven. “We want an answer,” the owner of four of them told CNN in the rain.";
        let asked =
            "Reedhaven's pilots lose their chief, first reported by CNN. “We knew,” said Ida Holm, who pilots tankers.";
        for (articles, low, high) in [
            (vec![cited("a", "Quay Post", one), cited("b", "Harbour Times", two)], 1, 1),
            (vec![cited("a", "Quay Post", one), cited("b", "Harbour Times", asked)], 1, 2),
            (vec![cited("a", "Quay Post", one), cited("b", "Harbour Times", told)], 2, 2),
            (vec![cited("a", "Quay Post", one), article("b", Some("CNN"), two.split(':').next().unwrap(), None)], 1, 2),
        ] {
            let corpus = Corpus::new(articles.into_iter().map(|it| annotate(it).output).collect()).output;
            let ids: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
            let it = crate::lineage(&corpus, &ids).independence;
            assert_eq!((it.low, it.high), (low, high));
        }
    }

    #[test]
    fn who_credits_an_agency_may_be_its_account() {
        let own = "REEDHAVEN (Reuters) - A ferry struck the northern pier at noon and two people were hurt.";
        let credits = "Two people went to hospital when a boat hit the pier in Reedhaven, according to Reuters.";
        let other = "Our reporter watched the lamps of the quay go out one by one before anybody called the pilots.";
        let cases = [
            // The agency's own copy, by name or by signature, and a report that credits it.
            (
                vec![
                    article("a", Some("Reuters"), own, None),
                    article("b", Some("Quay Post"), credits, Some("Reuters")),
                ],
                1,
            ),
            (
                vec![
                    article("a", None, own, Some("Reuters")),
                    article("b", Some("Quay Post"), credits, Some("Reuters")),
                ],
                1,
            ),
            // Nobody owes anybody; two reports of one outlet that nobody credits.
            (vec![article("a", Some("Reuters"), own, None), article("b", Some("Quay Post"), other, None)], 2),
            (vec![article("a", Some("Quay Post"), own, None), article("b", Some("Quay Post"), other, None)], 2),
        ];
        for (articles, low) in cases {
            let outlets: Vec<_> = articles.iter().map(|it| it.outlet.clone()).collect();
            let corpus = Corpus::new(articles.into_iter().map(|it| annotate(it).output).collect()).output;
            let ids: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
            let it = crate::lineage(&corpus, &ids).independence;
            assert_eq!((it.low, it.high), (low, 2), "{outlets:?}");
        }
    }
}
