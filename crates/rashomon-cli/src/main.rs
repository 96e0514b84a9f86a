//! The command line.

use clap::{Parser, Subcommand};
use rashomon::{model, read, report};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "rashomon", version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Any input to articles, one JSON object a line
    Read { inputs: Vec<String> },
    /// The same with sentences, quotes, times, names, numbers
    Annotate { inputs: Vec<String> },
    /// The full comparison of one or a few stories
    Collate {
        inputs: Vec<String>,
        #[arg(long, default_value = "json")]
        format: String,
    },
    /// The JSON Schema of a collation
    Schema,
}

fn articles(inputs: &[String]) -> Vec<model::Article> {
    let mut out = Vec::new();
    for input in inputs {
        match read::records(input) {
            Ok(records) => {
                for record in records {
                    match record {
                        Ok(record) => {
                            let it = read::article(&record);
                            it.notes.iter().for_each(|n| eprintln!("rashomon: {}: {}", n.place, n.message));
                            out.extend(it.output);
                        }
                        Err(e) => eprintln!("rashomon: {e}"),
                    }
                }
            }
            Err(e) => eprintln!("rashomon: {e}"),
        }
    }
    out
}

fn main() -> ExitCode {
    match Args::parse().command {
        Command::Read { inputs } => {
            for it in articles(&inputs) {
                println!("{}", report::article_json(&it));
            }
        }
        Command::Annotate { inputs } => {
            for it in rashomon::annotate_all(articles(&inputs)).output {
                println!("{}", report::annotated_json(&it));
            }
        }
        Command::Collate { inputs, .. } => {
            let it = rashomon::collate(articles(&inputs));
            println!("{}", report::collation_json(&it.output.corpus, &it.output.stories));
        }
        Command::Schema => println!("{}", report::collation_schema()),
    }
    ExitCode::SUCCESS
}
