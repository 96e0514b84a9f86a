//! What is known about a rule, and the one place where each is registered.

use std::cmp::Ordering;
use std::fmt::{self, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// The rule behind a statement: its name, and through it everything that is known about it.
///
/// There is no way to make one but [`rules!`](crate::rules!), which asks for a whole [`RuleEntry`]: a statement cannot name a
/// rule that `rashomon explain` knows nothing of. A rule that has a name only, such as one that came back from a file, is
/// looked up among those that are registered.
#[derive(Clone, Copy)]
pub struct Rule(&'static RuleEntry);

impl Rule {
    /// The rule of an entry and of the constant that holds it; for `rules!` alone.
    #[doc(hidden)]
    #[must_use]
    pub const fn registered(constant: &str, entry: &'static RuleEntry) -> Self {
        assert!(is_constant_of(constant.as_bytes(), entry.name.as_bytes()), "a constant is named as its rule is");
        Self(entry)
    }

    /// All that is known about it.
    #[must_use]
    pub const fn entry(self) -> &'static RuleEntry {
        self.0
    }

    /// Its stable kebab-case name, such as `declared-reprint`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }
}

/// Whether `constant` is `name` as constants are written: `TWO_BELLS` for `two-bells`.
const fn is_constant_of(constant: &[u8], name: &[u8]) -> bool {
    let mut n = 0;
    while n < constant.len() && n < name.len() {
        let as_constant = if name[n] == b'-' { b'_' } else { name[n].to_ascii_uppercase() };
        if constant[n] != as_constant {
            return false;
        }
        n += 1;
    }
    constant.len() == name.len()
}

impl Deref for Rule {
    type Target = RuleEntry;

    fn deref(&self) -> &RuleEntry {
        self.0
    }
}

// One rule may lie in a program more than once, as constants do: the name decides, not the place.

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rule {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

/// A rule that makes statements, as `rashomon explain` tells it.
///
/// Every rule that can stand beside a statement has an entry in the file `rules.rs` of its crate; tests run each example and
/// fail for a rule without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleEntry {
    /// Stable kebab-case name, as it stands beside a statement.
    pub name: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    /// Why that matters to a reader.
    pub matters: &'static str,
    /// Invented reports in which it finds something.
    pub reports: &'static [ExampleReport],
    /// Words that stand in what it finds there, or at the place that it points at.
    pub shows: &'static str,
    /// When it is wrong.
    pub wrong_when: &'static str,
    /// What its thresholds were measured on.
    pub measured: &'static str,
}

/// One invented report of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExampleReport {
    /// Name of the outlet, or the address of the page.
    pub publisher: &'static str,
    /// Day or time of publication; empty if there is none.
    pub published: &'static str,
    /// The text; a first line with an empty one behind it is the headline.
    pub text: &'static str,
}

/// The rules of a crate: a constant for each, named as it is, and `RULES`, the list of all of them.
///
/// ```
/// rashomon_model::rules! {
///     /// The rules of an invented stage.
///     TWO_BELLS = "two-bells" {
///         finds: "a report that speaks of two bells",
///         matters: "Two bells are an hour into the watch.",
///         reports: [("Harbour Times", "2031-05-09", "Two bells rang at noon.")],
///         shows: "Two bells",
///         wrong_when: "The bells are on land.",
///         measured: "nothing; it has no threshold",
///     }
/// }
/// assert_eq!(RULES, [TWO_BELLS]);
/// assert_eq!(TWO_BELLS.name(), "two-bells");
/// assert_eq!(TWO_BELLS.reports[0].publisher, "Harbour Times");
/// ```
///
/// A rule that lacks a part of its entry, or whose constant has another name, does not compile:
///
/// ```compile_fail
/// rashomon_model::rules! {
///     /// The rules of an invented stage.
///     THREE_BELLS = "two-bells" {
///         finds: "a report that speaks of two bells",
///         matters: "Two bells are an hour into the watch.",
///         reports: [("Harbour Times", "2031-05-09", "Two bells rang at noon.")],
///         shows: "Two bells",
///         wrong_when: "The bells are on land.",
///         measured: "nothing; it has no threshold",
///     }
/// }
/// ```
#[macro_export]
macro_rules! rules {
    ($(#[$doc:meta])* $($constant:ident = $name:literal {
        finds: $finds:literal,
        matters: $matters:expr,
        reports: [$(($publisher:expr, $published:expr, $text:expr)),+ $(,)?],
        shows: $shows:expr,
        wrong_when: $wrong:expr,
        measured: $measured:expr,
    })+) => {
        $(
            #[doc = concat!("Finds ", $finds, ".")]
            pub const $constant: $crate::Rule = $crate::Rule::registered(stringify!($constant), &$crate::RuleEntry {
                name: $name,
                finds: $finds,
                matters: $matters,
                reports: &[$($crate::ExampleReport { publisher: $publisher, published: $published, text: $text }),+],
                shows: $shows,
                wrong_when: $wrong,
                measured: $measured,
            });
        )+

        $(#[$doc])*
        pub const RULES: &[$crate::Rule] = &[$($constant),+];
    };
}
