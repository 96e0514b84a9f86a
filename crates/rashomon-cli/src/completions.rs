//! `rashomon completions`: what a shell may complete, from the same source as the command line itself.

use crate::exit::Failure;
use crate::options::Output;
use crate::output;
use clap::Command;
use clap_complete::Shell;

/// Completions for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon completions bash > ~/.local/share/bash-completion/completions/rashomon
  rashomon completions zsh > ~/.zfunc/_rashomon
  rashomon completions fish > ~/.config/fish/completions/rashomon.fish")]
pub(crate) struct Args {
    /// Which shell
    shell: Shell,
    #[command(flatten)]
    output: Output,
}

/// Prints the completions for `command`, the whole of what can be typed.
pub(crate) fn run(args: &Args, mut command: Command) -> Result<(), Failure> {
    // Into memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "rashomon", &mut script);
    let mut out = output::Output::open(&args.output)?;
    out.write(script)?;
    out.finish()
}
