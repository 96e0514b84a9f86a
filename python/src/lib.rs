//! The native part of the Python package: the engine's functions over sources, with the interpreter left free while they work.
//!
//! Nothing is decided here. Python's side (`rashomon/`) turns what it is given into sources and what comes back into
//! dataclasses; this side reads the sources, calls the library, and hands out JSON lines and Arrow tables.
//!
//! | file | holds |
//! | --- | --- |
//! | `input` | sources: paths, bytes, rows, Arrow tables |
//! | `work` | threads, Ctrl-C, progress |
//! | `each` | sources to articles, in parallel and in order |
//! | `articles` | `read`, `annotate`, `quotes`, `check` |
//! | `collated` | `collate`, and what a comparison is shown as |
//! | `table` | rows as an Arrow table |
//! | `tables` | `group`, `lineage`, and their two halves for clusters |
//! | `blocks` | stories by blocks of days, for clusters |
//! | `pairs` | lineage in parts, for clusters |
//! | `store` | a store, read beside whoever writes it |

mod articles;
mod blocks;
mod collated;
mod each;
mod input;
mod pairs;
mod store;
mod table;
mod tables;
mod work;

use pyo3::prelude::*;

/// The native part of the package.
#[pymodule]
mod _rashomon {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::articles::{Stream, articles, check, quotes, stream};
    #[pymodule_export]
    use super::blocks::{cut, link, needed_by, numbered, spread, stories_of, wider};
    #[pymodule_export]
    use super::collated::{Collated, collate};
    #[pymodule_export]
    use super::pairs::{hold, pairing, settle};
    #[pymodule_export]
    use super::store::Store;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::tables::{group, lineage, place, sketch};
    #[pymodule_export]
    use super::{explain, run_program};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("MARGIN", rashomon::group::blocks::Cut::MARGIN)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// What a rule finds, why it matters, an example, and when it is wrong, in words; nothing if there is no rule of that name.
#[pyfunction]
fn explain(rule: &str) -> Option<String> {
    let it = rashomon::rule(rule)?;
    let mut out = format!("{}: {}\n\n{}\n", it.name, it.finds, it.matters);
    for report in it.reports {
        out.push_str(&format!(
            "\n    {}, {}: {}",
            report.publisher,
            report.published,
            report.text.replace('\n', "\n    ")
        ));
    }
    out.push_str(&format!("\n\nWrong when: {}\nMeasured on: {}\n", it.wrong_when, it.measured));
    Some(out)
}

/// Runs the program with what was typed, its own name first; returns its exit code.
#[pyfunction]
fn run_program(py: Python<'_>, typed: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| rashomon_cli::run(typed))
}
