//! The rules of this stage: what finds a quotation, and what resolves a time.

use rashomon_model::rules;

const QUOTES: &str = "the share of quotations and speakers found in PolNeAR (row `quotes` of docs/quality.md)";
const TIMES: &str = "the values of TimeBank (row `times` of docs/quality.md)";

rules! {
    /// The rules of this stage.
    ATTRIBUTION_MODEL = "attribution-model" {
        finds: "what somebody said, believes or wants, by a learned model of who is the source of which words",
        matters: "It tells a reporter's own words from those of a source, with and without quotation marks.",
        reports: [("Harbour Times", "2031-05-09", "Mayor Ida Lund said that the northern lock would stay shut until Friday.")],
        shows: "the northern lock would stay shut",
        wrong_when: "A sentence has two verbs of speech and the words belong to the other one.",
        measured: QUOTES,
    }
    CUE_BESIDE_MARKS = "cue-beside-marks" {
        finds: "words in quotation marks with a verb of speech beside them that the model did not join",
        matters: "The speaker of a quotation that the model leaves over is still found, by where the verb stands.",
        reports: [("Harbour Times", "2031-05-09", "Mayor Ida Lund had one word for it: \"a shame and a scandal for all of us who live by the river\".")],
        shows: "a shame and a scandal",
        wrong_when: "The verb beside the marks reports other words.",
        measured: QUOTES,
    }
    MARKS = "marks" {
        finds: "words in quotation marks that nothing attributes",
        matters: "Marks alone are no speech: they may hold a name, a title or words at a distance.",
        reports: [("Harbour Times", "2031-05-09", "The barge \"Morning Grey of the North\" lay at the quay for two winters.")],
        shows: "Morning Grey of the North",
        wrong_when: "The speaker stands a paragraph away.",
        measured: QUOTES,
    }
    MARKS_IN_HEADLINE = "marks-in-headline" {
        finds: "words in quotation marks in a headline",
        matters: "Headlines cut quotations most; what they cut is seen beside the full form.",
        reports: [("Harbour Times", "2031-05-09", "Town mourns 'the lamp of the north'\n\nThe pilot died on Friday.")],
        shows: "the lamp of the north",
        wrong_when: "A headline has the name of a ship or a song in marks.",
        measured: QUOTES,
    }
    SPEAKER_CARRIED_ON = "speaker-carried-on" {
        finds: "a quotation that goes on from the one before it, with the same speaker",
        matters: "Long statements name their speaker once; the later sentences are still that person's.",
        reports: [("Harbour Times", "2031-05-09", "Mayor Ida Lund said: \"We never had the money for a new lock.\"\n\n\"Nobody in the capital wanted to hear of it. They had other worries.\"")],
        shows: "Nobody in the capital",
        wrong_when: "Another person begins to speak without being named.",
        measured: QUOTES,
    }
    TURN_OF_A_DIALOGUE = "turn-of-a-dialogue" {
        finds: "a line of a dialogue printed without who says it, whose speaker is the one whose turn it is",
        matters: "Questions and answers printed line by line would all go to the last person named.",
        reports: [("Harbour Times", "2031-05-09", "\"Have you inspected the lock?\" Ida Lund asked.\n\n\"I have not,\" Bo Marsh said.\n\n\"Any lock?\"\n\n\"No.\"")],
        shows: "Any lock?",
        wrong_when: "A third person joins in, or one speaker asks and answers himself.",
        measured: QUOTES,
    }
    SIGNED = "signed" {
        finds: "a quotation with its speaker's name behind a dash under it",
        matters: "Quotations set apart name their speaker only there.",
        reports: [("Harbour Times", "2031-05-09", "\"We never had the money for a new lock.\"\n\n\u{2014} Ida Lund")],
        shows: "We never had the money",
        wrong_when: "A list item or a byline stands there.",
        measured: QUOTES,
    }
    SIGNED_POST = "signed-post" {
        finds: "a post that a page prints with the author's name, account and date below it",
        matters: "It is the author's own words, though no quotation marks stand around them.",
        reports: [("Harbour Times", "2031-05-09", "The mayor was angry.\n\nNobody told us that the lock was rotten. A shame! \u{2014} Ida Lund (@idalund) May 8, 2031")],
        shows: "Nobody told us that the lock",
        wrong_when: "The page runs the post together with the paragraph before it.",
        measured: "nine posts of the marked stories",
    }
    BLOCK_QUOTATION = "block-quotation" {
        finds: "a paragraph without quotation marks behind one that ends in a colon and says who speaks",
        matters: "Long statements are set apart so; without this they read as the reporter's own claims.",
        reports: [("Harbour Times", "2031-05-09", "The town met on Friday to hear of the lock.\n\nIda Lund waited for an hour in the hall. Then Lund said:\n\nWe never had the money for a new lock. You all knew that.\n\nThe lock was built in 1990.")],
        shows: "We never had the money",
        wrong_when: "The reporter goes on in the first person.",
        measured: "three such paragraphs of the marked stories",
    }
    SAID_IN_RELATIVE_CLAUSE = "said-in-relative-clause" {
        finds: "what somebody says of a thing in a clause that describes it (\"which the keeper says was rotten\")",
        matters: "The reporter does not vouch for it: the source does.",
        reports: [("Harbour Times", "2031-05-09", "Barges ran aground at the northern lock, which the keeper says was rotten for years.")],
        shows: "rotten",
        wrong_when: "The clause goes on with the reporter's own words.",
        measured: QUOTES,
    }
    TITLE_OF_A_WORK = "title-of-a-work" {
        finds: "the title of a book, film or song in quotation marks",
        matters: "It is a name and nobody's words.",
        reports: [("Harbour Times", "2031-05-09", "His novel \"The Lamp of the North\" was sold at the quay.")],
        shows: "The Lamp of the North",
        wrong_when: "Somebody speaks in capitals.",
        measured: QUOTES,
    }
    CALENDAR_DATE = "calendar-date" {
        finds: "a day, month or year that is written out",
        matters: "It is the same day for every reader, whenever the report was published.",
        reports: [("Harbour Times", "2031-05-09", "The lock was opened on 4 May 2029.")],
        shows: "2029-05-04",
        wrong_when: "Day and month are numbers and the outlet's order of them is unknown.",
        measured: TIMES,
    }
    RELATIVE_TO_DATELINE = "relative-to-dateline" {
        finds: "a time that counts from the day of publication, such as \"yesterday\"",
        matters: "Copied into a report of another day, the same word means another day.",
        reports: [("Harbour Times", "2031-05-09", "The lock was opened yesterday.")],
        shows: "2031-05-08",
        wrong_when: "The report was updated on a later day than its date says.",
        measured: TIMES,
    }
    UPDATED_AFTER_ITS_DATE = "updated-after-its-date" {
        finds: "what a weekday says that took place, where only the day after the date of publication can be meant",
        matters: "The report was updated; a week earlier would be the wrong event.",
        reports: [("Harbour Times", "2031-05-09", "The lock was opened on Saturday.")],
        shows: "2031-05-10",
        wrong_when: "The weekday before is meant, six days earlier.",
        measured: "twenty such weekdays of marked stories and TimeBank: fifteen were the day after, three the one before",
    }
    RELATIVE_TO_TEXT = "relative-to-text" {
        finds: "a time that counts from another time in the text, such as \"two days later\"",
        matters: "The order of events is told without dates.",
        reports: [("Harbour Times", "2031-05-09", "The lock was opened on 4 May 2029. Two days later it failed.")],
        shows: "2029-05-06",
        wrong_when: "It counts from a time that is not the last one named.",
        measured: TIMES,
    }
    YEAR_FROM_TEXT = "year-from-text" {
        finds: "a day without a year, with the year from the text: in a report without a date, or beside another day of its month in one sentence",
        matters: "Undated pages can still be placed, and two days of one sentence are of one year.",
        reports: [("Harbour Times", "", "On 3 May 2029 the lock was opened. It failed on June 4.")],
        shows: "2029-06-04",
        wrong_when: "The text tells of several years.",
        measured: TIMES,
    }
    NEAREST_BY_TENSE = "nearest-by-tense" {
        finds: "a day of the week or a day without a year, as the nearest one that fits the tense of its verb; the second of two weekdays that are joined, as the first one behind the other",
        matters: "\"On Monday\" is the last Monday or the next one, and readers of both reports should know which.",
        reports: [("Harbour Times", "2031-05-09", "The lock was opened on Monday.")],
        shows: "2031-05-05",
        wrong_when: "The present tense speaks of a plan.",
        measured: TIMES,
    }
    WEEKDAY_WITH_DAY = "weekday-with-day" {
        finds: "a day of the week with its number, as the nearest day on which both hold",
        matters: "Such a date holds without a year.",
        reports: [("Harbour Times", "2031-05-09", "The lock failed on Sunday (4).")],
        shows: "2031-05-04",
        wrong_when: "The number counts something else.",
        measured: TIMES,
    }
    DURATION = "duration" {
        finds: "a length of time",
        matters: "How long something took is a figure that reports can disagree about.",
        reports: [("Harbour Times", "2031-05-09", "The lock was shut for seven years.")],
        shows: "P7Y",
        wrong_when: "The words name a date and not a length (\"the two days of the vote\").",
        measured: TIMES,
    }
    RECURRING_TIME = "recurring-time" {
        finds: "a time that comes again and again, such as \"every Monday\"",
        matters: "It is no date, and must not be placed on one.",
        reports: [("Harbour Times", "2031-05-09", "The lock is inspected every Monday.")],
        shows: "every Monday",
        wrong_when: "One occasion is meant.",
        measured: TIMES,
    }
    TIME_REFERENCE = "time-reference" {
        finds: "a word for past, present or future that names no day, such as \"recently\"",
        matters: "It is marked so that it is not taken for a date.",
        reports: [("Harbour Times", "2031-05-09", "The lock was recently repaired.")],
        shows: "PAST_REF",
        wrong_when: "A day is named just before and meant here.",
        measured: TIMES,
    }
    UNRESOLVED = "unresolved" {
        finds: "a time expression that cannot be placed",
        matters: "A guess would be shown as a date; nothing is.",
        reports: [("Harbour Times", "", "The lock failed on May 4.")],
        shows: "May 4",
        wrong_when: "The page states its date where it was not read.",
        measured: TIMES,
    }
}
