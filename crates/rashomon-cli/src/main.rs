//! The `rashomon` program; `lib.rs` tells what is where. Others that carry the program, such as the Python package, run the same.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(rashomon_cli::run(std::env::args_os()))
}
