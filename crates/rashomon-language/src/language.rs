//! One language, and what is known about it.

use crate::crossing::Lexicon;
use crate::packs::PACKS;
use crate::{Fact, List};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

/// A language by its ISO 639-1 code, and what is known about it.
#[derive(Debug)]
pub struct Language {
    code: Box<str>,
    /// The texts of its files, by fact; a list is read when it is first asked for.
    files: FxHashMap<Fact, Cow<'static, str>>,
    lists: Vec<OnceLock<List>>,
    lexicon: OnceLock<Lexicon>,
}

static ALL: LazyLock<FxHashMap<&'static str, Language>> = LazyLock::new(|| {
    let pack = |(code, files): &(&'static str, &'static [(&'static str, &'static str)])| {
        let file = |name: &str| files.iter().find(|it| it.0 == name).map(|it| Cow::Borrowed(it.1));
        (*code, Language::with_files(code, file))
    };
    PACKS.iter().map(pack).collect()
});
static NONE: LazyLock<Language> = LazyLock::new(|| Language::load("und", |_| None));
static ENGLISH: LazyLock<&'static Language> = LazyLock::new(|| &ALL["en"]);
static SHARED: LazyLock<&'static Language> = LazyLock::new(|| &ALL["mul"]);

impl Language {
    /// The language of an article, by the code that the article says or that was found by reading it.
    ///
    /// Where nothing could be told the text is read as English, as most input is; a language that has no pack knows
    /// nothing.
    #[must_use]
    pub fn of(code: Option<&str>) -> &'static Self {
        match code {
            None => Self::english(),
            Some("mul") => &NONE,
            Some(code) => ALL.get(code).unwrap_or(&NONE),
        }
    }

    /// The language with a lexicon of whose function words `text` has the most; English where none has more. For a sentence
    /// that comes without an article; whole articles are told by more than that.
    #[must_use]
    pub fn likeliest(text: &str) -> &'static Self {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’')
            .filter(|it| !it.is_empty())
            .map(|it| it.to_lowercase().replace('’', "'"))
            .collect();
        let count = |it: &Self| {
            let list = it.list(Fact::FunctionWords);
            words.iter().filter(|word| list.contains(word)).count()
        };
        let first = (count(Self::english()), Self::english());
        Self::crossing().fold(first, |best, it| if count(it) > best.0 { (count(it), it) } else { best }).1
    }

    /// The languages whose texts can be held against each other, English among them.
    pub fn crossing() -> impl Iterator<Item = &'static Self> {
        PACKS.iter().map(|it| &ALL[it.0]).filter(|it| it.crosses())
    }

    /// English.
    #[must_use]
    pub fn english() -> &'static Self {
        *ENGLISH
    }

    /// What no single language owns: top-level domains, function words of many languages.
    #[must_use]
    pub fn shared() -> &'static Self {
        *SHARED
    }

    /// A language whose files `file` gives by name, without their ending: a pack that the program does not ship.
    ///
    /// ```
    /// use rashomon_language::{Fact, Language};
    ///
    /// let it = Language::load("x", |name| (name == "titles").then(|| "grolm\thead".to_owned()));
    /// assert!(it.has_pack() && it.list(Fact::Titles).has("grolm", "head"));
    /// ```
    #[must_use]
    pub fn load(code: &str, file: impl Fn(&str) -> Option<String>) -> Self {
        Self::with_files(code, |name| file(name).map(Cow::Owned))
    }

    fn with_files(code: &str, file: impl Fn(&str) -> Option<Cow<'static, str>>) -> Self {
        let files = Fact::ALL.iter().filter_map(|fact| Some((*fact, file(fact.file())?))).collect();
        let lists = Fact::ALL.iter().map(|_| OnceLock::new()).collect();
        Self { code: code.into(), files, lists, lexicon: OnceLock::new() }
    }

    /// ISO 639-1 code; `und` for a language without a pack.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether anything is known about it.
    #[must_use]
    pub fn has_pack(&self) -> bool {
        !self.files.is_empty()
    }

    /// Whether it is English, whose trained models read an article more deeply than a pack alone can.
    #[must_use]
    pub fn is_english(&self) -> bool {
        &*self.code == "en"
    }

    /// Whether its texts can be held against those of other languages.
    #[must_use]
    pub fn crosses(&self) -> bool {
        self.files.contains_key(&Fact::Lexicon)
    }

    /// How much longer a text gets when it is translated from English.
    #[must_use]
    pub fn expansion(&self) -> f32 {
        self.list(Fact::Conventions).get("length").and_then(|it| it.parse().ok()).unwrap_or(1.0)
    }

    /// The place of its code among all codes with a pack, for tables by language.
    #[must_use]
    pub fn number(&self) -> usize {
        PACKS.iter().position(|it| it.0 == &*self.code).unwrap_or(PACKS.len())
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::of(self))
    }

    /// What is known of one kind; an empty list where there is no file.
    #[must_use]
    pub fn list(&self, fact: Fact) -> &List {
        let read = || self.files.get(&fact).map_or_else(List::default, |it| List::read(it.clone()));
        self.lists[fact as usize].get_or_init(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_a_pack_knows_nothing() {
        let it = Language::of(Some("qx"));
        assert!(!it.has_pack());
        assert!(Fact::ALL.iter().all(|fact| it.list(*fact).is_empty()));
        assert!(Language::of(None).is_english());
    }

    #[test]
    fn a_sentence_tells_its_language() {
        for (text, code) in [
            ("We will not leave the harbour", "en"),
            ("No vamos a salir del puerto hasta que pase la tormenta", "es"),
            ("Não vamos sair do porto até que a tempestade passe", "pt"),
            ("Nous ne quitterons pas le port avant la fin de la tempête", "fr"),
            ("Wir verlassen den Hafen nicht, bevor der Sturm vorbei ist", "de"),
            ("Мы не уйдем из порта, пока не кончится шторм", "ru"),
            ("Ми не вийдемо з порту, доки не скінчиться шторм", "uk"),
            ("Zorblax", "en"),
        ] {
            assert_eq!(Language::likeliest(text).code(), code, "{text}");
        }
    }

    #[test]
    fn every_file_is_a_fact_and_says_where_it_comes_from() {
        for (code, files) in PACKS {
            for (name, text) in *files {
                assert!(Fact::ALL.iter().any(|it| it.file() == *name), "{code}/{name} is asked by nobody");
                let head: String = text.lines().take_while(|l| l.starts_with('#')).collect();
                assert!(
                    head.contains("Source") && head.contains("Licence"),
                    "{code}/{name} names no source and licence"
                );
                let entries = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count();
                assert_eq!(List::parse(text).len(), entries, "{code}/{name} lists something twice");
            }
        }
    }
}
