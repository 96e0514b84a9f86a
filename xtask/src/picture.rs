//! The picture of the HTML report in the README, taken of the shipped example.

use std::path::Path;
use std::process::Command;

/// Where the picture goes, and its size in pixels.
const PICTURE: &str = "docs/report.png";
const SIZE: &str = "1120,1560";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The browser to take it with: Chromium or Chrome
    #[arg(long, default_value = "chromium")]
    browser: String,
}

/// Collates the example and takes a picture of the top of its page.
pub(crate) fn run(root: &Path, args: &Args) -> Result<(), String> {
    let work = root.join("target/picture");
    std::fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
    let page = work.join("report.html");
    let mut collate = Command::new(env!("CARGO"));
    collate.args(["run", "--release", "-q", "-p", "rashomon-cli", "--", "collate", "examples/ferry/articles", "-o"]);
    succeed(collate.arg(&page).current_dir(root))?;
    let mut browser = Command::new(&args.browser);
    browser.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--hide-scrollbars",
    ]);
    browser.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
    browser.arg(format!("--user-data-dir={}", work.join("profile").display()));
    browser.arg(format!("--screenshot={}", root.join(PICTURE).display()));
    browser.arg(format!("--window-size={SIZE}")).arg(format!("file://{}", page.display()));
    succeed(&mut browser)
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command.status().map_err(|e| format!("{name}: {e}"))?;
    if ended.success() { Ok(()) } else { Err(format!("{name}: {ended}")) }
}
