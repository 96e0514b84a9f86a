//! Which names of an article mean the same thing, what it is called in full, and which roles it is given.

use crate::gazetteer::{ENDING, GAZETTEER};
use crate::persons::{Keys, PersonKey};
use crate::{Annotated, Entity, Name, NameKind, Token};
use rashomon_language::{Fact, Language};
use rashomon_model::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// A run of tokens that names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Index of its first token.
    pub(crate) first: usize,
    /// One past the index of its last token.
    pub(crate) end: usize,
    /// Its kind.
    pub(crate) kind: NameKind,
}

/// Joins mentions of the same thing and finds roles and genders. The mentions are in order and do not overlap.
pub(crate) fn resolve(it: &Annotated, mut mentions: Vec<Mention>) -> (Vec<Name>, Vec<Entity>) {
    cut_in_headings(it, &mut mentions);
    relabel(it, &mut mentions);
    let mut entities: Vec<Entity> = Vec::new();
    let mut group: Vec<usize> = vec![usize::MAX; mentions.len()];
    people(it, &mentions, &mut group, &mut entities);
    things(it, &mentions, &mut group, &mut entities);
    let mut signs: Vec<[u32; 2]> = vec![[0; 2]; entities.len()];
    for (mention, &entity) in mentions.iter().zip(&group) {
        if entities[entity].kind != NameKind::Person {
            continue;
        }
        for (role, sign) in roles(it, mention) {
            if let Some(gender) = sign {
                signs[entity][usize::from(gender == 'f')] += 3;
            }
            if !role.is_empty() && !entities[entity].roles.contains(&role) {
                entities[entity].roles.push(role);
            }
        }
    }
    pronouns(it, &mentions, &group, &entities, &mut signs);
    for (entity, [men, women]) in entities.iter_mut().zip(signs) {
        if entity.kind == NameKind::Person {
            let by_name = entity.name.split(' ').next().and_then(|g| GAZETTEER.given.get(g)).copied();
            let named = |gender: char| if by_name == Some(gender) { GIVEN_SIGNS } else { 0 };
            entity.gender = match (men + named('m')).cmp(&(women + named('f'))) {
                std::cmp::Ordering::Greater => Some('m'),
                std::cmp::Ordering::Less => Some('f'),
                std::cmp::Ordering::Equal => by_name,
            };
        }
    }
    let names = mentions.iter().zip(&group).map(|(m, &entity)| Name {
        span: m.span(&it.tokens),
        kind: entities[entity].kind,
        entity,
    });
    (names.collect(), entities)
}

/// Pronouns that a given name's gender weighs against: "she" behind a man and a woman may be either's. Chosen by hand; with it
/// and pronouns counted in the next sentence alone, two more of 460 hard speakers of marked stories are right.
const GIVEN_SIGNS: u32 = 2;

impl Mention {
    fn span(&self, tokens: &[Token]) -> Span {
        tokens[self.first].span.cover(tokens[self.end - 1].span)
    }

    fn words(&self) -> usize {
        self.end - self.first
    }

    fn in_heading(&self, it: &Annotated) -> bool {
        it.sentence_at(it.tokens[self.first].span.start()).is_some_and(|s| it.sentences[s].heading)
    }
}

/// The text of a mention with single spaces.
fn written(it: &Annotated, mention: &Mention) -> String {
    it.text(mention.span(&it.tokens)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// In a headline, where every word is capitalised, a person's name ends with a surname that the text knows: "Stone Calls
/// Off Talks" names Stone.
fn cut_in_headings(it: &Annotated, mentions: &mut [Mention]) {
    let text = |i: usize| it.text(it.tokens[i].span);
    // The body may have taken a full name for that of something else.
    let named = |m: &Mention| m.kind == NameKind::Person || m.kind == NameKind::Other && m.words() > 1;
    let (inside, mut headings): (Vec<usize>, Vec<usize>) =
        (0..mentions.len()).filter(|&n| named(&mentions[n])).partition(|&n| !mentions[n].in_heading(it));
    headings.retain(|&n| mentions[n].kind == NameKind::Person);
    if headings.is_empty() {
        return;
    }
    let known: FxHashSet<&str> = inside.iter().map(|&n| text(mentions[n].end - 1)).collect();
    for n in headings {
        let m = &mut mentions[n];
        if known.contains(text(m.end - 1)) {
            continue;
        }
        if let Some(surname) = (m.first..m.end - 1).rev().find(|&i| known.contains(text(i))) {
            m.end = surname + 1;
        }
    }
}

/// A given name before the surname of a person, and a single word that is the surname of a person named in full, are that
/// person, whatever they looked like alone.
fn relabel(it: &Annotated, mentions: &mut [Mention]) {
    let people: FxHashSet<&str> =
        mentions.iter().filter(|m| m.kind == NameKind::Person).map(|m| it.text(it.tokens[m.end - 1].span)).collect();
    for m in mentions.iter_mut().filter(|m| m.words() > 1 && m.kind == NameKind::Other) {
        let given = GAZETTEER.given.contains_key(it.text(it.tokens[m.first].span));
        if given && people.contains(it.text(it.tokens[m.end - 1].span)) {
            m.kind = NameKind::Person;
        }
    }
    // "the Miners" are no person, unless somebody is called so in full.
    let called: FxHashSet<&str> = mentions
        .iter()
        .filter(|m| m.words() > 1 && m.kind == NameKind::Person)
        .map(|m| it.text(it.tokens[m.end - 1].span))
        .collect();
    for m in mentions.iter_mut().filter(|m| m.words() == 1 && m.kind == NameKind::Person && m.first > 0) {
        let word = it.text(it.tokens[m.first].span);
        let the = || it.text(it.tokens[m.first - 1].span).eq_ignore_ascii_case("the");
        if word.ends_with('s') && the() && !called.contains(word) {
            m.kind = NameKind::Other;
        }
    }
    // One word that is oftener something else than a person is that throughout.
    let mut counts: FxHashMap<&str, [u32; 2]> = FxHashMap::default();
    for m in mentions.iter().filter(|m| m.words() == 1) {
        counts.entry(it.text(it.tokens[m.first].span)).or_default()[usize::from(m.kind == NameKind::Person)] += 1;
    }
    let mut as_other: FxHashMap<&str, NameKind> = FxHashMap::default();
    for m in mentions.iter().filter(|m| m.words() == 1 && m.kind != NameKind::Person) {
        as_other.entry(it.text(it.tokens[m.first].span)).or_insert(m.kind);
    }
    for m in mentions.iter_mut().filter(|m| m.words() == 1 && m.kind == NameKind::Person) {
        let word = it.text(it.tokens[m.first].span);
        if counts.get(word).is_some_and(|[other, person]| other > person)
            && !called.contains(word)
            && let Some(kind) = as_other.get(word)
        {
            m.kind = *kind;
        }
    }
    let mut surnames: FxHashMap<&str, u32> = FxHashMap::default();
    for m in mentions.iter().filter(|m| m.kind == NameKind::Person && m.words() > 1) {
        *surnames.entry(it.text(it.tokens[m.end - 1].span)).or_default() += 1;
    }
    for m in mentions.iter_mut().filter(|m| m.words() == 1 && m.kind != NameKind::Person) {
        let word = it.text(it.tokens[m.first].span);
        if surnames.contains_key(word) && GAZETTEER.whole.get(word) != Some(&NameKind::Place) {
            m.kind = NameKind::Person;
        }
    }
}

/// Bare surnames in the running text before a full name that can be its own, at most: who is named in full only after
/// several of them is somebody else, a wife, a brother. Seen in one report of a couple, not measured on a labelled set.
pub(crate) const MOST_BARE: usize = 1;

/// Groups the people: full names first, then bare names by the nearest bearer.
fn people(it: &Annotated, mentions: &[Mention], group: &mut [usize], entities: &mut Vec<Entity>) {
    let mut keys = Keys::default();
    // Entities whose name so far stands in a heading alone, where "Meet Ada Stone" may look like a name.
    let mut from_heading: Vec<usize> = Vec::new();
    let full = |m: &Mention| m.kind == NameKind::Person && m.words() > 1;
    for (i, m) in mentions.iter().enumerate().filter(|(_, m)| full(m)) {
        let name = written(it, m);
        let key = PersonKey::new(&name);
        let full = |k: &PersonKey| !k.given.is_empty() && !key.given.is_empty() && k.matches(&key);
        let found = keys.near_surname(&key).find(|(_, k)| full(k)).map(|(e, _)| *e);
        let heading = m.in_heading(it);
        let entity = found.unwrap_or_else(|| {
            entities.push(Entity { name: name.clone(), kind: NameKind::Person, roles: Vec::new(), gender: None });
            if heading {
                from_heading.push(entities.len() - 1);
            }
            entities.len() - 1
        });
        if let Some(n) = from_heading.iter().position(|e| *e == entity).filter(|_| !heading) {
            from_heading.swap_remove(n);
            entities[entity].name = name;
        } else if name.len() > entities[entity].name.len() && !heading {
            entities[entity].name = name;
        }
        if !keys.near_surname(&key).any(|(e, k)| *e == entity && *k == key) {
            keys.push(entity, key);
        }
        group[i] = entity;
    }
    for i in 1..mentions.len() {
        let Some(name) = shared_surname(it, mentions, i).filter(|_| group[i - 1] == usize::MAX) else { continue };
        let key = PersonKey::new(&name);
        let known = keys.near_surname(&key).find(|(_, k)| !k.given.is_empty() && k.matches(&key)).map(|(e, _)| *e);
        group[i - 1] = known.unwrap_or_else(|| {
            entities.push(Entity { name, kind: NameKind::Person, roles: Vec::new(), gender: None });
            keys.push(entities.len() - 1, key);
            entities.len() - 1
        });
    }
    let places = Places::new(it, mentions, group);
    let titled: FxHashSet<(String, usize)> = (0..mentions.len())
        .filter(|&n| full(&mentions[n]))
        .filter_map(|n| Some((title_before(it, &mentions[n])?, group[n])))
        .collect();
    // Where each entity was named last.
    let mut last: FxHashMap<usize, usize> = FxHashMap::default();
    let mut bare: FxHashMap<String, Bare> = FxHashMap::default();
    for i in 0..mentions.len() {
        let m = &mentions[i];
        if m.kind != NameKind::Person || group[i] != usize::MAX {
            if group[i] != usize::MAX {
                last.insert(group[i], i);
            }
            continue;
        }
        let name = written(it, m);
        let this = bare.entry(name.clone()).or_insert_with(|| Bare {
            key: PersonKey::new(&name),
            asked: 0,
            bearers: Vec::new(),
            owner: None,
        });
        this.ask(&keys);
        // The nearest bearer before; for a headline or a first sentence, the first one after.
        let before = this.bearers.iter().filter_map(|e| last.get(e)).max().copied();
        // "Ms Stone" is not her brother, who was named last.
        let sign = address_before(it, m);
        let addressed = sign.filter(|_| this.bearers.len() > 1).and_then(|sign| {
            let of_sign = |e: &&usize| {
                let given = entities[**e].name.split(' ').next().and_then(|g| GAZETTEER.given.get(g));
                given == Some(&sign)
            };
            let mut fitting = this.bearers.iter().filter(of_sign);
            fitting.next().copied().filter(|_| fitting.next().is_none())
        });
        // "Sen. Stone" is not "Rep. Stone".
        let addressed = addressed.or_else(|| {
            let title = title_before(it, m).filter(|_| this.bearers.len() > 1)?;
            let mut fitting = this.bearers.iter().filter(|e| titled.contains(&(title.clone(), **e)));
            fitting.next().copied().filter(|_| fitting.next().is_none())
        });
        let owner = addressed.or(this.owner.filter(|_| !m.in_heading(it)));
        let after = || {
            let n = this.bearers.iter().filter_map(|e| places.next(*e, i)).min()?;
            (places.alike(&name, n) <= MOST_BARE).then_some(n)
        };
        let nearest = || before.or_else(|| if this.bearers.is_empty() { None } else { after() }).map(|n| group[n]);
        let entity = owner.or_else(nearest);
        let entity = entity.unwrap_or_else(|| {
            entities.push(Entity { name, kind: NameKind::Person, roles: Vec::new(), gender: None });
            keys.push(entities.len() - 1, this.key.clone());
            entities.len() - 1
        });
        if !m.in_heading(it) && this.bearers.contains(&entity) && addressed.is_none() {
            this.owner = Some(entity);
        }
        group[i] = entity;
        last.insert(entity, i);
    }
}

/// The full name of the one named right before mention `i`, where both share the surname: "Ada and Bo Stone". The first is
/// a given name that nobody in the report has for a surname.
fn shared_surname(it: &Annotated, mentions: &[Mention], i: usize) -> Option<String> {
    let (first, second) = (&mentions[i - 1], &mentions[i]);
    let person = |m: &Mention| m.kind == NameKind::Person && !m.in_heading(it);
    let joined = first.end + 1 == second.first && it.text(it.tokens[first.end].span) == "and";
    if !joined || first.words() != 1 || second.words() != 2 || !person(first) || !person(second) {
        return None;
    }
    let word = |at: usize| it.text(it.tokens[at].span);
    let (given, surname) = (word(first.first), word(second.end - 1));
    // "Prince William and Kate Stone": of a title he needs no surname.
    let titled = first.first.checked_sub(1).is_some_and(|at| it.tokens[at].tag.is_proper());
    let elsewhere = mentions.iter().any(|m| m.words() > 1 && m.kind == NameKind::Person && word(m.end - 1) == given);
    let names = |word: &str| GAZETTEER.given.contains_key(word);
    (names(given) && names(word(second.first)) && !elsewhere && !titled).then(|| format!("{given} {surname}"))
}

/// Where people are named in full, and where their names stand in running text.
struct Places {
    full: FxHashMap<usize, Vec<usize>>,
    written: FxHashMap<String, Vec<usize>>,
}

impl Places {
    /// The places of mentions that are in their groups so far.
    fn new(it: &Annotated, mentions: &[Mention], group: &[usize]) -> Self {
        let mut places = Self { full: FxHashMap::default(), written: FxHashMap::default() };
        for (n, m) in mentions.iter().enumerate().filter(|(_, m)| m.kind == NameKind::Person) {
            if group[n] != usize::MAX {
                places.full.entry(group[n]).or_default().push(n);
            }
            if !m.in_heading(it) {
                places.written.entry(written(it, m)).or_default().push(n);
            }
        }
        places
    }

    /// The first mention in full of an entity behind mention `n`.
    fn next(&self, entity: usize, n: usize) -> Option<usize> {
        let all = self.full.get(&entity)?;
        all.get(all.partition_point(|m| *m <= n)).copied()
    }

    /// How often a name stands in running text before mention `n`.
    fn alike(&self, name: &str, n: usize) -> usize {
        self.written.get(name).map_or(0, |all| all.partition_point(|m| *m < n))
    }
}

/// The gender that the form of address right before a mention tells: "Ms Stone".
fn address_before(it: &Annotated, mention: &Mention) -> Option<char> {
    let before = it.tokens.get(mention.first.checked_sub(1)?)?;
    let word = it.text(before.span).trim_end_matches('.').to_lowercase();
    Language::english().list(Fact::FormsOfAddress).get(&word).and_then(|gender| gender.chars().next())
}

/// The title right before a mention, in lower case without its stop: "Judge Stone", "Sen. Stone".
fn title_before(it: &Annotated, mention: &Mention) -> Option<String> {
    let before = it.tokens.get(mention.first.checked_sub(1)?)?;
    let word = it.text(before.span).trim_end_matches('.').to_lowercase();
    GAZETTEER.heads.contains(word.as_str()).then_some(word)
}

/// A bare name, and the people so far who can be meant by it.
struct Bare {
    key: PersonKey,
    /// How many keys were asked.
    asked: usize,
    bearers: Vec<usize>,
    /// Whom the name has meant in the running text: a relative who bears it, too, is named in full.
    owner: Option<usize>,
}

impl Bare {
    /// Looks at the keys that are new since it was last asked.
    fn ask(&mut self, keys: &Keys) {
        if self.asked == keys.len() {
            return;
        }
        let bears = |k: &PersonKey| k.matches(&self.key) || k.given.first().is_some_and(|g| *g == self.key.surname);
        let new = keys.near(&self.key, self.asked).filter(|(_, k)| bears(k)).map(|(entity, _)| *entity);
        self.bearers.extend(new);
        self.asked = keys.len();
    }
}

/// Groups everything but people: the same words, and abbreviations given in brackets or made of the initials.
fn things(it: &Annotated, mentions: &[Mention], group: &mut [usize], entities: &mut Vec<Entity>) {
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    let mut by_initials: FxHashMap<String, usize> = FxHashMap::default();
    let mut by_kind = ByKind::default();
    let mut order: Vec<usize> = (0..mentions.len()).filter(|&i| group[i] == usize::MAX).collect();
    // Longer names first, so that an abbreviation in a headline finds its full form.
    order.sort_by_key(|&i| (mentions[i].words() == 1, i));
    for i in order {
        let m = &mentions[i];
        let name = written(it, m);
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(&name).replace('.', "");
        let acronym =
            m.words() == 1 && bare.len() >= 2 && bare.len() <= 7 && bare.bytes().all(|b| b.is_ascii_uppercase());
        let found = by_name.get(&bare).or_else(|| if acronym { by_initials.get(&bare) } else { None }).copied();
        let found = found.or_else(|| if m.words() == 1 { by_kind.only(it, m, &bare) } else { None });
        let entity = found.unwrap_or_else(|| {
            entities.push(Entity { name: name.clone(), kind: m.kind, roles: Vec::new(), gender: None });
            entities.len() - 1
        });
        by_name.entry(bare.clone()).or_insert(entity);
        if m.words() > 1 {
            for short in initials(&bare) {
                by_initials.entry(short).or_insert(entity);
            }
            by_kind.add(&bare, m.kind, entity);
        }
        group[i] = entity;
    }
}

/// Bodies by the word of their names that says what they are: the institute of "Institute for Rivers".
#[derive(Default)]
struct ByKind(FxHashMap<String, Option<usize>>);

impl ByKind {
    fn add(&mut self, name: &str, kind: NameKind, entity: usize) {
        if !matches!(kind, NameKind::Organization | NameKind::Other) {
            return;
        }
        let words: Vec<&str> = name.split(' ').collect();
        let ends = |w: &&&str| w.starts_with(char::is_uppercase) && GAZETTEER.of_lower(&w.to_lowercase()) & ENDING != 0;
        let head = words.iter().position(|w| matches!(*w, "of" | "for")).unwrap_or(words.len());
        if let Some(word) = head.checked_sub(1).map(|i| &words[i]).filter(ends) {
            let known = self.0.entry((*word).to_owned()).or_insert(Some(entity));
            if *known != Some(entity) {
                *known = None;
            }
        }
    }

    /// The only body that "the Institute" can mean.
    fn only(&self, it: &Annotated, mention: &Mention, word: &str) -> Option<usize> {
        let before = it.tokens.get(mention.first.checked_sub(1)?)?;
        let the = it.text(before.span).eq_ignore_ascii_case("the");
        let other = GAZETTEER.whole.contains_key(word);
        self.0.get(word).copied().flatten().filter(|_| the && !other && !mention.in_heading(it))
    }
}

/// The abbreviations that the initials of a name make: "DJ" and "DOJ" of "Department of Justice", "USAF" of "US Air Force". A
/// name that begins with its own abbreviation has none: "US State" is not what "US" stands for.
fn initials(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    let shouted = |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_uppercase());
    let capitals = |w: &str| w.chars().take(if shouted(w) { usize::MAX } else { 1 }).collect::<String>();
    let large = |w: &&&str| w.starts_with(char::is_uppercase);
    let short: String = words.iter().filter(large).map(|w| capitals(w)).collect();
    let long: String = words.iter().map(|w| capitals(w).to_uppercase()).collect();
    let mut out = vec![short, long];
    out.dedup();
    out.retain(|it| {
        it.len() > 2 && it.bytes().all(|b| b.is_ascii_uppercase()) || it.len() == 2 && !words.iter().any(|w| shouted(w))
    });
    out
}

/// Titles before and descriptions behind a name, each with the gender it tells.
fn roles(it: &Annotated, mention: &Mention) -> Vec<(String, Option<char>)> {
    let gazetteer = &*GAZETTEER;
    let text = |i: usize| it.text(it.tokens[i].span);
    let lower = |i: usize| text(i).trim_end_matches('.').to_lowercase();
    let mut out = Vec::new();
    let Some(sentence) = it.sentence_at(it.tokens[mention.first].span.start()).map(|s| it.sentences[s]) else {
        return out;
    };
    // Before: a run of title words that holds a head.
    let mut from = mention.first;
    while from > sentence.first_token {
        let word = lower(from - 1);
        let title =
            gazetteer.heads.contains(word.as_str()) || gazetteer.modifiers.contains(word.as_str()) || word == "-";
        if !title {
            break;
        }
        from -= 1;
    }
    while from < mention.first && matches!(lower(from).as_str(), "the" | "of" | "and" | "for" | "-" | "then") {
        from += 1;
    }
    let has_head = (from..mention.first).any(|i| gazetteer.heads.contains(lower(i).as_str()));
    if has_head {
        let role = it.text(it.tokens[from].span.cover(it.tokens[mention.first - 1].span)).to_string();
        let sign = (from..mention.first).find_map(|i| gender_of_title(&lower(i)));
        out.push((role, sign));
    } else if mention.first > sentence.first_token {
        let sign = Language::english()
            .list(Fact::FormsOfAddress)
            .get(&lower(mention.first - 1))
            .and_then(|it| it.chars().next());
        if sign.is_some() {
            out.push((String::new(), sign));
        }
    }
    // Behind: ", Ruritania's foreign minister," up to the next comma.
    if mention.end + 1 < sentence.end_token && text(mention.end) == "," {
        let from = mention.end + 1;
        let end = (from..sentence.end_token.min(from + 10))
            .find(|&i| matches!(text(i), "," | "." | ";" | "who" | "said" | "–" | "—" | "--"));
        if let Some(end) = end.filter(|e| *e > from) {
            let heads: Vec<usize> = (from..end).filter(|&i| gazetteer.heads.contains(lower(i).as_str())).collect();
            let verbal = (from..end).any(|i| {
                matches!(
                    text(i),
                    "was" | "is" | "has" | "had" | "were" | "will" | "told" | "says" | "he" | "she" | "they"
                )
            });
            if let (Some(_), false) = (heads.first(), verbal) {
                let mut start = from;
                while start < end && matches!(text(start), "the" | "a" | "an" | "The") {
                    start += 1;
                }
                let role = it.text(it.tokens[start].span.cover(it.tokens[end - 1].span)).to_string();
                let sign = heads.iter().find_map(|&i| gender_of_title(&lower(i)));
                out.push((role, sign));
            }
        }
    }
    // In front, set off by a comma: "Ruritania's foreign minister, Marta Hale,".
    if mention.first > sentence.first_token + 1 && text(mention.first - 1) == "," {
        let comma = mention.first - 1;
        // "the president of the Ruritanian League, Marta Hale,"
        let of =
            (sentence.first_token..comma).rev().take(6).find(|&i| !it.tokens[i].tag.is_proper() && lower(i) != "the");
        let end = of.filter(|&i| lower(i) == "of" && i > sentence.first_token).unwrap_or(comma);
        if gazetteer.heads.contains(lower(end - 1).as_str()) {
            let mut from = end - 1;
            while from > sentence.first_token && gazetteer.modifiers.contains(lower(from - 1).as_str()) {
                from -= 1;
            }
            while from < end - 1 && matches!(lower(from).as_str(), "the" | "of" | "and" | "for") {
                from += 1;
            }
            let role = it.text(it.tokens[from].span.cover(it.tokens[end - 1].span)).to_string();
            out.push((role, gender_of_title(&lower(end - 1))));
        }
    }
    out
}

/// The gender a title tells.
fn gender_of_title(lower: &str) -> Option<char> {
    let flags = Language::english().list(Fact::Titles).get(lower)?;
    flags.split_whitespace().find_map(|it| matches!(it, "m" | "f").then(|| it.chars().next()).flatten())
}

/// Counts "he" and "she" that follow a person as the only one named in the sentence or the one before.
fn pronouns(it: &Annotated, mentions: &[Mention], group: &[usize], entities: &[Entity], signs: &mut [[u32; 2]]) {
    let mut next = 0;
    let mut last: Option<usize> = None;
    for sentence in &it.sentences {
        let mut in_sentence: Option<usize> = None;
        let mut several = false;
        for i in sentence.first_token..sentence.end_token {
            while next < mentions.len() && mentions[next].first < i {
                next += 1;
            }
            if next < mentions.len() && mentions[next].first == i && entities[group[next]].kind == NameKind::Person {
                several |= in_sentence.is_some_and(|e| e != group[next]);
                in_sentence = Some(group[next]);
                next += 1;
                continue;
            }
            let gender = match it.text(it.tokens[i].span) {
                "he" | "He" | "his" | "His" | "himself" => 0,
                "she" | "She" | "her" | "Her" | "herself" => 1,
                _ => continue,
            };
            if let Some(entity) = if several { None } else { in_sentence.or(last) } {
                signs[entity][gender] += 1;
            }
        }
        last = if several { None } else { in_sentence };
    }
}
