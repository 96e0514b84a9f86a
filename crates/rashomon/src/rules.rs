//! All rules that make statements, in the order of the stages.

use rashomon_model::Rule;

/// A stage and its rules.
pub type StageRules = (&'static str, &'static [Rule]);

/// The rules of every stage.
#[must_use]
pub fn rules() -> [StageRules; 4] {
    [
        ("annotate", rashomon_annotate::rules::RULES),
        ("group", rashomon_group::rules::RULES),
        ("lineage", rashomon_lineage::rules::RULES),
        ("compare", rashomon_compare::rules::RULES),
    ]
}

/// What is known about the rule of a name, such as stands beside a statement.
///
/// ```
/// let it = rashomon::rule("growing-count").unwrap();
/// assert!(it.finds.contains("later report"));
/// assert_eq!(rashomon::rule("no-such-rule"), None);
/// ```
#[must_use]
pub fn rule(name: &str) -> Option<Rule> {
    rules().into_iter().flat_map(|(_, rules)| rules).copied().find(|it| it.name == name)
}
