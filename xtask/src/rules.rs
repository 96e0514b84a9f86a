//! The book's page of rules, made from what the program knows about them.

use std::path::Path;
use std::process::Command;

/// Writes the page anew.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let program = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "-p", "rashomon-cli", "--", "explain", "--format", "md"])
        .current_dir(root)
        .output()
        .map_err(|e| format!("cargo: {e}"))?;
    if !program.status.success() {
        return Err(String::from_utf8_lossy(&program.stderr).into_owned());
    }
    let page = root.join("docs/book/src/rules.md");
    std::fs::write(&page, program.stdout).map_err(|e| format!("{}: {e}", page.display()))
}
