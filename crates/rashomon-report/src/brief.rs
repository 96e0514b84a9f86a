//! What should an editor know first about a story?

use crate::phrase;
use crate::report::Report;
use crate::visible::line;
use serde::Serialize;

/// One finding in a line, and the section that tells more.
#[derive(Serialize)]
pub(crate) struct Brief {
    pub(crate) text: String,
    pub(crate) detail: String,
    /// The section.
    pub(crate) to: &'static str,
    pub(crate) alert: bool,
}

/// What an editor should know first.
pub(crate) fn brief(it: &Report) -> Vec<Brief> {
    let mut all = Vec::new();
    let mut add = |text: String, detail: String, to, alert| all.push(Brief { text, detail, to, alert });
    if it.witnesses.len() > 1 {
        let accounts = phrase::range(it.accounts.low, it.accounts.high);
        let noun = if it.accounts.high == 1 { "independent account" } else { "independent accounts" };
        add(format!("{accounts} {noun}"), accounts_detail(it), "descent", false);
    }
    let conflicts: Vec<_> = it.conflicts().collect();
    if !conflicts.is_empty() {
        let told = conflicts.iter().take(3).map(|(_, c)| {
            let values: Vec<_> = c.values.iter().take(4).map(|(v, _)| line(v, 30)).collect();
            format!("{}: {}", phrase::conflict(c.kind).to_lowercase(), values.join(" against "))
        });
        let told = told.collect::<Vec<_>>().join("; ");
        add(phrase::count(conflicts.len(), "disagreement", "disagreements"), told, "conflicts", true);
    }
    let altered = it.altered_quotes().count();
    if altered > 0 {
        let mut speakers: Vec<_> = it.altered_quotes().filter_map(|(q, _)| q.speaker.as_deref()).collect();
        speakers.dedup();
        let told = speakers.iter().take(3).map(|s| line(s, 60)).collect::<Vec<_>>().join(", ");
        add(
            phrase::count(altered, "altered wording inside quotation marks", "altered wordings inside quotation marks"),
            told,
            "quotes",
            true,
        );
    }
    for revision in &it.revisions {
        let facts = revision.changes.iter().filter(|c| !c.trivial).count();
        let text = format!("{} changed its report", line(&it.witnesses[revision.to].name, 60));
        add(text, phrase::count(facts, "change of substance", "changes of substance"), "revisions", facts > 0);
    }
    let misleading: Vec<_> = it.timeline.iter().flat_map(|m| &m.misleading).collect();
    if !misleading.is_empty() {
        let told = misleading.iter().take(3).map(|e| format!("“{}” in {}", line(it.text(**e), 40), it.reference(**e)));
        let told = told.collect::<Vec<_>>().join(", ");
        add(phrase::count(misleading.len(), "date that misleads", "dates that mislead"), told, "timeline", true);
    }
    let points = |status| it.points_of(status).count();
    if it.witnesses.len() > 1 && !it.points.is_empty() {
        let detail = format!(
            "{} in all reports, {} in some, {} in only one account, {} in one and perhaps in others",
            points("all"),
            points("some"),
            it.alone().count(),
            it.perhaps_alone().count()
        );
        add(phrase::count(it.points.len(), "point", "points"), detail, "points", false);
    }
    all
}

fn accounts_detail(it: &Report) -> String {
    let largest = it.accounts.members.iter().max_by_key(|m| (m.len(), std::cmp::Reverse(m[0])));
    match largest.filter(|m| m.len() > 1) {
        Some(members) => {
            let letters: Vec<_> = members.iter().take(8).map(|w| it.witnesses[*w].letter.as_str()).collect();
            let more = if members.len() > 8 { " …" } else { "" };
            format!("{}{more} are one account", letters.join(", "))
        }
        None => "no report was found to take from another with certainty".into(),
    }
}
