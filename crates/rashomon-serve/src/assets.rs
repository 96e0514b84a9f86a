//! Style, scripts and the icon: part of the program, fetched from nowhere.

use crate::digest::hex;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rashomon::report;
use sha2::{Digest, Sha256};

/// Name, type and content.
const ASSETS: [(&str, &str, &[u8]); 5] = [
    ("report.css", "text/css; charset=utf-8", report::STYLE.as_bytes()),
    ("report.js", "text/javascript; charset=utf-8", report::SCRIPT.as_bytes()),
    ("app.css", "text/css; charset=utf-8", include_bytes!("../assets/app.css")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
];

/// The address of an asset; it changes with the content, so that it can be kept for ever.
pub(crate) fn address(name: &str) -> String {
    let content = ASSETS.iter().find(|(n, _, _)| *n == name).map_or(&[][..], |(_, _, c)| c);
    format!("/assets/{}/{name}", &hex(&Sha256::digest(content))[..12])
}

pub(crate) async fn asset(Path((digest, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|(n, _, _)| *n == name) {
        Some((name, kind, content)) if address(name) == format!("/assets/{digest}/{name}") => {
            ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")], *content)
                .into_response()
        }
        _ => (StatusCode::NOT_FOUND, "no such asset").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_stay_below_forty_kilobytes() {
        let all: usize = ASSETS.iter().filter(|(n, _, _)| n.ends_with(".js")).map(|(_, _, c)| c.len()).sum();
        assert!(all < 40_000, "{all} bytes");
    }
}
