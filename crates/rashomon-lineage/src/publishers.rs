//! Who publishes: the common form of a name, and the host of an address.

/// Who publishes at an address: its host, else the outlet's name.
pub(crate) fn publisher(url: Option<&str>, outlet: Option<&str>) -> Option<String> {
    url.and_then(host).or_else(|| outlet.map(bare_name))
}

/// The host of an address, without `www.`; `None` for a path or a bare word.
pub(crate) fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let it = rest
        .split(['/', '?', '#', ':'])
        .next()?
        .trim_start_matches("www.")
        .trim_start_matches("m.")
        .trim_start_matches("amp.");
    (!it.is_empty()).then(|| it.to_ascii_lowercase())
}

/// A name in lower case, without "the", "online", "news" and marks, so that "CNN (Web News)" and "CNN" are one outlet.
pub(crate) fn bare_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| !w.is_empty() && !["the", "online", "web", "news", "com"].contains(&w.as_str()))
        .collect();
    if words.is_empty() { name.to_lowercase() } else { words.join(" ") }
}
