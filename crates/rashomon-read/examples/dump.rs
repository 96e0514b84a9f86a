use std::io::Write;
fn main() {
    let mut args = std::env::args().skip(1);
    let out = args.next().unwrap();
    for set in args {
        let gold = std::fs::read_to_string(format!("{set}/gold.jsonl")).unwrap();
        let name = set.rsplit('/').next().unwrap();
        let mut text = std::io::BufWriter::new(std::fs::File::create(format!("{out}.{name}.jsonl")).unwrap());
        let mut rows = std::io::BufWriter::new(std::fs::File::create(format!("{out}.{name}.f32")).unwrap());
        for line in gold.lines() {
            let g: serde_json::Value = serde_json::from_str(line).unwrap();
            let path = format!("{set}/{}", g["html"].as_str().unwrap());
            for record in rashomon_read::records(&path).unwrap() {
                let record = record.unwrap();
                let t = std::time::Instant::now();
                let m = rashomon_read::training::measured_lines(&record);
                let el = t.elapsed().as_secs_f64();
                let lines: Vec<&str> = m.iter().map(|x| x.0.as_str()).collect();
                writeln!(
                    text,
                    "{}",
                    serde_json::json!({"id": g["id"], "lines": lines, "s": el, "bytes": record.bytes.len()})
                )
                .unwrap();
                for (_, r) in &m {
                    for v in r {
                        rows.write_all(&v.to_le_bytes()).unwrap();
                    }
                }
            }
        }
    }
}
