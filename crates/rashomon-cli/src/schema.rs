//! `rashomon schema`: the JSON Schema of a collation.

use crate::exit::Failure;
use crate::options::Output;
use crate::output;

/// The JSON Schema (draft 2020-12) of what `collate --format json` prints.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon schema > collation.schema.json
  rashomon schema | jq '.[\"$defs\"].Point'")]
pub(crate) struct Args {
    #[command(flatten)]
    output: Output,
}

/// Prints the schema.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.output)?;
    out.line(&rashomon::wire::collation_schema())?;
    out.finish()
}
