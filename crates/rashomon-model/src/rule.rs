//! What is known about a rule: the one place where each is registered.

/// A rule that makes statements, as `rashomon explain` tells it.
///
/// Every rule that can stand beside a statement has an entry in the file `rules.rs` of its crate; tests run each example and
/// fail for a rule without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleEntry {
    /// Stable kebab-case name, as it stands beside a statement.
    pub name: crate::Rule,
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

/// The list of rules of a crate.
///
/// ```
/// rashomon_model::rules! {
///     /// The rules of an invented stage.
///     "two-bells" {
///         finds: "a report that speaks of two bells",
///         matters: "Two bells are an hour into the watch.",
///         reports: [("Harbour Times", "2031-05-09", "Two bells rang at noon.")],
///         shows: "Two bells",
///         wrong_when: "The bells are on land.",
///         measured: "nothing; it has no threshold",
///     }
/// }
/// assert_eq!(RULES[0].reports[0].publisher, "Harbour Times");
/// ```
#[macro_export]
macro_rules! rules {
    ($(#[$doc:meta])* $($name:literal {
        finds: $finds:expr,
        matters: $matters:expr,
        reports: [$(($publisher:expr, $published:expr, $text:expr)),+ $(,)?],
        shows: $shows:expr,
        wrong_when: $wrong:expr,
        measured: $measured:expr,
    })+) => {
        $(#[$doc])*
        pub static RULES: &[$crate::RuleEntry] = &[$($crate::RuleEntry {
            name: $name,
            finds: $finds,
            matters: $matters,
            reports: &[$($crate::ExampleReport { publisher: $publisher, published: $published, text: $text }),+],
            shows: $shows,
            wrong_when: $wrong,
            measured: $measured,
        }),+];
    };
}
