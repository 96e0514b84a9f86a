//! The templates of the pages, beside those of the report.

use crate::assets;
use minijinja::{Environment, Value, context};
use std::sync::OnceLock;

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut it = rashomon::report::environment();
        it.add_function("asset", |name: &str| assets::address(name));
        let templates = [
            ("layout", include_str!("../templates/layout.html")),
            ("parts_app", include_str!("../templates/parts_app.html")),
            ("stories", include_str!("../templates/stories.html")),
            ("story_app", include_str!("../templates/story_app.html")),
            ("article", include_str!("../templates/article.html")),
            ("diff", include_str!("../templates/diff.html")),
            ("quotes", include_str!("../templates/quotes.html")),
            ("compare", include_str!("../templates/compare.html")),
            ("search", include_str!("../templates/search.html")),
            ("list", include_str!("../templates/list.html")),
            ("sources", include_str!("../templates/sources.html")),
            ("settings", include_str!("../templates/settings.html")),
            ("reference", include_str!("../templates/reference.html")),
            ("problem", include_str!("../templates/problem.html")),
            ("login", include_str!("../templates/login.html")),
        ];
        for (name, source) in templates {
            it.add_template(name, source).expect("the templates are part of the program");
        }
        it
    })
}

pub(crate) fn render(template: &str, context: Value) -> String {
    let made = environment().get_template(template).and_then(|t| t.render(context));
    // A name that a template asks for and nobody gives is a fault of ours; it must not take the server down.
    made.unwrap_or_else(|error| problem("Something is wrong with this page", &format!("{error:#}"), 500))
}

/// The page that says what went wrong.
pub(crate) fn problem(title: &str, detail: &str, _status: u16) -> String {
    let template = environment().get_template("problem");
    template.and_then(|t| t.render(context! { title, detail })).unwrap_or_else(|_| "something is wrong".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_well_formed() {
        environment();
    }
}
