//! How many articles a second are read from an input: `cargo run --release -p rashomon-read --example rate -- FILE`.

use std::time::Instant;

fn main() {
    for input in std::env::args().skip(1) {
        let start = Instant::now();
        let records: Vec<_> = match rashomon_read::records(&input) {
            Ok(records) => records.filter_map(Result::ok).collect(),
            Err(e) => {
                eprintln!("{e}");
                continue;
            }
        };
        let bytes: usize = records.iter().map(|r| r.bytes.len()).sum();
        println!("{input}: {} records, {:.1} MB, opened in {:.2?}", records.len(), bytes as f64 / 1e6, start.elapsed());
        for (name, read) in
            [("bare_article", rashomon_read::bare_article as fn(&_) -> _), ("article", rashomon_read::article)]
        {
            let start = Instant::now();
            let read = records.iter().filter(|r| read(r).output.is_some()).count();
            let seconds = start.elapsed().as_secs_f64();
            println!("  {name}: {read} articles in {seconds:.2} s, {:.0} a second on one core", read as f64 / seconds);
        }
    }
}
