//! What each line of a page is: headline, dateline, byline, furniture, caption, source note, or part of the account.
//!
//! [`lay_out`] fills what the visible lines say into an article whose own fields win where they are given.
//! It works line by line, in time linear in the text; long lines are prose and are not looked into.

use crate::cards::cards;
use crate::furniture::{self, Place};
use crate::{byline, cited, credit, dateline, declared, pattern};
use aho_corasick::AhoCorasick;
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::{Article, Declared, DeclaredKind, Moment, Span, agency};
use regex::Regex;
use std::sync::LazyLock;

/// Fills title, times, byline, outlet, furniture and declared sources from the lines of `article.text`.
pub(crate) fn lay_out(article: &mut Article) {
    let text = std::mem::take(&mut article.text);
    let mut page = Page::new(&text, article.url.as_deref());
    page.crawler_prefix(article);
    page.mark(article);
    page.below_labels();
    page.title(article);
    page.author_box(article);
    page.copyright(article);
    page.datelines(article);
    page.bylines(article);
    page.bylines_of_entries(article);
    page.declared(article);
    page.finish(article);
    article.text = text;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Part of the account: headline, deck, subhead, paragraph.
    Account,
    /// A paragraph of running text.
    Prose,
    Furniture,
    Dateline,
    Byline,
    Caption,
    Declaration,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    kind: Kind,
}

struct Page<'a> {
    text: &'a str,
    lines: Vec<Line>,
    /// Index of the first line of prose, and one past the last.
    prose: (usize, usize),
    /// Furniture that is only part of a line.
    pieces: Vec<Span>,
    /// Cards inside sentences.
    cards: Vec<Span>,
    photo: Vec<Declared>,
    published: Option<Moment>,
    updated: Option<Moment>,
    /// Whether these two were written with their zone.
    zoned: (bool, bool),
    crawled: Option<Moment>,
    outlet: Option<String>,
    people: Vec<String>,
    declared: Vec<Declared>,
    places: Vec<String>,
}

/// How many lines above and below the prose are looked at for datelines and bylines.
const MARGIN: usize = 30;

impl<'a> Page<'a> {
    fn new(text: &'a str, url: Option<&str>) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
            let span = Span::new(start, end).trimmed(text);
            if !span.is_empty() {
                lines.push(Line { span, kind: Kind::Account });
            }
            start = end + 1;
        }
        // A byte-order mark is no part of the first line.
        if let Some(first) = lines.first_mut().filter(|_| text.starts_with('\u{feff}')) {
            first.span = Span::new(3.min(first.span.end()), first.span.end()).trimmed(text);
        }
        lines.retain(|l| !l.span.is_empty());
        let places = url.and_then(top_level_domain).into_iter().collect();
        Self {
            text,
            lines,
            prose: (0, 0),
            pieces: Vec::new(),
            cards: cards(text),
            photo: Vec::new(),
            published: None,
            updated: None,
            zoned: (true, true),
            crawled: None,
            outlet: None,
            people: Vec::new(),
            declared: Vec::new(),
            places,
        }
    }

    fn piece(&self, i: usize) -> &'a str {
        self.lines[i].span.text(self.text)
    }

    /// ` date 2021-03-03 Headline`: what a crawler put before the text.
    fn crawler_prefix(&mut self, article: &mut Article) {
        static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
            pattern::compile(
                r"^(?i:date|pubdate|published|crawled|timestamp|time)\s*[:=]?\s*([0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)\s+(?:(?i:title|headline)\s*[:=]\s*)?(\S)",
            )
        });
        const KEYS: [&str; 9] =
            ["title", "headline", "url", "link", "author", "outlet", "publisher", "site", "publication"];
        static KEY: LazyLock<Regex> = LazyLock::new(|| {
            pattern::compile(
                r"^(?i)(title|headline|url|link|author|outlet|publisher|site|publication)\s*[:=]\s+(\S.*)$",
            )
        });
        let Some(first) = self.lines.first().copied() else { return };
        let head = first.span.text(self.text);
        let head = &head[..head.char_indices().nth(600).map_or(head.len(), |(i, _)| i)];
        if head.get(..40).unwrap_or(head).bytes().filter(u8::is_ascii_digit).count() >= 8
            && let Some(found) = PREFIX.captures(head)
            && let (Some(date), Some(rest)) = (found.get(1), found.get(2))
        {
            self.crawled = dateline::field(date.as_str(), &[]);
            let cut = first.span.start() + rest.start();
            self.pieces.push(Span::new(first.span.start(), cut).trimmed(self.text));
            self.lines[0].span = Span::new(cut, first.span.end());
        }
        // Header lines of a dump: "Title: …", "URL: …".
        for i in 0..self.lines.len().min(6) {
            let line = self.lines[i];
            if line.span.len() > 400 {
                break;
            }
            let head = line.span.text(self.text);
            let key = head.split([':', '=']).next().filter(|key| key.len() < head.len()).unwrap_or_default().trim_end();
            if !KEYS.iter().any(|it| it.eq_ignore_ascii_case(key)) {
                continue;
            }
            let Some(found) = KEY.captures(head) else { continue };
            let (Some(key), Some(value)) = (found.get(1), found.get(2)) else { continue };
            let cut = line.span.start() + value.start();
            match key.as_str().to_ascii_lowercase().as_str() {
                "title" | "headline" => {
                    self.pieces.push(Span::new(line.span.start(), cut).trimmed(self.text));
                    self.lines[i].span = Span::new(cut, line.span.end());
                }
                "url" | "link" if value.as_str().contains("://") => {
                    article.url.get_or_insert_with(|| value.as_str().to_owned());
                    self.lines[i].kind = Kind::Furniture;
                }
                "outlet" | "publisher" | "site" | "publication" => {
                    self.outlet.get_or_insert_with(|| value.as_str().to_owned());
                    self.lines[i].kind = Kind::Furniture;
                }
                _ => {}
            }
        }
        if let Some(domain) = article.url.as_deref().and_then(top_level_domain) {
            self.places.push(domain);
        }
    }

    /// Tells furniture, captions and prose apart, line by line.
    fn mark(&mut self, article: &mut Article) {
        for i in 0..self.lines.len() {
            if self.lines[i].kind != Kind::Account {
                continue;
            }
            let line = self.piece(i);
            if line.len() > furniture::LONGEST {
                self.lines[i].kind = Kind::Prose;
            } else if furniture::is_furniture(line, Place::Body)
                || dateline::is_yearless(line)
                || dateline::is_bare_stamp(line)
            {
                self.lines[i].kind = Kind::Furniture;
                article.developing |= furniture::is_developing(line);
            } else if is_place_alone(line) {
                self.lines[i].kind = Kind::Dateline;
            } else if is_prose(line) || declared::wire_dateline_end(line).is_some() {
                self.lines[i].kind = Kind::Prose;
            }
        }
        let first = self.lines.iter().position(|l| l.kind == Kind::Prose);
        let last = self.lines.iter().rposition(|l| l.kind == Kind::Prose);
        self.prose = match (first, last) {
            (Some(first), Some(last)) => (first, last + 1),
            _ => (self.lines.len(), self.lines.len()),
        };
        for i in 0..self.lines.len() {
            let line = self.piece(i);
            if line.len() > 600 || self.lines[i].kind == Kind::Furniture && !line.contains(['©', ':', ',']) {
                continue;
            }
            let closing = self.is_closing(i);
            if declared::is_declaration(line, closing && self.place(i) == Place::Tail || line.len() < 30 && closing) {
                self.lines[i].kind = Kind::Declaration;
            } else if let Some(credit) = credit::photo_credit(line) {
                let base = self.lines[i].span.start();
                for name in credit.names {
                    let span = Span::new(base + name.start, base + name.end);
                    let name = span.text(self.text).to_owned();
                    self.photo.push(Declared { name, kind: DeclaredKind::Photo, span, retrieved: None });
                }
                self.lines[i].kind = Kind::Caption;
            } else if self.lines[i].kind == Kind::Account && furniture::is_furniture(line, self.place(i)) {
                self.lines[i].kind = Kind::Furniture;
            }
        }
        // Captions and declarations may have been the first or last prose.
        let first = self.lines.iter().position(|l| l.kind == Kind::Prose);
        let last = self.lines.iter().rposition(|l| l.kind == Kind::Prose);
        if let (Some(first), Some(last)) = (first, last) {
            self.prose = (first, last + 1);
        }
    }

    /// The line below a bare label is what the label says: a caption, or titles of other pages.
    fn below_labels(&mut self) {
        for i in 1..self.lines.len() {
            if self.lines[i].kind != Kind::Account || self.piece(i - 1).len() > furniture::LONGEST_LABEL {
                continue;
            }
            let label = furniture::normal(self.piece(i - 1));
            let caption = matches!(label.as_str(), "image caption" | "caption" | "photo caption" | "video caption");
            let elsewhere =
                i >= self.prose.1 && self.lines[i - 1].kind == Kind::Furniture && furniture::heads_links(&label);
            if caption {
                self.lines[i].kind = Kind::Caption;
            } else if elsewhere {
                let end = (i..self.lines.len()).find(|j| self.lines[*j].kind != Kind::Account);
                self.furnish(i..end.unwrap_or(self.lines.len()));
            }
        }
    }

    fn place(&self, i: usize) -> Place {
        if i < self.prose.0 {
            Place::Head
        } else if i >= self.prose.1 {
            Place::Tail
        } else {
            Place::Body
        }
    }

    /// Whether line `i` is the last of the prose or stands behind it, or is among the last lines.
    fn is_closing(&self, i: usize) -> bool {
        i + 1 >= self.prose.1 || i + 4 >= self.lines.len()
    }

    fn title(&mut self, article: &mut Article) {
        if let Some(title) = &article.title {
            // A row's own title, found again at the top of its text.
            let wanted = furniture::normal(title);
            let head = self.lines.iter_mut().take(6).find(|l| {
                let line = l.span.text(self.text);
                line.len() < 2 * title.len() + 40 && furniture::normal(line) == wanted
            });
            if let Some(line) = head {
                line.kind = Kind::Account;
                article.title_span = Some(line.span);
            }
            return;
        }
        let end = self.prose.0.min(MARGIN).min(self.lines.len());
        let candidate = |page: &Self, i: usize| {
            page.lines[i].kind == Kind::Account
                && is_headline(page.piece(i))
                && !page.is_dateline(i)
                && byline::byline(page.piece(i)).is_none()
        };
        let Some(mut at) = (0..end).find(|&i| candidate(self, i)) else { return };
        // A page of nothing but one line has no headline.
        if self.lines.len() == 1 {
            return;
        }
        // A masthead alone over the headline: "Harbour Gazette".
        if is_masthead(self.piece(at))
            && let Some(next) = (at + 1..end).find(|&i| candidate(self, i)).filter(|n| *n <= at + 2)
        {
            self.outlet.get_or_insert_with(|| self.lines[at].span.text(self.text).to_owned());
            self.lines[at].kind = Kind::Furniture;
            at = next;
        }
        let words = |i: usize| self.piece(i).split_whitespace().count();
        if words(at) <= 2
            && let Some(next) = (at + 1..end).find(|&i| candidate(self, i)).filter(|n| *n <= at + 2)
            && (5..=25).contains(&words(next))
        {
            // A kicker over the headline.
            self.lines[at].kind = Kind::Furniture;
            at = next;
        }
        let mut span = self.lines[at].span;
        let line = span.text(self.text);
        if let Some((cut, outlet)) = outlet_behind(line) {
            self.pieces.push(Span::new(span.start() + cut, span.end()).trimmed(self.text));
            span = Span::new(span.start(), span.start() + cut).trimmed(self.text);
            self.outlet.get_or_insert(outlet);
        }
        let title = span.text(self.text);
        article.developing |= title.starts_with("DEVELOPING") || title.starts_with("Developing:");
        article.title = Some(title.split_whitespace().collect::<Vec<_>>().join(" "));
        article.title_span = Some(span);
    }

    fn is_dateline(&self, i: usize) -> bool {
        dateline::stamps(self.piece(i), &[]).is_some()
    }

    fn datelines(&mut self, article: &mut Article) {
        let head = 0..self.prose.0.min(MARGIN).min(self.lines.len());
        let tail = self.prose.1.max(self.lines.len().saturating_sub(MARGIN)).max(head.end)..self.lines.len();
        let places = self.places.clone();
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        for i in head.chain(tail.clone()) {
            let line = self.lines[i];
            if Some(line.span) == article.title_span {
                continue;
            }
            let Some(stamps) = dateline::stamps(line.span.text(self.text), &places) else { continue };
            let above = i.checked_sub(1).and_then(|above| dateline::bare_label(self.piece(above)));
            if tail.contains(&i) && above.is_none() && !stamps.iter().any(|s| s.labelled) {
                continue;
            }
            for stamp in stamps {
                let (slot, zoned) = if stamp.updated || !stamp.labelled && above == Some(true) {
                    (&mut self.updated, &mut self.zoned.1)
                } else {
                    (&mut self.published, &mut self.zoned.0)
                };
                if slot.is_none() {
                    (*slot, *zoned) = (Some(stamp.at), stamp.zoned);
                }
                article
                    .dateline_spans
                    .push(Span::new(line.span.start() + stamp.range.start, line.span.start() + stamp.range.end));
            }
            for part in line.span.text(self.text).split(['/', '|', '•']).map(str::trim) {
                if agency(part).is_some_and(|a| a.outlet) {
                    self.outlet.get_or_insert_with(|| part.to_owned());
                }
            }
            if line.kind == Kind::Account {
                self.lines[i].kind = Kind::Dateline;
            }
        }
    }

    fn bylines(&mut self, article: &Article) {
        let head = 0..self.prose.0.min(MARGIN).min(self.lines.len());
        let tail = self.prose.1.max(self.lines.len().saturating_sub(5)).max(head.end)..self.lines.len();
        for i in head.chain(tail) {
            let line = self.lines[i];
            if Some(line.span) == article.title_span || matches!(line.kind, Kind::Caption | Kind::Prose) {
                continue;
            }
            let piece = line.span.text(self.text);
            let below_headline = article.title_span.is_some_and(|t| t.end() <= line.span.start());
            let under_headline = line.kind == Kind::Account && below_headline;
            let found = byline::byline(piece)
                .or_else(|| byline::writers_in_places(piece).filter(|_| under_headline))
                .or_else(|| byline::beside_date(piece).filter(|_| below_headline && i < self.prose.0))
                .or_else(|| self.name_above_role(i).filter(|_| under_headline))
                .or_else(|| known_name(piece, &article.byline).filter(|_| under_headline && i < self.prose.0));
            let Some(found) = found else {
                self.house_below_byline(i);
                self.role_below_name(i, &article.byline);
                continue;
            };
            let at = |r: std::ops::Range<usize>| Span::new(line.span.start() + r.start, line.span.start() + r.end);
            let with_house = !found.houses.is_empty();
            for person in found.people {
                let span = at(person);
                let name = name_case(span.text(self.text));
                if with_house {
                    self.declared.push(Declared {
                        name: name.clone(),
                        kind: DeclaredKind::Author,
                        span,
                        retrieved: None,
                    });
                }
                if !self.people.contains(&name) {
                    self.people.push(name);
                }
            }
            for house in found.houses {
                let span = at(house);
                let name = span.text(self.text);
                if agency(name).is_some_and(|a| a.outlet && !a.wire) {
                    self.outlet.get_or_insert_with(|| name.to_owned());
                } else {
                    self.declared.push(Declared {
                        name: name.to_owned(),
                        kind: DeclaredKind::Agency,
                        span,
                        retrieved: None,
                    });
                }
            }
            if matches!(line.kind, Kind::Account | Kind::Furniture) {
                self.lines[i].kind = Kind::Byline;
            }
        }
    }

    /// The name in a line of its own above what somebody is in a newsroom or above the date: `Jane Doe`, `Staff writer`.
    fn name_above_role(&self, i: usize) -> Option<byline::Byline> {
        let (name, below) = (self.piece(i), (i + 1).min(self.lines.len() - 1));
        let person = byline::is_person(name) && !byline::is_masthead(name) && byline::is_role_line(self.piece(below))
            || byline::is_known_person(name) && below < self.prose.0 && self.is_dateline(below);
        let found = byline::Byline { people: std::iter::once(0..name.len()).collect(), houses: Vec::new() };
        person.then_some(found)
    }

    /// Who wrote the entries of a live report: `By Jane Doe` below the headings of several.
    fn bylines_of_entries(&mut self, article: &Article) {
        const LONGEST: usize = 80;
        let of_entry = |page: &Self, i: usize| {
            let piece = page.piece(i);
            let short =
                page.lines[i].kind == Kind::Account && piece.len() <= LONGEST && !piece.ends_with(['.', '?', '!']);
            byline::byline(piece)
                .filter(|found| short && Some(page.lines[i].span) != article.title_span && !found.people.is_empty())
        };
        let found: Vec<(usize, byline::Byline)> =
            (self.prose.0..self.prose.1).filter_map(|i| Some((i, of_entry(self, i)?))).collect();
        // One may be a line of verse.
        if found.len() + usize::from(!self.people.is_empty()) < 2 {
            return;
        }
        for (i, found) in found {
            for person in found.people {
                let name = name_case(&self.piece(i)[person]);
                if !self.people.contains(&name) {
                    self.people.push(name);
                }
            }
            self.lines[i].kind = Kind::Byline;
        }
    }

    /// `Harbour News, Port Ellis`, `Special to the Harbour News` below a byline: whom its people write for.
    fn house_below_byline(&mut self, i: usize) {
        let piece = self.piece(i);
        let below = i > 0 && self.lines[i - 1].kind == Kind::Byline && self.lines[i].kind == Kind::Account;
        let special = piece.get(..11).is_some_and(|it| it.eq_ignore_ascii_case("special to "));
        if below && special && piece.len() <= 60 && !piece.ends_with('.') {
            self.lines[i].kind = Kind::Byline;
        }
        let house = piece.split(", ").next().unwrap_or_default();
        if below && piece.len() <= 60 && !piece.ends_with('.') && agency(house).is_some_and(|a| a.outlet) {
            self.outlet.get_or_insert_with(|| house.to_owned());
            self.lines[i].kind = Kind::Byline;
        }
    }

    /// `Senior Transport Reporter` below a byline, or below the name of who wrote the article: what he or she is there.
    fn role_below_name(&mut self, i: usize, byline: &[String]) {
        const LONGEST: usize = 60;
        if i == 0 || self.lines[i].kind != Kind::Account || self.piece(i).len() > LONGEST {
            return;
        }
        let above = self.piece(i - 1);
        let named =
            self.lines[i - 1].kind == Kind::Byline || byline.iter().any(|name| name.eq_ignore_ascii_case(above));
        if named && byline::is_role_line(self.piece(i)) {
            self.lines[i].kind = Kind::Byline;
        }
    }

    /// Notes on the author behind the account.
    fn author_box(&mut self, article: &Article) {
        let prose = self.lines.iter().filter(|l| l.kind == Kind::Prose).count();
        let from = self.lines.len().saturating_sub(8).max(1);
        for i in from..self.lines.len() {
            let line = self.lines[i].span;
            let before = self.lines[..i].iter().filter(|l| l.kind == Kind::Prose).count();
            if before == 0 || prose < 2 {
                continue;
            }
            let heading = self.lines[i].kind == Kind::Furniture
                && furniture::normal(self.piece(i)).starts_with("about the author");
            let Some(found) = author_note(line.text(self.text)) else {
                if heading {
                    self.furnish(i..self.lines.len());
                    break;
                }
                continue;
            };
            let known = article.byline.iter().any(|b| b.eq_ignore_ascii_case(&found.name));
            let surname = found.name.rsplit(' ').next().unwrap_or_default();
            // The name may stand above as a heading.
            let headed = i > 0 && self.piece(i - 1) == found.name;
            let account = &self.text[..self.lines[i - usize::from(headed)].span.start()];
            let bylined = known
                || self.lines[..i].iter().take(MARGIN).any(|l| {
                    let line = l.span.text(self.text);
                    line.len() < 120 && line.contains(found.name.as_str()) && byline::byline(line).is_some()
                });
            // Someone the account spoke of before is part of it.
            if !found.first_person && !bylined && (account.contains(surname) || i + 4 < self.lines.len()) {
                continue;
            }
            if let Some(outlet) = found.outlet {
                self.outlet.get_or_insert(outlet);
            }
            if found.first_person || bylined {
                self.people.push(found.name);
            }
            self.furnish(i - usize::from(headed)..self.lines.len());
            break;
        }
        let first = self.lines.iter().position(|l| l.kind == Kind::Prose);
        let last = self.lines.iter().rposition(|l| l.kind == Kind::Prose);
        if let (Some(first), Some(last)) = (first, last) {
            self.prose = (first, last + 1);
        }
        // What now stands behind the prose is looked at again as its tail.
        for i in self.prose.1..self.lines.len() {
            if self.lines[i].kind == Kind::Account {
                let line = self.piece(i);
                if declared::is_declaration(line, true) {
                    self.lines[i].kind = Kind::Declaration;
                } else if furniture::is_furniture(line, Place::Tail) {
                    self.lines[i].kind = Kind::Furniture;
                }
            }
        }
    }

    fn furnish(&mut self, lines: std::ops::Range<usize>) {
        for line in &mut self.lines[lines] {
            line.kind = Kind::Furniture;
        }
    }

    /// `© 2021 Harbour Gazette`: whose page it is, unless an agency's.
    fn copyright(&mut self, article: &Article) {
        let mut seen: Vec<String> = Vec::new();
        for i in 0..self.lines.len() {
            if self.place(i) == Place::Body && i > MARGIN {
                continue;
            }
            let line = self.lines[i];
            let Some(notice) = copyright_notice(line.span.text(self.text)) else { continue };
            if Some(line.span) != article.title_span && line.kind != Kind::Prose {
                self.lines[i].kind = Kind::Caption;
            }
            let base = line.span.start();
            let holder = &line.span.text(self.text)[notice.holder.clone()];
            let span = Span::new(base + notice.holder.start, base + notice.holder.end);
            // A holder named twice, once run into other words, is still one: "© GazetteBreaking News", "© Gazette".
            let again = seen.iter().any(|s| s.starts_with(holder) || holder.starts_with(s.as_str()));
            let masthead = agency(holder).is_some_and(|a| a.outlet) || is_masthead(holder);
            match agency(holder) {
                // "© Dow Jones & Company": the firm behind the page, and no agency's report on it.
                Some(_) if line.span.text(self.text)[notice.holder.end..].trim_start().starts_with("& Co") => {}
                Some(house) if !house.outlet && (house.wire || house.photo) => {
                    let kind = if notice.dated { DeclaredKind::Agency } else { DeclaredKind::Photo };
                    self.declared.push(Declared { name: holder.to_owned(), kind, span, retrieved: None });
                }
                _ if notice.dated || again || masthead => {
                    let short = seen.iter().filter(|s| holder.starts_with(s.as_str())).min_by_key(|s| s.len());
                    let name = short.cloned().unwrap_or_else(|| holder.to_owned());
                    self.outlet.get_or_insert(name);
                }
                _ => {}
            }
            seen.push(holder.to_owned());
        }
    }

    fn declared(&mut self, article: &mut Article) {
        let mut out = std::mem::take(&mut self.declared);
        declared::in_text(self.text, &mut out);
        let opening = self.prose.0.saturating_sub(1)..self.prose.0 + 2;
        for i in 0..self.lines.len() {
            let line = self.lines[i];
            if Some(line.span) == article.title_span
                || matches!(line.kind, Kind::Caption | Kind::Byline | Kind::Dateline)
            {
                continue;
            }
            let piece = line.span.text(self.text);
            let (opens, closes) = (opening.contains(&i), self.is_closing(i));
            // A source between paragraphs is that of a chart or map.
            if (self.prose.0..self.prose.1.saturating_sub(1)).contains(&i) && declared::is_source_line(piece) {
                continue;
            }
            if opens && let Some(end) = declared::wire_dateline_end(piece) {
                let span = Span::new(line.span.start(), line.span.start() + end);
                self.pieces.push(span);
                article.dateline_spans.push(span);
            }
            if i < self.prose.0 && agency(piece).is_some_and(|a| a.wire && !a.outlet) {
                // A wire's name alone above the account is its byline.
                out.push(Declared {
                    name: piece.to_owned(),
                    kind: DeclaredKind::Agency,
                    span: line.span,
                    retrieved: None,
                });
                continue;
            }
            if opens || closes || piece.starts_with('(') || piece.ends_with(')') || piece.ends_with(").") {
                declared::in_line(self.text, line.span, opens, closes, &mut out);
            }
        }
        let mut cited = Vec::new();
        for line in self.lines.iter().filter(|l| matches!(l.kind, Kind::Account | Kind::Prose)) {
            if Some(line.span) != article.title_span {
                cited::in_prose(self.text, line.span, &mut cited);
            }
        }
        // What stands in a sign-off or notice is told there.
        let told: Vec<_> =
            out.iter().filter(|d| d.kind != DeclaredKind::Photo).map(|d| (d.name.clone(), agency(&d.name))).collect();
        cited.retain(|c| !self.cards.iter().any(|card| card.overlaps(c.span)));
        cited.retain(|c| {
            !told.iter().any(|(name, known)| *name == c.name || known.is_some() && *known == agency(&c.name))
        });
        out.extend(cited);
        let own = article.outlet.as_deref().or(self.outlet.as_deref());
        // A page's own footer, "appeared first on …", names no other source.
        out.retain(|d| d.kind != DeclaredKind::Origin || Some(d.name.as_str()) != own);
        out.extend(std::mem::take(&mut self.photo).into_iter().filter(|p| Some(p.name.as_str()) != own));
        // A credit may be nothing but marks: "Photo: |".
        out.retain(|d| d.name.chars().any(char::is_alphanumeric));
        out.sort_by(|a, b| (a.span, a.kind, &a.name).cmp(&(b.span, b.kind, &b.name)));
        out.dedup_by(|a, b| a.kind == b.kind && (a.span.overlaps(b.span) || a.name == b.name));
        let mut kept: Vec<Declared> = Vec::with_capacity(out.len());
        for it in out {
            if !kept.iter().any(|k| k.kind == it.kind && k.name == it.name || k.span == it.span && k.kind <= it.kind) {
                kept.push(it);
            }
        }
        self.declared = kept;
    }

    fn finish(self, article: &mut Article) {
        let marked = self.lines.iter().filter(|l| !matches!(l.kind, Kind::Account | Kind::Prose)).map(|l| l.span);
        let mut furniture: Vec<Span> =
            self.pieces.iter().chain(&self.cards).copied().chain(marked).filter(|s| !s.is_empty()).collect();
        furniture.sort_unstable();
        furniture.dedup_by(|a, b| a.overlaps(*b));
        article.furniture = furniture;
        let mut stated = std::mem::take(&mut article.declared);
        // A notice in the text names the origin better than an address does.
        let noticed = self.declared.iter().any(|it| it.kind == DeclaredKind::Origin);
        stated.retain(|it| {
            let known = self
                .declared
                .iter()
                .any(|d| d.name == it.name || agency(&d.name).is_some_and(|a| agency(&it.name) == Some(a)));
            !known && !(noticed && it.kind == DeclaredKind::Origin)
        });
        stated.extend(self.declared);
        add_agencies(&article.byline, &mut stated);
        article.declared = stated;
        if article.byline.is_empty() {
            article.byline = self.people;
        }
        article.outlet = article.outlet.take().or(self.outlet);
        if article.updated.is_none() {
            article.assumed_zones.updated = self.updated.is_some() && !self.zoned.1;
        }
        if article.published.is_none() && article.updated.is_none() {
            article.updated = self.updated;
        }
        let visible = self.published.or(self.crawled.filter(|_| article.updated.is_none()));
        if article.published.is_none() {
            article.assumed_zones.published = self.published.is_some() && !self.zoned.0;
        }
        article.published = article.published.or(visible);
        article.updated = article.updated.or(self.updated);
        article.dateline_spans.sort_unstable();
        article.dateline_spans.dedup();
    }
}

/// The name of who is known to have written the article, in a line of its own.
fn known_name(line: &str, byline: &[String]) -> Option<byline::Byline> {
    let known = byline.iter().any(|name| name.eq_ignore_ascii_case(line));
    known.then(|| byline::Byline { people: std::iter::once(0..line.len()).collect(), houses: Vec::new() })
}

/// Adds the agencies that a byline names in place of people and that nothing else declares.
pub(crate) fn add_agencies(byline: &[String], declared: &mut Vec<Declared>) {
    for name in byline.iter().filter(|it| agency(it).is_some_and(|a| a.wire && !a.outlet)) {
        if !declared.iter().any(|it| agency(&it.name) == agency(name)) {
            let (name, span) = (name.clone(), Span::default());
            declared.push(Declared { name, kind: DeclaredKind::Agency, span, retrieved: None });
        }
    }
}

fn top_level_domain(url: &str) -> Option<String> {
    let host = url.split("://").nth(1)?.split(['/', '?', ':']).next()?;
    Some(host.rsplit('.').next()?.to_ascii_lowercase())
}

/// Whether `line` is a dateline that stands before its account in a line of its own: `PORT ELLIS —`, `QUAY, May 16 (Ostwire) -`.
fn is_place_alone(line: &str) -> bool {
    const LONGEST: usize = 60;
    let Some(place) = line.strip_suffix(['—', '–', '-']).filter(|_| line.len() <= LONGEST) else { return false };
    let first = place.split([' ', ',']).next().unwrap_or_default();
    place.ends_with(' ')
        && first.chars().count() > 2
        && first.chars().all(char::is_uppercase)
        && place.split_whitespace().all(|w| !w.starts_with(char::is_lowercase))
}

/// Whether `line` is a paragraph of running text: twelve words or more, and closed like a sentence.
fn is_prose(line: &str) -> bool {
    let closed = line
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '»', ' '])
        .ends_with(['.', '!', '?', '…', ':', ',', ';']);
    closed && line.split_whitespace().take(12).count() == 12
}

fn is_headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let sentence = line.ends_with(['.', '。']) && !line.ends_with("...") && words >= 6;
    line.len() <= 300
        && words <= 40
        && line.chars().any(char::is_alphabetic)
        && !sentence
        && !line.ends_with([',', ';'])
}

/// `Ferry runs aground | Harbour Gazette`: where the headline ends, and the masthead.
pub(crate) fn outlet_behind(line: &str) -> Option<(usize, String)> {
    let bar = line.rfind(" | ").map(|i| (i, 3)).or_else(|| line.rfind(" • ").map(|i| (i, 5)));
    let dash = [" - ", " – ", " — "].iter().filter_map(|d| line.rfind(d).map(|i| (i, d.len()))).max();
    let titled = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        (1..=5).contains(&words.len())
            && words.iter().all(|w| {
                w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '&')
                    || matches!(*w, "of" | "the" | "and" | "de")
            })
    };
    if let Some((at, len)) = bar {
        let name = line[at + len..].trim();
        return (titled(name) && line[..at].split_whitespace().count() >= 2).then(|| (at, name.to_owned()));
    }
    let (at, len) = dash?;
    let name = line[at + len..].trim();
    let masthead = is_masthead(name.strip_prefix("The ").unwrap_or(name));
    ((masthead || agency(name).is_some_and(|a| a.outlet || a.wire)) && line[..at].split_whitespace().count() >= 3)
        .then(|| (at, name.to_owned()))
}

/// Whether `name` is two to five capitalised words of which the last is a newspaper's: "Harbour Gazette".
fn is_masthead(name: &str) -> bool {
    static LAST: WordSet = WordSet::english(Fact::NewsroomWords, "masthead-end");
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.last().is_some_and(|w| LAST.contains(w))
        && words.iter().all(|w| w.starts_with(char::is_uppercase) && w.chars().all(char::is_alphabetic))
}

/// Names in capitals as names: `JANE DOE` is `Jane Doe`.
fn name_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.push(c)
        }
        inside = c.is_alphabetic();
    }
    out
}

struct AuthorNote {
    name: String,
    first_person: bool,
    outlet: Option<String>,
}

/// `I’m Jane Doe, a writer for …`, `Jane Doe is a reporter at …`
fn author_note(line: &str) -> Option<AuthorNote> {
    static FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"^(?:(?:Hi|Hello|Hey)(?: there)?[,!.]? )?(?:I[’']m|I am|My name is|My name[’']s)\s+((?:\p{Lu}[\p{L}.’'-]*\s?){1,4})",
        )
    });
    static THIRD: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"^(?:About )?((?:\p{Lu}[\p{L}.’'-]*\s){1,4}\p{Lu}[\p{L}’'-]+)(?:,[^.]+?,)?\s+(?:is|was|has been|covers|writes|reports|works|serves|joined|edits|leads|has covered|has written|has worked)\b",
        )
    });
    static OUTLET: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"\b(?:writer|reporter|journalist|editor|correspondent|author|columnist|contributor|producer|writes|reports|writing|reporting|works|worked)\b[^.]*?\b(?:for|at|with|of)\s+((?:[Tt]he\s+)?\p{Lu}[\p{L}\d&’'-]*(?:\s+(?:\p{Lu}[\p{L}\d&’'-]*|of|and))*)",
        )
    });
    /// What people who write say they are or do.
    static ROLES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        furniture::automaton(&Language::english().list(Fact::Writers).with("role").collect::<Vec<_>>())
    });
    if line.len() > 1500 {
        return None;
    }
    let head = &line[..line.char_indices().nth(220).map_or(line.len(), |(i, _)| i)];
    if !ROLES.is_match(head) {
        return None;
    }
    let (found, first_person) = match FIRST.captures(head) {
        Some(found) => (found, true),
        None => (THIRD.captures(head)?, false),
    };
    let name = found.get(1)?.as_str().trim();
    if name.split_whitespace().count() > 5 || (!first_person && !byline::is_person(name)) {
        return None;
    }
    let outlet = OUTLET.captures(head).and_then(|c| c.get(1)).map(|m| {
        let name = m.as_str().trim_end_matches(" and").trim_end_matches(" of");
        name.strip_prefix("the ").unwrap_or(name).to_owned()
    });
    Some(AuthorNote { name: name.to_owned(), first_person, outlet })
}

struct Copyright {
    holder: std::ops::Range<usize>,
    dated: bool,
}

/// `© Holder`, `Copyright © 2021 Holder. All rights reserved.`
fn copyright_notice(line: &str) -> Option<Copyright> {
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"^(?:(?i:copyright)\s*)?(?:©|\((?i:c)\)|(?i:copyright))\s*(?:(?i:copyright)\s*)?((?:19|20)[0-9]{2}(?:\s*[-–]\s*(?:19|20)?[0-9]{2,4})?)?,?\s*(?i:by\s+|the\s+copyright\s+)?(\p{Lu}[\p{L}\d&’'.-]*(?:\s(?:\p{Lu}[\p{L}\d&’'.-]*|of|and|the|for))*)",
        )
    });
    if line.len() > 260
        || !(line.starts_with(['©', '(']) || line.get(..9).is_some_and(|s| s.eq_ignore_ascii_case("copyright")))
    {
        return None;
    }
    let found = NOTICE.captures(line)?;
    let holder = found.get(2)?;
    let name = holder.as_str();
    let name = name.split(". ").next().unwrap_or(name).trim_end_matches('.');
    let name = name
        .strip_suffix(" All Rights Reserved")
        .or_else(|| name.strip_suffix(" Inc"))
        .or_else(|| name.strip_suffix(" LLC"))
        .unwrap_or(name);
    let name = name.trim_end_matches(" All").trim_end_matches(" and").trim_end_matches(" of");
    // "© Harbour CourierBreaking News": another line was run on behind a masthead.
    let runs_on = name.char_indices().zip(name.chars().skip(1)).map(|((i, c), next)| (i + c.len_utf8(), c, next));
    let glued = runs_on.filter(|(_, c, next)| c.is_lowercase() && next.is_uppercase()).map(|(at, ..)| at);
    let name = glued.map(|at| &name[..at]).find(|n| is_masthead(n)).unwrap_or(name);
    let dated = found.get(1).is_some() || line.to_lowercase().contains("all rights reserved");
    Some(Copyright { holder: holder.start()..holder.start() + name.len(), dated })
}
