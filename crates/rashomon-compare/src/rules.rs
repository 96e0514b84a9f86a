//! The rules of this stage: what joins quotations and statements, and what sets values against each other.

use rashomon_model::rules;

const FORMS: &str = "the project's two example stories (20 and 73 pairs of quotations)";
const PAIRS: &str = "invented pairs of reports (crates/rashomon-compare/tests/conflicts.rs); on news only as part of the row `points` of docs/quality.md";
const ACROSS: &str = "news told in seven languages, as it is and with figures changed (rashomon-eval languages)";
const TOLD: &str = "the development stories of docs/quality.md, by reading";

/// What two invented reports say around the sentences that are tried.
macro_rules! first {
    ($tried:literal) => {
        concat!("The river authority has begun a review of the lock at Tarvel after the accident.\n\n", $tried, "\n\nResidents had complained for years about the traffic on the quay.\n\nBarges from the coal port were sent around by the northern canal.")
    };
}

macro_rules! second {
    ($tried:literal) => {
        concat!("An inquiry into the lock at Tarvel was opened by the river authority after the accident.\n\nShops on the quay reported a quiet weekend.\n\n", $tried, "\n\nFreight was diverted to the canal in the north of the valley.")
    };
}

rules! {
    /// The rules of this stage.
    SINGLE_FORM = "single-form" {
        finds: "a quotation that only one report has",
        matters: "Nobody else confirms these words.",
        reports: [("Harbour Times", "2031-05-09", "\"We never had the money for a new lock,\" said Mayor Ida Lund.")],
        shows: "We never had the money",
        wrong_when: "Another report has it in words too different to be told.",
        measured: FORMS,
    }
    CONTAINED_WORDS = "contained-words" {
        finds: "a quotation whose words stand in a fuller one",
        matters: "It shows what was cut, and whether the cut changes the sense.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("\"We never had the money for a new lock, and nobody in the capital wanted to hear of it,\" said Mayor Ida Lund.")),
            ("Quay Post", "2031-05-09", second!("\"We never had the money for a new lock,\" Mayor Ida Lund said.")),
        ],
        shows: "truncated",
        wrong_when: "A person says the same short words twice.",
        measured: FORMS,
    }
    ONLY_PLACE_OF_WORDS = "only-place-of-words" {
        finds: "a piece of plain words that only one quotation of the story holds",
        matters: "Short pieces are where a sense is changed most easily.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("\"Nobody on that bridge could have done more than they did that night,\" said Mayor Ida Lund.")),
            ("Quay Post", "2031-05-09", second!("Mayor Ida Lund said that nobody \"could have done more than they did\" in the dark.")),
        ],
        shows: "could have done more",
        wrong_when: "The words are common and were said elsewhere, too.",
        measured: FORMS,
    }
    SAME_CONTENT = "same-content" {
        finds: "two quotations of one speaker that share most of their content in partly other words",
        matters: "One of them, or both, are not the exact words.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("\"The engineers of the river authority warned the ministry in three letters that the northern gate would not survive another winter of ice,\" said Mayor Ida Lund.")),
            ("Quay Post", "2031-05-09", second!("\"In three letters the engineers of the river authority told ministers the northern gate would never survive yet another winter like that,\" said Mayor Ida Lund.")),
        ],
        shows: "northern gate",
        wrong_when: "The speaker said it twice in different words.",
        measured: FORMS,
    }
    SAME_SENTENCE_REWORDED = "same-sentence-reworded" {
        finds: "a sentence of a quotation that says what a sentence of another says",
        matters: "Translations and paraphrases inside quotation marks are seen as such.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("\"The old gate was rotten before we came to this town. Everybody who lives on the river has known that since the great flood, and the ministry knew it best of all,\" said Mayor Ida Lund.")),
            ("Quay Post", "2031-05-09", second!("\"The old gate was rotten before any of us came into town. My own father used to warn the children never to play beneath its beams in a thaw,\" said Mayor Ida Lund.")),
        ],
        shows: "The old gate was rotten",
        wrong_when: "The speaker said it twice in different words.",
        measured: FORMS,
    }
    INDIRECT_OF_DIRECT = "indirect-of-direct" {
        finds: "reported speech of what another report quotes",
        matters: "It shows what the reporter made of the exact words.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("\"The river authority had warned the ministry in three letters about the northern gate,\" said Mayor Ida Lund.")),
            ("Quay Post", "2031-05-09", second!("Mayor Ida Lund said that the river authority had warned the ministry in three letters about the gate.")),
        ],
        shows: "three letters",
        wrong_when: "The reporter sums up more than the quoted sentence.",
        measured: FORMS,
    }
    QUOTED_IN_ANOTHER_LANGUAGE = "quoted-in-another-language" {
        finds: "a quotation that another report has in another language",
        matters: "What was said is one thing; a translation is nobody's exact words, and numbers and a \"not\" get lost in it.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("\"We never had the 40 million euros for a new lock, and nobody in the capital wanted to hear of the danger,\" said Mayor Ida Lund.")),
            ("Diario del Muelle", "2031-05-09", "La autoridad fluvial ha abierto una investigación sobre la esclusa de Tarvel después del accidente.\n\n«Nunca tuvimos los 40 millones de euros para una nueva esclusa, y nadie en la capital quiso oír hablar del peligro», dijo la alcaldesa Ida Lund.\n\nLos vecinos se quejaban desde hacía años del tráfico en el muelle.\n\nLas barcazas del puerto de carbón fueron desviadas por el canal del norte."),
        ],
        shows: "Nunca tuvimos",
        wrong_when: "The speaker said it twice, with another number.",
        measured: "quoted lines of news told in seven languages (rashomon-eval languages)",
    }
    FIGURE_IN_ANOTHER_LANGUAGE = "figure-in-another-language" {
        finds: "a sentence that has another figure or another day in another language",
        matters: "A translation that changes a figure looks like a second witness for it.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The northern lock at Tarvel failed on Monday, and 19 barges ran aground near the harbour.")),
            ("Diario del Muelle", "2031-05-10", "La autoridad fluvial ha abierto una investigación sobre la esclusa de Tarvel después del accidente.\n\nLa esclusa norte de Tarvel falló el lunes, y 91 barcazas encallaron cerca del puerto.\n\nLos vecinos se quejaban desde hacía años del tráfico en el muelle.\n\nLas barcazas del puerto de carbón fueron desviadas por el canal del norte."),
        ],
        shows: "another figure",
        wrong_when: "The one counts something that stands in no sentence of the other.",
        measured: ACROSS,
    }
    DENIED_IN_ANOTHER_LANGUAGE = "denied-in-another-language" {
        finds: "a sentence that denies in one language what it says in another",
        matters: "A \"not\" is easily lost or added on the way, and turns a statement into its opposite.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The ministry did not close the northern lock at Tarvel after the flood of March, said Mayor Ida Lund.")),
            ("Diario del Muelle", "2031-05-10", "La autoridad fluvial ha abierto una investigación sobre la esclusa de Tarvel después del accidente.\n\nEl ministerio cerró la esclusa norte de Tarvel después de la inundación de marzo, dijo la alcaldesa Ida Lund.\n\nLos vecinos se quejaban desde hacía años del tráfico en el muelle.\n\nLas barcazas del puerto de carbón fueron desviadas por el canal del norte."),
        ],
        shows: "it is not so",
        wrong_when: "The other language says it in a word that is no negation by itself.",
        measured: ACROSS,
    }
    SAME_STATEMENT = "same-statement" {
        finds: "sentences of several reports that state one thing",
        matters: "What several accounts state, and what one leaves out, is seen.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The ferry hit the northern pier in thick fog.")),
            ("Quay Post", "2031-05-09", second!("In thick fog the ferry hit the northern pier.")),
        ],
        shows: "northern pier",
        wrong_when: "Two sentences of the same words tell of different times or persons.",
        measured: "marked stories of news (docs/quality.md)",
    }
    SINGLE_STATEMENT = "single-statement" {
        finds: "a statement that only one report makes",
        matters: "It rests on one account.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The ferry hit the northern pier in thick fog.")),
            ("Quay Post", "2031-05-09", second!("Mushrooms were sold on the market for eleven crowns.")),
        ],
        shows: "northern pier",
        wrong_when: "Another report says it in words too different to be told.",
        measured: "marked stories of news (docs/quality.md)",
    }
    NUMBER_OF_THE_SAME = "number-of-the-same" {
        finds: "two numbers of one thing",
        matters: "At most one of them is right.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("Repairs to the gate will cost $4 million.")),
            ("Quay Post", "2031-05-09", second!("The cost of repairing the gate is put at $7 million.")),
        ],
        shows: "7",
        wrong_when: "One counts a part, or another day.",
        measured: PAIRS,
    }
    MEASURE_OF_THE_SAME = "measure-of-the-same" {
        finds: "two measures of one thing, in whatever units",
        matters: "At most one of them is right; a mile for a kilometre is a common slip.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The oil slick on the lake is 12 miles long.")),
            ("Quay Post", "2031-05-09", second!("The slick of oil on the lake is 12 kilometres long.")),
        ],
        shows: "12",
        wrong_when: "The thing was measured twice, and changed.",
        measured: PAIRS,
    }
    DATE_OF_THE_SAME = "date-of-the-same" {
        finds: "two days of one event",
        matters: "At most one of them is right.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The hearing on the dam is set for March 14.")),
            ("Quay Post", "2031-05-09", second!("The hearing on the dam will take place on March 21.")),
        ],
        shows: "03-21",
        wrong_when: "The event was put off between the two reports.",
        measured: PAIRS,
    }
    TIME_OF_THE_SAME = "time-of-the-same" {
        finds: "two times of day of one event",
        matters: "Minutes decide who knew what when.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The ferry hit the pier at 6:40 a.m. on Monday.")),
            ("Quay Post", "2031-05-09", second!("On Monday the ferry struck the pier at 8:15 a.m.")),
        ],
        shows: "8:15",
        wrong_when: "The two name different zones.",
        measured: PAIRS,
    }
    AGE_OF_THE_SAME = "age-of-the-same" {
        finds: "two ages of one person",
        matters: "One of the two reports has the wrong person, or a wrong figure.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("Edda Holm, 34, was at the wheel when the ferry hit the pier.")),
            ("Quay Post", "2031-05-09", second!("Edda Holm, 43, was steering the ferry when it hit the pier.")),
        ],
        shows: "43",
        wrong_when: "Two persons share a name.",
        measured: PAIRS,
    }
    DURATION_OF_THE_SAME = "duration-of-the-same" {
        finds: "two lengths of time of one thing",
        matters: "At most one of them is right.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The bridge will stay shut for two weeks.")),
            ("Quay Post", "2031-05-09", second!("The bridge is to remain shut for six weeks.")),
        ],
        shows: "six weeks",
        wrong_when: "They count from different days.",
        measured: PAIRS,
    }
    TALLY_OF_THE_SAME = "tally-of-the-same" {
        finds: "two results of one vote or game",
        matters: "A result is known exactly; one report has it wrong.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The council voted 9-4 to close the bridge.")),
            ("Quay Post", "2031-05-09", second!("The council voted by 8 to 5 to close the bridge.")),
        ],
        shows: "8 to 5",
        wrong_when: "There were two votes.",
        measured: PAIRS,
    }
    SIZE_OF_THE_SAME = "size-of-the-same" {
        finds: "two sizes of one thing: its pages, its seats",
        matters: "A thing has one size; one report has it wrong, or they speak of two things.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The 120-page report blames the owner. Inspectors wrote it in a year.")),
            ("Quay Post", "2031-05-09", second!("The 112-page report blames the owner and the harbour authority.")),
        ],
        shows: "112 pages",
        wrong_when: "The reports speak of two things of one kind.",
        measured: PAIRS,
    }
    NAME_IN_THE_SAME_PLACE = "name-in-the-same-place" {
        finds: "two names in the same place of one statement",
        matters: "One report names the wrong person or place.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("Police identified the pilot of the ferry as Edda Holm.")),
            ("Quay Post", "2031-05-09", second!("The pilot of the ferry was named by police as Jonas Falk.")),
        ],
        shows: "Jonas Falk",
        wrong_when: "The two are names of one thing.",
        measured: PAIRS,
    }
    ONE_SIDE_NEGATES = "one-side-negates" {
        finds: "a statement that one report makes and another denies",
        matters: "The reports say the opposite of each other.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The minister will attend the funeral of the miners.")),
            ("Quay Post", "2031-05-09", second!("The minister will not be at the funeral of the miners.")),
        ],
        shows: "not be at the funeral",
        wrong_when: "The denial is of something else in the sentence.",
        measured: PAIRS,
    }
    OPPOSITE_WORDS = "opposite-words" {
        finds: "words of opposite meaning in the same place of one statement",
        matters: "The reports say the opposite of each other, and neither with a \"not\".",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The signal at the lock was working when the ferry passed.")),
            ("Quay Post", "2031-05-09", second!("When the ferry passed, the signal at the lock was broken.")),
        ],
        shows: "broken",
        wrong_when: "The two speak of different times or things.",
        measured: PAIRS,
    }
    WORD_IN_PLACE_OF_ANOTHER = "word-in-place-of-another" {
        finds: "one noun put for another in sentences that are otherwise told alike",
        matters: "Where it began or who called is told in two ways.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The fire at the lock started in the kitchen of the keeper, the fire chief said.")),
            ("Quay Post", "2031-05-09", second!("The fire at the lock started in the attic of the keeper, the fire chief said.")),
        ],
        shows: "attic",
        wrong_when: "The two words are names for one thing that no table of synonyms has.",
        measured: PAIRS,
    }
    GIVEN_TO_ANOTHER = "given-to-another" {
        finds: "the same words that two reports give to two persons, each named beside them",
        matters: "One of the two reports puts words into a mouth that did not say them.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("\"Calls to close the lock are dangerously misguided,\" harbour spokeswoman Edda Holm said on Friday.")),
            ("Quay Post", "2031-05-09", second!("Harbour spokeswoman Mara Quill wrote in an email: \"Calls to close the lock are dangerously misguided.\"")),
        ],
        shows: "Mara Quill",
        wrong_when: "Both said it in a joint statement.",
        measured: PAIRS,
    }
    MANNER_OF_THE_SAME = "manner-of-the-same" {
        finds: "two ways of telling what became of somebody that exclude each other: resigned or sacked, cleared or convicted",
        matters: "Whether somebody left or had to go is the news itself.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("Pilots have waited for a new schedule since the head of the lock, Edda Holm, resigned in April.")),
            ("Quay Post", "2031-05-09", second!("A quarrel over wages broke out among the crews in spring, when the board fired Edda Holm.")),
        ],
        shows: "fired",
        wrong_when: "Both happened, one after the other.",
        measured: PAIRS,
    }
    DAY_OF_THE_SAME_OCCASION = "day-of-the-same-occasion" {
        finds: "two days that reports give to one hearing, vote or the like, by its noun and what describes it",
        matters: "A reader who wants to look it up looks on one of the two.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The keeper's trouble began at Wednesday's licence hearing, when he could not name the lock's depth.")),
            ("Quay Post", "2031-05-09", second!("Questions of the board at the licence hearing on Thursday left the keeper of the lock without an answer.")),
        ],
        shows: "2031-05-07",
        wrong_when: "There were two, and each report tells of one.",
        measured: "64 marked stories: one found, right; none on 46 others",
    }
    NONE_AND_SOME = "none-and-some" {
        finds: "a statement that counts none where another report counts some",
        matters: "Nobody and two are further apart than one and two.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("None of the passengers was hurt when the ferry hit the pier.")),
            ("Quay Post", "2031-05-09", second!("Two passengers were hurt when the ferry hit the pier.")),
        ],
        shows: "Two",
        wrong_when: "The first was written before anything was known.",
        measured: PAIRS,
    }
    GROWING_COUNT = "growing-count" {
        finds: "a count that is larger in a later report",
        matters: "Such counts grow as news comes in: an update, and no contradiction.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The flood damaged 90 homes in the lower town.")),
            ("Quay Post", "2031-05-10", second!("In the lower town 140 homes were damaged by the flood.")),
        ],
        shows: "140",
        wrong_when: "The later report has the figure wrong.",
        measured: PAIRS,
    }
    READING_OF_ANOTHER_HOUR = "reading-of-another-hour" {
        finds: "a measure of one thing that two reports give for two hours",
        matters: "A river, a storm or a price moves: the later reading is an update, and no contradiction.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("At 2 p.m. the river at Tarvel stood 4.1 metres above its bed, the water office said.")),
            ("Quay Post", "2031-05-09", second!("At 11 p.m. the river at Tarvel stood 5.3 metres above its bed, the water office said.")),
        ],
        shows: "5.3",
        wrong_when: "The hours belong to something else in the two sentences.",
        measured: PAIRS,
    }
    RISING_TOLL = "rising-toll" {
        finds: "counts of victims or arrests that rise from report to report, or of the missing that change",
        matters: "They are updates, and the last is the newest.",
        reports: [
            ("Harbour Times", "2031-05-09T08:00:00Z", first!("The flood killed 12 people in Calder.")),
            ("Quay Post", "2031-05-09T20:00:00Z", second!("The flood in Calder killed 31 people.")),
        ],
        shows: "31",
        wrong_when: "They count different places.",
        measured: TOLD,
    }
    TOLL_OUTSIDE_THE_SERIES = "toll-outside-the-series" {
        finds: "a count of victims that does not fit the rise of the others",
        matters: "A later report counts fewer: one of them is wrong, or counts otherwise.",
        reports: [
            ("Harbour Times", "2031-05-09T08:00:00Z", first!("The flood killed 12 people in Calder.")),
            ("Quay Post", "2031-05-09T20:00:00Z", second!("The flood in Calder killed 31 people.")),
            ("Delta Observer", "2031-05-10T08:00:00Z", second!("The flood in Calder killed 33 people, officials said.")),
            ("Lighthouse Daily", "2031-05-11T08:00:00Z", second!("The flood killed 19 people in Calder.")),
        ],
        shows: "19",
        wrong_when: "The figures count different places.",
        measured: TOLD,
    }
    ONE_MENTION = "one-mention" {
        finds: "an event that one report places in time",
        matters: "The day rests on one account.",
        reports: [("Harbour Times", "2031-05-09", "The lock at Tarvel failed on 4 May 2031.\n\nNine barges ran aground in the canal.")],
        shows: "The lock at Tarvel failed",
        wrong_when: "The time belongs to a side phrase.",
        measured: TOLD,
    }
    SAME_DAY_SAME_POINT = "same-day-same-point" {
        finds: "mentions of one event on one day, by the statement they stand in",
        matters: "What happened when, over all reports.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("The lock at Tarvel failed on 4 May 2031 in thick fog.")),
            ("Quay Post", "2031-05-09", second!("In thick fog the lock at Tarvel failed on 4 May 2031.")),
        ],
        shows: "lock at Tarvel failed",
        wrong_when: "Two events of one kind fall on one day.",
        measured: TOLD,
    }
    SAME_DAY_SAME_WORDS = "same-day-same-words" {
        finds: "mentions of one event on one day, by their words",
        matters: "What happened when, over all reports.",
        reports: [
            ("Harbour Times", "2031-05-09", "Hotel loses its roof\n\nThe storm of 4 May 2031 tore off the roof of the harbour hotel. The mayor spoke of luck. Nobody slept there that week."),
            ("Quay Post", "2031-05-09", "Guests of a night\n\nIt was the anniversary of the founding of the town, and the guests danced. Insurers came a week later and measured the beams. They noted that on 4 May 2031 the harbour hotel had lost its roof, and nothing else."),
        ],
        shows: "harbour hotel",
        wrong_when: "Two events of one kind fall on one day.",
        measured: TOLD,
    }
    MISLEADING_RELATIVE_DATE = "misleading-relative-date" {
        finds: "a relative date that gives another day when read from its own report's date",
        matters: "Copied words such as \"the coming week\" move an event.",
        reports: [
            ("Harbour Times", "2019-05-14", "Mayor Ilse Brandt has called off a Friday visit to the flooded harbour of Norvik.\n\nOn Monday, the river Ast broke its dam above Norvik and flooded the harbour."),
            ("Quay Post", "2019-05-15", "Mayor Brandt was due to visit the flooded harbour of Norvik on May 17.\n\nThe visit to the harbour of Norvik was planned for the coming week."),
        ],
        shows: "the coming week",
        wrong_when: "Two events were joined that are not one.",
        measured: TOLD,
    }
    SAME_HEAD_SAME_POINT = "same-head-same-point" {
        finds: "different names that reports give to one thing in one statement",
        matters: "The choice of a name can carry a judgement.",
        reports: [
            ("Harbour Times", "2031-05-09", first!("Armed separatists seized the northern gate on Friday.")),
            ("Quay Post", "2031-05-09", second!("On Friday armed terrorists seized the northern gate.")),
            ("Delta Observer", "2031-05-09", "Armed rebels seized the northern gate on Friday.\n\nEel fishers heard it on the radio of a passing lighter."),
        ],
        shows: "separatists",
        wrong_when: "The two are different things.",
        measured: TOLD,
    }
}
