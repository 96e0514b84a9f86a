//! Where articles come from that somebody drops or names by address. The server itself opens no file and asks no net: what
//! does so is handed to it.

use rashomon::read::{self, Record};

/// Opens what a person puts in.
pub trait Inputs: Send + Sync {
    /// The records in a file of that name, at most `most`.
    ///
    /// # Errors
    /// In plain words, if it holds nothing that is read.
    fn in_file(&self, bytes: Vec<u8>, name: &str, most: usize) -> Result<Vec<Record>, String>;

    /// The records at an address of the web, at most `most`, each with the address it is of.
    ///
    /// # Errors
    /// In plain words, if there are none.
    fn at_address(&self, url: &str, most: usize) -> Result<Vec<(Record, Option<String>)>, String>;

    /// The feeds in a list (OPML), each with its title.
    ///
    /// # Errors
    /// In plain words, if it is no list.
    fn feeds_in(&self, bytes: &[u8]) -> Result<Vec<(String, Option<String>)>, String>;

    /// Whether addresses can be asked for at all.
    fn asks_the_net(&self) -> bool {
        false
    }
}

/// What is read without anything else: plain text, HTML, JSONL.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Inputs for Plain {
    fn in_file(&self, bytes: Vec<u8>, name: &str, most: usize) -> Result<Vec<Record>, String> {
        let records = read::records_in(bytes, name).map_err(|e| e.to_string())?;
        Ok(records.take(most).filter_map(Result::ok).collect())
    }

    fn at_address(&self, _: &str, _: usize) -> Result<Vec<(Record, Option<String>)>, String> {
        Err("this program was built without asking the net".to_owned())
    }

    fn feeds_in(&self, _: &[u8]) -> Result<Vec<(String, Option<String>)>, String> {
        Err("this program was built without reading lists of feeds".to_owned())
    }
}
