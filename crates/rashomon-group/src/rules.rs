//! The rules of this stage: why a report is in a story.

use rashomon_model::rules;

rules! {
    /// The rules of this stage.
    SAME_EVENT = "same-event" {
        finds: "two groups of reports that tell of one event, by a learned measure of what they name and when",
        matters: "Only reports of one event can be held against each other.",
        reports: [
            ("Harbour Times", "2031-05-09", "Lock at Tarvel fails\n\nThe northern lock at Tarvel failed on Friday and nine barges ran aground, Mayor Ida Lund said. The river authority has begun a review of the lock at Tarvel."),
            ("Quay Post", "2031-05-09", "Nine barges aground at Tarvel\n\nNine barges ran aground when the northern lock at Tarvel failed on Friday. Ida Lund, the mayor, said that the river authority would review the lock at Tarvel."),
        ],
        shows: "same-event",
        wrong_when: "Two events of one kind happen at one place within days.",
        measured: "stories of the news pool and of two public sets of grouped news (rows `group` of docs/quality.md)",
    }
    OLDEST_REPORT = "oldest-report" {
        finds: "the report that a story begins with",
        matters: "It gives the story its name, and did not join anything.",
        reports: [
            ("Harbour Times", "2031-05-09", "Lock at Tarvel fails\n\nThe northern lock at Tarvel failed on Friday and nine barges ran aground, Mayor Ida Lund said."),
        ],
        shows: "oldest-report",
        wrong_when: "A date is wrong.",
        measured: "nothing; it has no threshold",
    }
    PINNED = "pinned" {
        finds: "a report that somebody put into the story, or kept apart, by hand",
        matters: "A person's decision goes before the measure, and is shown as one.",
        reports: [
            ("Harbour Times", "2031-05-09", "Lock at Tarvel fails\n\nThe northern lock at Tarvel failed on Friday."),
            ("Quay Post", "2031-05-09", "Bread is dear\n\nBakers in the capital ask more for bread than ever."),
        ],
        shows: "pinned",
        wrong_when: "The person was.",
        measured: "nothing; it has no threshold",
    }
}
