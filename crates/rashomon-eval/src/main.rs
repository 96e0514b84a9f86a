//! Measuring and training: one subcommand a file. Calls the library exactly as the product does.

mod blocks;
mod boosting;
mod chains;
mod conditions;
mod copies;
mod drawn;
mod gum;
mod hostile;
mod impostors;
mod inject;
mod labelled;
mod languages;
mod marks;
mod models;
mod pairs;
mod perceptron;
mod points;
mod pool;
mod random;
mod random_field;
mod relations;
mod story;
mod stream;
mod train_classes;
mod train_crossing;
mod train_groups;
mod train_meaning;
mod train_names;
mod train_pages;
mod train_points;
mod train_quotes;
mod train_rarity;
mod train_tagger;
mod train_words;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "rashomon-eval", version, about = "Measure Rashomon and train its models")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Links a JSONL file by blocks of days of several sizes and margins, and counts what comes out otherwise than at once
    Blocks(blocks::Args),
    /// Makes derivation chains with known parents and scores what is found (synthetic)
    Chains(chains::Args),
    /// Prints how much each derived text took over: cut, light, heavy or non
    Copies(copies::Args),
    /// Draws pairs of sentences from stories of a pool for a reader to judge
    Draw(drawn::Args),
    /// Prints what a byte of hostile texts costs, at growing sizes
    Hostile(hostile::Args),
    /// Prints how alike numbers, times, direct speech and quoted lines are read in articles told in several languages
    Languages(languages::Args),
    /// Prints the relations found in a JSONL file, one a line
    Relations(relations::Args),
    /// Changes numbers, dates, names and negations in pairs of sentences and counts what is found
    Inject(inject::Args),
    /// Prints one similarity, 0 to 1, for each pair of sentences of a TSV
    Pairs(pairs::Args),
    /// Learns which sentences state a common fact on some marked stories and collates the others
    Points(points::Args),
    /// Prints a made-up story of any size as JSONL, for measuring speed
    Story(story::Args),
    /// Prints a made-up stream with the statistics of a real pool as JSONL, for measuring cost at a million
    Stream(stream::Args),
    /// Trains a model that the product ships
    #[command(subcommand)]
    Train(Train),
}

#[derive(Subcommand)]
enum Train {
    /// The weights that attribute what is said to who says it
    Quotes(train_quotes::Args),
    /// When two clusters report one event: the weights of grouping
    Groups(train_groups::Args),
    /// Which lines of an HTML page are its article
    Pages(train_pages::Args),
    /// How rare terms are in news at large
    Rarity(train_rarity::Args),
    /// How common in English news is what crosses languages
    Crossing(train_crossing::Args),
    /// The similarity of a pair of sentences
    Meaning(train_meaning::Args),
    /// The table of single words: rarity, base form, relations, vector
    Words(train_words::Args),
    /// The classes of words by their neighbours, which the tagger and the name finder look at
    Classes(train_classes::Args),
    /// Which pairs of sentences of two reports state a common fact
    Points(train_points::Args),
    /// The name finder
    Names(train_names::Args),
    /// The tagger
    Tagger(train_tagger::Args),
}

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Blocks(args) => blocks::run(&args).map_err(std::io::Error::other),
        Command::Chains(args) => chains::run(&args).map_err(std::io::Error::other),
        Command::Copies(args) => copies::run(&args),
        Command::Draw(args) => drawn::run(&args),
        Command::Hostile(args) => hostile::run(&args),
        Command::Relations(args) => relations::run(&args).map_err(std::io::Error::other),
        Command::Inject(args) => inject::run(&args),
        Command::Languages(args) => languages::run(&args),
        Command::Pairs(args) => pairs::run(&args),
        Command::Points(args) => points::run(&args),
        Command::Story(args) => {
            story::run(&args);
            Ok(())
        }
        Command::Stream(args) => stream::run(&args).map_err(std::io::Error::other),
        Command::Train(Train::Quotes(args)) => train_quotes::run(&args),
        Command::Train(Train::Groups(args)) => train_groups::run(&args),
        Command::Train(Train::Pages(args)) => train_pages::run(&args),
        Command::Train(Train::Rarity(args)) => train_rarity::run(&args),
        Command::Train(Train::Crossing(args)) => train_crossing::run(&args),
        Command::Train(Train::Meaning(args)) => train_meaning::run(&args),
        Command::Train(Train::Words(args)) => train_words::run(&args),
        Command::Train(Train::Classes(args)) => train_classes::run(&args),
        Command::Train(Train::Points(args)) => train_points::run(&args),
        Command::Train(Train::Names(args)) => train_names::run(&args),
        Command::Train(Train::Tagger(args)) => train_tagger::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("rashomon-eval: {e}");
            ExitCode::FAILURE
        }
    }
}
