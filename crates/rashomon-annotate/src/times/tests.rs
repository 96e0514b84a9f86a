//! Time expressions, each with its type and value, and laws that hold for any text.

use super::times_at;
use crate::{Annotated, TimeKind, annotate};
use proptest::prelude::*;
use rashomon_model::{Article, Moment};

/// Wednesday.
const DATELINE: &str = "2022-02-23";

fn read(text: &str, dateline: Option<&str>) -> Annotated {
    let published = dateline.and_then(|d| Moment::day(d.parse().unwrap()));
    annotate(Article { text: text.into(), published, ..Article::default() }).output
}

fn found(it: &Annotated) -> Vec<(&str, &'static str, &str)> {
    it.times.iter().map(|t| (it.text(t.span), t.kind.as_str(), t.value.as_str())).collect()
}

fn check_at(dateline: Option<&str>, cases: &[(&str, &[(&str, &str, &str)])]) {
    for (text, expected) in cases {
        let it = read(text, dateline);
        assert_eq!(found(&it), *expected, "in {text:?}");
    }
}

fn check(cases: &[(&str, &[(&str, &str, &str)])]) {
    check_at(Some(DATELINE), cases);
}

#[test]
fn what_was_ahead_then_is_looked_for_ahead() {
    check(&[
        ("The mayor said he would be leaving late on Saturday.", &[("Saturday", "DATE", "2022-02-26")]),
        ("She said the court would hear him on Friday.", &[("Friday", "DATE", "2022-02-25")]),
    ]);
}

#[test]
fn a_deadline_lies_ahead_and_a_year_is_the_one_before_it() {
    check(&[
        (
            "The mayor says she plans to have a set of proposals on her desk by Monday.",
            &[("Monday", "DATE", "2022-02-28")],
        ),
        ("We go back to 1996, the year the council met.", &[("1996", "DATE", "1996"), ("year", "DATE", "1996")]),
    ]);
}

#[test]
fn what_ended_on_a_day_is_over_whatever_else_is_set() {
    check(&[
        (
            "Ferries run again on Friday: a walkout by dockers ended on Tuesday.",
            &[("Friday", "DATE", "2022-02-25"), ("Tuesday", "DATE", "2022-02-22")],
        ),
        (
            "The strike ended on Monday, and ferries sail on Friday.",
            &[("Monday", "DATE", "2022-02-21"), ("Friday", "DATE", "2022-02-25")],
        ),
    ]);
}

#[test]
fn calendar_dates() {
    check(&[
        ("The bridge opened on Nov. 22, 1963.", &[("Nov. 22, 1963", "DATE", "1963-11-22")]),
        ("The bridge opened on 22 November 1963.", &[("22 November 1963", "DATE", "1963-11-22")]),
        ("The bridge opened on 22.02.2022 at last.", &[("22.02.2022", "DATE", "2022-02-22")]),
        ("The bridge opened on 2022-02-22 at last.", &[("2022-02-22", "DATE", "2022-02-22")]),
        ("The bridge opened on 2/22/2022 at last.", &[("2/22/2022", "DATE", "2022-02-22")]),
        ("The bridge opened on the 22nd of February.", &[("22nd of February", "DATE", "2022-02-22")]),
        ("The bridge opened in March 1996.", &[("March 1996", "DATE", "1996-03")]),
        ("The bridge opened in 2014.", &[("2014", "DATE", "2014")]),
        ("The bridge opened in the 1990s.", &[("the 1990s", "DATE", "199")]),
        ("The bridge opened in the '80s.", &[("the '80s", "DATE", "198")]),
        ("The bridge opened in the 20th century.", &[("the 20th century", "DATE", "19")]),
        ("The bridge opened in fiscal 1989.", &[("fiscal 1989", "DATE", "1989")]),
        ("The bridge opened in mid-1996.", &[("mid-1996", "DATE", "1996")]),
        ("The bridge opened in the summer of 1994.", &[("the summer of 1994", "DATE", "1994-SU")]),
        ("Sales fell in the third quarter of 2019.", &[("the third quarter of 2019", "DATE", "2019-Q3")]),
        ("Sales fell in the second half of 2019.", &[("the second half of 2019", "DATE", "2019-H2")]),
        ("The Feb. 7 ruling stands.", &[("Feb. 7", "DATE", "2022-02-07")]),
    ]);
}

#[test]
fn counted_from_the_dateline() {
    check(&[
        ("The mayor resigned yesterday.", &[("yesterday", "DATE", "2022-02-22")]),
        ("The mayor resigned yesterday morning.", &[("yesterday morning", "TIME", "2022-02-22TMO")]),
        ("The mayor resigned the day before yesterday.", &[("the day before yesterday", "DATE", "2022-02-21")]),
        ("The mayor resigned last month.", &[("last month", "DATE", "2022-01")]),
        ("The mayor resigned last week.", &[("last week", "DATE", "2022-W07")]),
        ("The mayor resigned earlier this year.", &[("earlier this year", "DATE", "2022")]),
        ("The mayor resigned two days ago.", &[("two days ago", "DATE", "2022-02-21")]),
        ("The mayor resigned two years ago.", &[("two years ago", "DATE", "2020")]),
        ("The mayor resigned 18 months ago.", &[("18 months ago", "DATE", "2020-08")]),
        ("The mayor resigned last November.", &[("last November", "DATE", "2021-11")]),
        ("The mayor resigned over the weekend.", &[("the weekend", "DATE", "2022-W07-WE")]),
        ("The mayor resigned last night.", &[("last night", "TIME", "2022-02-22TNI")]),
        ("The mayor will resign next year.", &[("next year", "DATE", "2023")]),
        ("The mayor will resign in early March.", &[("early March", "DATE", "2022-03")]),
        ("The mayor will resign by year-end.", &[("year-end", "DATE", "2022")]),
        ("The mayor resigned last Christmas.", &[("last Christmas", "DATE", "2021-12-25")]),
        ("The mayor spoke to the Evening News about her plans.", &[]),
        ("The mayor will sing on Saturday Night Live with her band.", &[]),
        ("The mayor resigned on Thanksgiving Day.", &[("Thanksgiving Day", "DATE", "2021-11-25")]),
    ]);
}

#[test]
fn weekdays_follow_the_verb() {
    check(&[
        ("The mayor resigned on Tuesday.", &[("Tuesday", "DATE", "2022-02-22")]),
        ("The mayor resigned Tuesday night.", &[("Tuesday night", "TIME", "2022-02-22TNI")]),
        ("The mayor will resign on Thursday.", &[("Thursday", "DATE", "2022-02-24")]),
        ("On Thursday, the mayor is expected to resign.", &[("Thursday", "DATE", "2022-02-24")]),
        ("The visit, which was due to take place on Thursday, was short.", &[("Thursday", "DATE", "2022-02-24")]),
        ("The mayor has called off a Thursday meeting with drivers.", &[("Thursday", "DATE", "2022-02-24")]),
        ("The mayor called off the meeting on Tuesday.", &[("Tuesday", "DATE", "2022-02-22")]),
        ("A hearing will be held in Norvik on Thursday, the mayor announced.", &[("Thursday", "DATE", "2022-02-24")]),
        ("A hearing is to be held on Thursday.", &[("Thursday", "DATE", "2022-02-24")]),
        ("“The dam will hold,” she said on Tuesday.", &[("Tuesday", "DATE", "2022-02-22")]),
        ("The mayor may resign as early as Thursday.", &[("Thursday", "DATE", "2022-02-24")]),
        ("The strike goes on until Friday.", &[("Friday", "DATE", "2022-02-25")]),
        ("The mayor resigned on Monday (21).", &[("Monday (21)", "DATE", "2022-02-21")]),
        ("The mayor resigned on Friday, Feb. 18, in Norvik.", &[("Friday, Feb. 18", "DATE", "2022-02-18")]),
        ("The mayor resigned last Friday.", &[("last Friday", "DATE", "2022-02-18")]),
        // Yesterday, and the day before, are of this week.
        ("The mayor resigned last Tuesday.", &[("last Tuesday", "DATE", "2022-02-15")]),
        ("The mayor resigned last Monday.", &[("last Monday", "DATE", "2022-02-14")]),
        ("The mayor resigned last Sunday.", &[("last Sunday", "DATE", "2022-02-20")]),
        (
            "The mayor agreed to resign this week on February 24.",
            &[("this week", "DATE", "2022-W08"), ("February 24", "DATE", "2022-02-24")],
        ),
    ]);
}

#[test]
fn a_stated_year_is_kept() {
    check(&[
        (
            "The dam leaked from November to March 2012.",
            &[("November", "DATE", "2011-11"), ("March 2012", "DATE", "2012-03")],
        ),
        (
            "The dam leaked from March 5 to April 2, 2012.",
            &[("March 5", "DATE", "2012-03-05"), ("April 2, 2012", "DATE", "2012-04-02")],
        ),
        ("In 2012, on March 5, the dam broke.", &[("2012", "DATE", "2012"), ("March 5", "DATE", "2012-03-05")]),
        ("The dam broke in March (2012).", &[("March (2012)", "DATE", "2012-03")]),
        ("The dam broke on March 5 in 2012.", &[("March 5 in 2012", "DATE", "2012-03-05")]),
        ("The dam leaked in January and February.", &[("January", "DATE", "2022-01"), ("February", "DATE", "2022-02")]),
    ]);
}

#[test]
fn a_weekday_of_no_known_week_is_left_open() {
    check(&[
        ("It broke on a Friday.", &[("Friday", "DATE", "XXXX-WXX-5")]),
        ("It broke one Friday in March 2012.", &[("Friday", "DATE", "XXXX-WXX-5"), ("March 2012", "DATE", "2012-03")]),
        (
            "The best hour is 5.30pm on a Friday.",
            &[("5.30pm", "TIME", "XXXX-WXX-5T17:30"), ("Friday", "DATE", "XXXX-WXX-5")],
        ),
        // Said before a noun it is one of this week.
        ("The mayor called off a Thursday meeting.", &[("Thursday", "DATE", "2022-02-24")]),
    ]);
}

#[test]
fn a_part_of_a_day_takes_the_day_beside_it() {
    check(&[
        ("It broke in the early morning hours Tuesday.", &[("early morning hours Tuesday", "TIME", "2022-02-22TMO")]),
        (
            "It broke in the afternoon or evening on Monday.",
            &[("the afternoon", "TIME", "2022-02-21TAF"), ("Monday", "DATE", "2022-02-21")],
        ),
        ("It broke on the morning of March 5, 2019.", &[("the morning of March 5, 2019", "TIME", "2019-03-05TMO")]),
        ("They left a few hours later.", &[("a few hours later", "DURATION", "PTXH")]),
    ]);
}

#[test]
fn titles_and_last_days_are_none_of_the_calendar() {
    check(&[
        ("She told the Norvik Today programme of it.", &[]),
        ("It is shut at present.", &[("present", "DATE", "PRESENT_REF")]),
        ("At present prices it would be sold.", &[]),
        ("He gathered the crew for the last day.", &[]),
    ]);
}

#[test]
fn results_and_what_they_are_compared_with() {
    check(&[
        (
            "In the quarter ended Jan. 31 sales rose.",
            &[("the quarter", "DATE", "2021-Q4"), ("Jan. 31", "DATE", "2022-01-31")],
        ),
        (
            "Sales rose in the third quarter of 2021 from a year earlier.",
            &[("the third quarter of 2021", "DATE", "2021-Q3"), ("a year earlier", "DATE", "2020-Q3")],
        ),
        (
            "After a weak third quarter of 2021 the nine months beat a year earlier.",
            &[
                ("third quarter of 2021", "DATE", "2021-Q3"),
                ("the nine months", "DURATION", "P9M"),
                ("a year earlier", "DATE", "2021"),
            ],
        ),
        (
            "The third quarter of 2021 beat the same period last year.",
            &[("The third quarter of 2021", "DATE", "2021-Q3"), ("the same period last year", "DATE", "2020-Q3")],
        ),
        (
            "The third quarter of 2021 beat the 2020 period.",
            &[("The third quarter of 2021", "DATE", "2021-Q3"), ("the 2020 period", "DATE", "2020-Q3")],
        ),
    ]);
}

#[test]
fn hours() {
    check(&[
        ("Voting closes at 5 p.m., March 4.", &[("5 p.m., March 4", "TIME", "2022-03-04T17:00")]),
        ("Shares fell by mid-afternoon yesterday.", &[("mid-afternoon yesterday", "TIME", "2022-02-22TAF")]),
        ("The mayor resigned at 10 a.m. EST on air.", &[("10 a.m. EST", "TIME", "2022-02-23T10:00")]),
        ("The mayor resigned at 9:30 p.m. Tuesday in Norvik.", &[("9:30 p.m. Tuesday", "TIME", "2022-02-22T21:30")]),
        ("The mayor resigned at 2153 GMT in Norvik.", &[("2153 GMT", "TIME", "2022-02-23T21:53")]),
        ("The mayor resigned at noon.", &[("noon", "TIME", "2022-02-23T12:00")]),
        (
            "It rained on March 3, 2019. The mayor left earlier in the day.",
            &[("March 3, 2019", "DATE", "2019-03-03"), ("earlier in the day", "DATE", "2019-03-03")],
        ),
    ]);
}

#[test]
fn durations_and_sets() {
    check(&[
        ("He waited for the past seven years.", &[("the past seven years", "DURATION", "P7Y")]),
        ("He waited for 2 1/2 years.", &[("2 1/2 years", "DURATION", "P2Y6M")]),
        ("They left two hours later.", &[("two hours later", "DURATION", "PT2H")]),
        ("The programme “40 Minutes” was dropped.", &[]),
        ("He waited half an hour.", &[("half an hour", "DURATION", "PT30M")]),
        ("He waited for a few days.", &[("a few days", "DURATION", "PXD")]),
        ("He waited nearly two hours.", &[("nearly two hours", "DURATION", "PT2H")]),
        ("He waited at least 30 days.", &[("at least 30 days", "DURATION", "P30D")]),
        ("The two-day visit ended.", &[("two-day", "DURATION", "P2D")]),
        ("The yearlong strike ended.", &[("yearlong", "DURATION", "P1Y")]),
        ("He walks every day.", &[("every day", "SET", "P1D")]),
        ("He walks every other week.", &[("every other week", "SET", "P2W")]),
        ("The board meets annually.", &[("annually", "SET", "P1Y")]),
        ("The board meets each Tuesday.", &[("each Tuesday", "SET", "XXXX-WXX-2")]),
        ("The board meets on Tuesday nights.", &[("Tuesday nights", "SET", "XXXX-WXX-2TNI")]),
    ]);
}

#[test]
fn counted_from_what_was_said_before() {
    check(&[
        (
            "It rained on May 4, 2019. The dam had been mended two days before.",
            &[("May 4, 2019", "DATE", "2019-05-04"), ("two days before", "DATE", "2019-05-02")],
        ),
        (
            "It rained on May 4, 2019. Two days previously, the dam broke.",
            &[("May 4, 2019", "DATE", "2019-05-04"), ("Two days previously", "DATE", "2019-05-02")],
        ),
        (
            "It rained on May 4, 2019. Two days on, the dam broke in their daily lives.",
            &[("May 4, 2019", "DATE", "2019-05-04"), ("Two days on", "DATE", "2019-05-06")],
        ),
        (
            "It rained on May 4, 2019. The dam broke two days later.",
            &[("May 4, 2019", "DATE", "2019-05-04"), ("two days later", "DATE", "2019-05-06")],
        ),
        (
            "It rained in 2010. The dam broke the following year.",
            &[("2010", "DATE", "2010"), ("the following year", "DATE", "2011")],
        ),
        (
            "Profit rose in the third quarter. It was lower a year earlier.",
            &[("the third quarter", "DATE", "2021-Q3"), ("a year earlier", "DATE", "2020-Q3")],
        ),
    ]);
}

#[test]
fn references() {
    check(&[
        ("The mayor is now in Norvik.", &[("now", "DATE", "PRESENT_REF")]),
        ("The mayor is currently in Norvik.", &[("currently", "DATE", "PRESENT_REF")]),
        ("The mayor recently fell.", &[("recently", "DATE", "PAST_REF")]),
        ("It may help in the future.", &[("the future", "DATE", "FUTURE_REF")]),
        ("It happened in recent years.", &[("recent years", "DATE", "PAST_REF")]),
    ]);
}

#[test]
fn what_is_no_time_is_left_out() {
    for text in [
        "A 42-year-old driver fell.",
        "The driver was 42 years old.",
        "They may march on.",
        "It cost $1990 to build.",
        "Some 2000 people came.",
        "He gave it a second thought.",
        "It costs $40 a year.",
        "A quarter of the houses burned.",
        "The sun set.",
        "Mark it with sat phones.",
    ] {
        assert_eq!(found(&read(text, Some(DATELINE))), [], "in {text:?}");
    }
}

#[test]
fn without_a_dateline_only_what_the_text_gives_is_placed() {
    check_at(
        None,
        &[
            ("The mayor resigned on February 24.", &[("February 24", "DATE", "XXXX-02-24")]),
            ("The mayor resigned on Thursday.", &[("Thursday", "DATE", "XXXX-WXX-4")]),
            ("The mayor resigned yesterday.", &[("yesterday", "DATE", "XXXX-XX-XX")]),
            (
                "The dam broke on May 4, 2019. It held on May 3.",
                &[("May 4, 2019", "DATE", "2019-05-04"), ("May 3", "DATE", "2019-05-03")],
            ),
        ],
    );
    check_at(
        None,
        &[
            // What goes on from a day that nobody can name has none.
            (
                "The dam broke on May 4, 2005. He came on Wednesday. The following morning he left.",
                &[
                    ("May 4, 2005", "DATE", "2005-05-04"),
                    ("Wednesday", "DATE", "XXXX-WXX-3"),
                    ("The following morning", "TIME", "XXXX-XX-XXTMO"),
                ],
            ),
            ("It is on Sunday at 11:15.", &[("Sunday", "DATE", "XXXX-WXX-7"), ("11:15", "TIME", "XXXX-WXX-7T11:15")]),
            // An article that tells of a later year was not written in the year of its first date.
            (
                "The dam broke on May 4, 1953. It was rebuilt in July 2009. It broke again in October.",
                &[
                    ("May 4, 1953", "DATE", "1953-05-04"),
                    ("July 2009", "DATE", "2009-07"),
                    ("October", "DATE", "XXXX-10"),
                ],
            ),
        ],
    );
    let it = read("The dam broke on May 4, 2019. It held on May 3. It held on Thursday.", None);
    assert_eq!(it.times.iter().map(|t| t.inferred).collect::<Vec<_>>(), [false, true, false]);
    let again = times_at(&it, Moment::day("2019-05-06".parse().unwrap()).unwrap());
    assert_eq!(again[2].value, "2019-05-02");
    assert!(again.iter().all(|t| t.inferred));
}

#[test]
fn extents_are_half_open() {
    let extent = |text: &str| {
        let it = read(text, Some(DATELINE));
        let t = it.times.first().cloned().unwrap();
        (t.start.map(|s| s.to_string()), t.end.map(|s| s.to_string()))
    };
    let days = |a: &str, b: &str| (Some(format!("{a}T00:00:00")), Some(format!("{b}T00:00:00")));
    assert_eq!(extent("It rained on Tuesday."), days("2022-02-22", "2022-02-23"));
    assert_eq!(extent("It rained last week."), days("2022-02-14", "2022-02-21"));
    assert_eq!(extent("The visit is planned for later this week."), days("2022-02-23", "2022-02-28"));
    assert_eq!(extent("It rained earlier this week."), days("2022-02-21", "2022-02-24"));
    assert_eq!(extent("It rained over the weekend."), days("2022-02-19", "2022-02-21"));
    assert_eq!(extent("It rained in the 1990s."), days("1990-01-01", "2000-01-01"));
    assert_eq!(extent("It rained in the fourth quarter."), days("2021-10-01", "2022-01-01"));
    assert_eq!(extent("It rained for two days."), (None, None));
}

#[test]
fn counted_off_inside_a_month_or_year() {
    check(&[
        ("Repairs will start in the last week of April.", &[("the last week of April", "DATE", "2022-W17")]),
        (
            "Repairs will start in the first week of next month.",
            &[("the first week of next month", "DATE", "2022-W09")],
        ),
        ("The pier will open on the first Monday in May.", &[("the first Monday in May", "DATE", "2022-05-02")]),
        ("The pier will open on the last Friday of May.", &[("the last Friday of May", "DATE", "2022-05-27")]),
        (
            "The pier opened on the third Saturday of January.",
            &[("the third Saturday of January", "DATE", "2022-01-15")],
        ),
        ("The pier opened on the last day of 2019.", &[("the last day of 2019", "DATE", "2019-12-31")]),
        ("The fee rose on the 1st of this month.", &[("the 1st of this month", "DATE", "2022-02-01")]),
        ("The fee rose on the 15th of last month.", &[("the 15th of last month", "DATE", "2022-01-15")]),
        ("The fee rose on the last day of last month.", &[("the last day of last month", "DATE", "2022-01-31")]),
        ("They met on the second weekend of October.", &[("the second weekend of October", "DATE", "2021-W40-WE")]),
        ("It rained in the first ten days of March 2019.", &[("the first ten days of March 2019", "DURATION", "P10D")]),
        ("It rained in the last two weeks of May 2019.", &[("the last two weeks of May 2019", "DURATION", "P2W")]),
        ("The board meets on the first Monday of every month.", &[("the first Monday of every month", "SET", "P1M")]),
    ]);
}

#[test]
fn counted_from_a_day_to_come() {
    check(&[
        ("The hearing is set for two weeks from Thursday.", &[("two weeks from Thursday", "DATE", "2022-03-10")]),
        ("Voting opens a week from tomorrow.", &[("a week from tomorrow", "DATE", "2022-03-03")]),
        ("Voting opens ten days from next Monday.", &[("ten days from next Monday", "DATE", "2022-03-10")]),
        ("The ban ends a month from March 4.", &[("a month from March 4", "DATE", "2022-04-04")]),
        ("It opened one and a half years ago.", &[("one and a half years ago", "DATE", "2020-08")]),
        ("It opened two-and-a-half years ago.", &[("two-and-a-half years ago", "DATE", "2019-08")]),
        ("It opened 3½ years ago.", &[("3½ years ago", "DATE", "2018-08")]),
        ("They waited for four and a half hours.", &[("four and a half hours", "DURATION", "PT4H30M")]),
        ("The club meets next Friday.", &[("next Friday", "DATE", "2022-03-04")]),
        ("The club meets this Friday.", &[("this Friday", "DATE", "2022-02-25")]),
        ("The club will meet next Monday.", &[("next Monday", "DATE", "2022-02-28")]),
    ]);
}

#[test]
fn the_present_of_timetables_looks_ahead() {
    check(&[
        ("The strike begins on Monday.", &[("Monday", "DATE", "2022-02-28")]),
        ("The club meets on Tuesday.", &[("Tuesday", "DATE", "2022-03-01")]),
        ("The mayor will face Mr. Orr, who was chosen by the board, in October.", &[("October", "DATE", "2022-10")]),
        ("She said that gales arriving on Thursday would be strong.", &[("Thursday", "DATE", "2022-02-24")]),
        ("The court won’t sit before Monday.", &[("Monday", "DATE", "2022-02-28")]),
        (
            "The dam broke on Thursday, a day after the vote.",
            &[("Thursday", "DATE", "2022-02-24"), ("a day", "DURATION", "P1D")],
        ),
        ("The rule, which takes effect in October, was agreed.", &[("October", "DATE", "2022-10")]),
        ("The mayor says the strike began on Monday.", &[("Monday", "DATE", "2022-02-21")]),
        ("Figures show that trade fell in October.", &[("October", "DATE", "2021-10")]),
    ]);
}

#[test]
fn stretches_of_days_and_years() {
    check(&[
        ("The fair runs from 3 to 7 May.", &[("from 3 to 7 May", "DURATION", "P5D")]),
        ("The fair will run from the 3rd to the 7th.", &[]),
        ("The fair runs May 3-7.", &[("May 3-7", "DURATION", "P5D")]),
        ("The fair ran between 3 and 7 January 2019.", &[("between 3 and 7 January 2019", "DURATION", "P5D")]),
        ("The fair will run 11–14 June.", &[("11–14 June", "DURATION", "P4D")]),
        ("They lost the 1998-99 season.", &[("1998-99", "DURATION", "P2Y")]),
        ("They grew in 2018/19.", &[("2018/19", "DURATION", "P2Y")]),
        ("The war of 1939-1945 ended.", &[("1939-1945", "DURATION", "P7Y")]),
        (
            "It was shut from March 4 to March 8.",
            &[("March 4", "DATE", "2022-03-04"), ("March 8", "DATE", "2022-03-08")],
        ),
    ]);
    let it = read("The fair runs from 3 to 7 May.", Some(DATELINE));
    let extent = it.times[0].start.zip(it.times[0].end).map(|(s, e)| (s.to_string(), e.to_string()));
    assert_eq!(extent, Some(("2022-05-03T00:00:00".into(), "2022-05-08T00:00:00".into())));
    let it = read("It rained in the last five days of April.", Some("2022-06-01"));
    let extent = it.times[0].start.zip(it.times[0].end).map(|(s, e)| (s.to_string(), e.to_string()));
    assert_eq!(extent, Some(("2022-04-26T00:00:00".into(), "2022-05-01T00:00:00".into())));
}

#[test]
fn opening_hours_come_again() {
    for text in [
        "The desk is open Mon-Fri 7am-7pm.",
        "Opening hours: Tues to Sun, 10am to 4pm.",
        "The museum is open daily from 9 a.m. to 5 p.m.",
        "The office opens 9:30am-4pm on weekdays.",
        "The pool is open Monday to Friday, 6am-9pm.",
    ] {
        let it = read(text, Some(DATELINE));
        assert!(!it.times.is_empty() && it.times.iter().all(|t| t.kind == TimeKind::Set), "{text:?}: {:?}", found(&it));
    }
    check(&[(
        "The road was shut from 7am to 9pm on Tuesday.",
        &[("7am", "TIME", "2022-02-22T07:00"), ("9pm", "TIME", "2022-02-22T21:00"), ("Tuesday", "DATE", "2022-02-22")],
    )]);
}

/// Text made of the words the grammar knows, in any order.
fn calendar_words() -> impl Strategy<Value = String> {
    let words = [
        "the",
        "last",
        "next",
        "this",
        "two",
        "1990",
        "2022",
        "31",
        "Feb.",
        "February",
        "May",
        "Monday",
        "night",
        "-",
        "'",
        "s",
        "ago",
        "later",
        "week",
        "years",
        "quarter",
        "first",
        "of",
        "in",
        "early",
        "mid",
        "end",
        "half",
        "a",
        "and",
        "(",
        ")",
        ",",
        "22nd",
        "10:30",
        "p.m.",
        "GMT",
        "fiscal",
        "every",
        "decade",
        "century",
        "99999999999",
        "thousand",
        "day",
        "before",
        "yesterday",
        "summer",
        "Easter",
        "é",
        "“",
        "\u{2019}",
        ".",
        "\n",
        "now",
        "year-ago",
        "1/2",
        "00",
        "0000",
        "9999-99-99",
    ];
    let separators = prop_oneof![Just(" "), Just(""), Just("-"), Just("\n")];
    prop::collection::vec((prop::sample::select(words.to_vec()), separators), 0..24)
        .prop_map(|parts| parts.into_iter().flat_map(|(w, s)| [w, s]).collect())
}

proptest! {
    #[test]
    fn spans_are_real_and_in_order(text in prop_oneof![calendar_words(), any::<String>()], dated in any::<bool>()) {
        let it = read(&text, dated.then_some(DATELINE));
        let mut last = 0;
        for t in &it.times {
            prop_assert!(t.span.start() >= last && !t.span.is_empty());
            prop_assert!(text.get(t.span.range()).is_some());
            prop_assert!(!t.value.is_empty());
            prop_assert!(t.start.is_none() == t.end.is_none());
            prop_assert!(t.start.zip(t.end).is_none_or(|(s, e)| s < e));
            prop_assert!(t.kind != TimeKind::Duration || t.value.starts_with('P'));
            last = t.span.end();
        }
        for n in &it.numbers {
            prop_assert!(text.get(n.span.range()).is_some_and(|s| !s.is_empty()));
            prop_assert!(n.value.is_finite());
        }
    }

    #[test]
    fn extreme_datelines_are_survived(text in calendar_words(), year in prop::sample::select(vec![-9999i16, -1, 0, 1, 9999])) {
        let it = read(&text, None);
        let date = jiff::civil::Date::new(year, 12, 30).unwrap();
        if let Some(moment) = Moment::day(date) {
            let _ = times_at(&it, moment);
        }
    }
}

/// Expressions as news writes them, of every kind, and what only looks like one. 9 May 2031 is a Friday.
#[test]
fn expressions_of_news() {
    let cases: &[(&str, &[(&str, &str, &str)])] = &[
        ("The state closed fiscal year 2030 with a deficit.", &[("fiscal year 2030", "DATE", "2030")]),
        ("Spending for fiscal 2032 was cut.", &[("fiscal 2032", "DATE", "2032")]),
        ("The factory was busy in the 1990s.", &[("the 1990s", "DATE", "199")]),
        ("It was a fashion of the late 1980s.", &[("the late 1980s", "DATE", "198")]),
        ("Sales will rise in Q3.", &[("Q3", "DATE", "2031-Q3")]),
        ("Sales rose in the third quarter of 2030.", &[("the third quarter of 2030", "DATE", "2030-Q3")]),
        ("Profit fell in Q1 2031.", &[("Q1 2031", "DATE", "2031-Q1")]),
        ("The train left early Monday.", &[("early Monday", "DATE", "2031-05-05")]),
        ("The fire broke out late Thursday.", &[("late Thursday", "DATE", "2031-05-08")]),
        (
            "The gates opened at 12:30 p.m. ET on Tuesday.",
            &[("12:30 p.m. ET", "TIME", "2031-05-06T12:30"), ("Tuesday", "DATE", "2031-05-06")],
        ),
        (
            "The vote began at 9 a.m. on Thursday.",
            &[("9 a.m.", "TIME", "2031-05-08T09:00"), ("Thursday", "DATE", "2031-05-08")],
        ),
        ("The alarm rang at noon.", &[("noon", "TIME", "2031-05-09T12:00")]),
        ("The dam will open in mid-October.", &[("mid-October", "DATE", "2031-10")]),
        ("It has rained for two straight weeks.", &[("two straight weeks", "DURATION", "P2W")]),
        ("They fasted on the eve of the vote.", &[]),
        ("The road was paved in spring 2010.", &[("spring 2010", "DATE", "2010-SP")]),
        ("The road was paved in the summer of 2010.", &[("the summer of 2010", "DATE", "2010-SU")]),
        ("The report is dated 2031-04-02.", &[("2031-04-02", "DATE", "2031-04-02")]),
        ("The strike began the week of March 3.", &[("the week of March 3", "DATE", "2031-W10")]),
        ("The 28-year-old driver was unhurt.", &[]),
        ("She is 34 years old.", &[]),
        ("A 3-month-old baby was found.", &[]),
        ("The talks ended last week.", &[("last week", "DATE", "2031-W18")]),
        ("The talks resume next month.", &[("next month", "DATE", "2031-06")]),
        ("The bridge opened in March.", &[("March", "DATE", "2031-03")]),
        ("The bridge opened in December.", &[("December", "DATE", "2030-12")]),
        ("He died on Christmas Day.", &[("Christmas Day", "DATE", "2030-12-25")]),
        ("It happened three years ago.", &[("three years ago", "DATE", "2028")]),
        ("It happened two days earlier.", &[("two days earlier", "DATE", "2031-05-07")]),
        ("The court sits every Tuesday.", &[("every Tuesday", "SET", "XXXX-WXX-2")]),
        ("He pays monthly.", &[("monthly", "SET", "P1M")]),
        ("It lasted more than three hours.", &[("more than three hours", "DURATION", "PT3H")]),
        ("She waited for a decade.", &[("a decade", "DURATION", "P10Y")]),
        ("The lease ran for 18 months.", &[("18 months", "DURATION", "P18M")]),
        ("He slept on Sunday night.", &[("Sunday night", "TIME", "2031-05-04TNI")]),
        ("It began this morning.", &[("this morning", "TIME", "2031-05-09TMO")]),
        ("The vote is tomorrow.", &[("tomorrow", "DATE", "2031-05-10")]),
        ("Voters went to the polls on Super Tuesday.", &[]),
        ("Shops were full on Black Friday.", &[]),
        ("The firm was founded in 1974.", &[("1974", "DATE", "1974")]),
        ("Prices doubled between 2020 and 2025.", &[("2020", "DATE", "2020"), ("2025", "DATE", "2025")]),
        ("He left on 3 May 2031.", &[("3 May 2031", "DATE", "2031-05-03")]),
        ("He left on May 3rd.", &[("May 3rd", "DATE", "2031-05-03")]),
        ("It was 03/04/2031 when it began.", &[("03/04/2031", "DATE", "2031-03-04")]),
        ("The plan dates from the 19th century.", &[("the 19th century", "DATE", "18")]),
        ("It was unthinkable in the early 2000s.", &[("the early 2000s", "DATE", "200")]),
        ("He will retire by the end of the year.", &[("the end of the year", "DATE", "2031")]),
        ("In recent years prices rose.", &[("recent years", "DATE", "PAST_REF")]),
        ("It is currently shut.", &[("currently", "DATE", "PRESENT_REF")]),
        ("The second half of 2030 was dry.", &[("The second half of 2030", "DATE", "2030-H2")]),
        ("He came back the following day.", &[("the following day", "DATE", "2031-05-10")]),
        ("It closed at 4:30 p.m. EDT Friday.", &[("4:30 p.m. EDT Friday", "TIME", "2031-05-09T16:30")]),
        ("Last May the river rose.", &[("Last May", "DATE", "2030-05")]),
        ("In the past 24 hours four barges sank.", &[("the past 24 hours", "DURATION", "PT24H")]),
        ("It opened in the fall of last year.", &[("the fall of last year", "DATE", "2030-FA")]),
        ("The index fell on Black Monday, Oct. 19, 1987.", &[("Oct. 19, 1987", "DATE", "1987-10-19")]),
        ("The 1998 World Cup was held there.", &[("1998", "DATE", "1998")]),
        ("He served from 2003 until 2007.", &[("2003", "DATE", "2003"), ("2007", "DATE", "2007")]),
        ("They met on Sept. 11.", &[("Sept. 11", "DATE", "2030-09-11")]),
        ("It happened a few weeks ago.", &[("a few weeks ago", "DATE", "PAST_REF")]),
        ("Officers came at 6 on Monday morning.", &[("Monday morning", "TIME", "2031-05-05TMO")]),
        ("The half-hour talk went well.", &[("half-hour", "DURATION", "PT30M")]),
        ("A three-day strike began.", &[("three-day", "DURATION", "P3D")]),
        ("The clerk sent a note to USA TODAY about it.", &[]),
        ("The clerk reads Gardening Today in the office.", &[]),
        ("Today the clerk resigned.", &[("Today", "DATE", "2031-05-09")]),
        ("The mayors begin their summit Saturday.", &[("Saturday", "DATE", "2031-05-10")]),
        (
            "The market opens on May 20. The mayor closed the old one at 9 p.m. with a speech.",
            &[("May 20", "DATE", "2031-05-20"), ("9 p.m.", "TIME", "2031-05-09T21:00")],
        ),
    ];
    check_at(Some("2031-05-09"), cases);
}

#[test]
fn a_second_weekday_follows_the_first() {
    check(&[
        (
            "The flood is expected to reach Norvik late on Saturday or early Monday.",
            &[("Saturday", "DATE", "2022-02-26"), ("early Monday", "DATE", "2022-02-28")],
        ),
        (
            "Snow fell from late Saturday into Sunday.",
            &[("late Saturday", "DATE", "2022-02-19"), ("Sunday", "DATE", "2022-02-20")],
        ),
        (
            "The crews met on Friday and on Saturday.",
            &[("Friday", "DATE", "2022-02-18"), ("Saturday", "DATE", "2022-02-19")],
        ),
        // The second of two that are not joined is read by its own verb.
        (
            "The crews met on Friday, and the council votes on Saturday.",
            &[("Friday", "DATE", "2022-02-18"), ("Saturday", "DATE", "2022-02-26")],
        ),
    ]);
}

#[test]
fn days_of_one_month_in_a_sentence_are_of_one_year() {
    check(&[(
        "The stoker died in the clinic of Norvik on February 25, his union announced on February 27.",
        &[("February 25", "DATE", "2022-02-25"), ("February 27", "DATE", "2022-02-27")],
    )]);
}

#[test]
fn nouns_that_look_like_verbs_place_nothing() {
    check(&[
        ("A judge in Norvik halted that plan late Friday.", &[("late Friday", "DATE", "2022-02-18")]),
        (
            "Pilots said the storm may spare the port a direct hit on the coast late Saturday.",
            &[("late Saturday", "DATE", "2022-02-26")],
        ),
        // Told on a Wednesday, "met on Thursday" is an update's; what had been done then was done the week before.
        ("The mayor met the crew on Thursday.", &[("Thursday", "DATE", "2022-02-24")]),
        ("The mayor had met the crew on Thursday.", &[("Thursday", "DATE", "2022-02-17")]),
    ]);
}

#[test]
fn hours_with_a_stop_before_their_half_of_the_day() {
    check(&[
        ("The camera showed her at 4.40 am Monday.", &[("4.40 am Monday", "TIME", "2022-02-21T04:40")]),
        ("Shares fell 4.40 points.", &[]),
    ]);
}

#[test]
fn verbs_spelled_alike_in_the_past() {
    check(&[
        ("The council shut the pool on Friday.", &[("Friday", "DATE", "2022-02-18")]),
        ("Farmers quit the talks on Friday.", &[("Friday", "DATE", "2022-02-18")]),
        ("The city will shut the pool on Friday.", &[("Friday", "DATE", "2022-02-25")]),
        ("The city plans to shut the pool on Friday.", &[("Friday", "DATE", "2022-02-25")]),
        ("The gale is expected to hit on Friday.", &[("Friday", "DATE", "2022-02-25")]),
    ]);
}

#[test]
fn whereto_something_is_moved() {
    check(&[
        ("The concert was moved to this Friday.", &[("this Friday", "DATE", "2022-02-25")]),
        ("The concert was pushed to Friday.", &[("Friday", "DATE", "2022-02-25")]),
        ("The judge set the trial for Friday.", &[("Friday", "DATE", "2022-02-25")]),
        ("The concert was moved on Friday.", &[("Friday", "DATE", "2022-02-18")]),
        ("The choir sings this coming Friday.", &[("this coming Friday", "DATE", "2022-02-25")]),
    ]);
}

#[test]
fn the_verb_beside_a_month_sets_it() {
    check(&[
        ("The permit expires in January.", &[("January", "DATE", "2023-01")]),
        ("His term will end in January.", &[("January", "DATE", "2023-01")]),
        ("The permit expired in January.", &[("January", "DATE", "2022-01")]),
        ("The firm will publish January figures.", &[("January", "DATE", "2022-01")]),
    ]);
}

#[test]
fn lists_of_days() {
    let three = |a, b, c| [(a, "DATE", "2022-03-03"), (b, "DATE", "2022-03-04"), (c, "DATE", "2022-03-07")];
    check(&[
        ("Trains will stop on 3, 4 and 7 March.", &three("3", "4", "7 March")),
        ("Trains will stop on March 3, 4 and 7, drivers said.", &three("March 3", "4", "7")),
        ("Trains will stop on March 3 and 8 buses will run.", &[("March 3", "DATE", "2022-03-03")]),
        ("The fair runs from the 3rd to the 9th of March.", &[("from the 3rd to the 9th of March", "DURATION", "P7D")]),
    ]);
}

#[test]
fn the_day_of_an_hour_stands_behind_its_zone() {
    check(&[(
        "Snow fell on Tuesday. The slide came at 4:20 a.m. local time (0320 GMT) on Monday.",
        &[
            ("Tuesday", "DATE", "2022-02-22"),
            ("4:20 a.m. local time", "TIME", "2022-02-21T04:20"),
            ("0320 GMT", "TIME", "2022-02-21T03:20"),
            ("Monday", "DATE", "2022-02-21"),
        ],
    )]);
}

#[test]
fn hours_and_days_that_come_again() {
    let sets = [
        "The library opens at 8am and closes at 6pm, five days a week.",
        "The market opens at 7 a.m. every day except Sunday.",
        "The clinic is held every Monday and Thursday from noon to 3 p.m.",
        "The desk is staffed from 8 to 4, Monday to Friday.",
        "Polling hours are 8 a.m. to 6 p.m. Tuesday through Saturday.",
        "Doors open at 9 a.m. Mondays through Thursdays.",
        "The panel meets every second Tuesday of the month.",
    ];
    for text in sets {
        let it = read(text, Some(DATELINE));
        assert!(it.times.iter().all(|t| matches!(t.kind, TimeKind::Set | TimeKind::Duration)), "{:?}", found(&it));
        assert!(it.times.iter().any(|t| t.kind == TimeKind::Set), "{text}");
    }
    check(&[
        (
            "The gallery opens at 6pm on Thursday.",
            &[("6pm", "TIME", "2022-02-24T18:00"), ("Thursday", "DATE", "2022-02-24")],
        ),
        (
            "She met the board on Monday and Tuesday.",
            &[("Monday", "DATE", "2022-02-21"), ("Tuesday", "DATE", "2022-02-22")],
        ),
    ]);
}

#[test]
fn counted_from_a_weekday_or_in_two_units() {
    check(&[
        ("The fair opened a week ago Monday.", &[("a week ago Monday", "DATE", "2022-02-14")]),
        ("The fair will open a week on Friday.", &[("a week on Friday", "DATE", "2022-03-04")]),
        ("The case will be heard on Friday week.", &[("Friday week", "DATE", "2022-03-04")]),
        ("The fair opens in three weeks' time.", &[("three weeks' time", "DATE", "2022-W11")]),
        ("A year and five months ago it was let.", &[("A year and five months ago", "DATE", "2020-09")]),
        (
            "Three days earlier, on February 5, he fell.",
            &[("Three days earlier", "DATE", "2022-02-05"), ("February 5", "DATE", "2022-02-05")],
        ),
        ("Fares rise on the first of next month.", &[("the first of next month", "DATE", "2022-03-01")]),
        ("Losses fell in fiscal year 2019-20.", &[("fiscal year 2019-20", "DURATION", "P2Y")]),
        (
            "It was agreed on 13/01/2022 and signed on 02/02/2022.",
            &[("13/01/2022", "DATE", "2022-01-13"), ("02/02/2022", "DATE", "2022-02-02")],
        ),
    ]);
}

#[test]
fn the_present_sets_a_day_under_any_tag() {
    check(&[
        (
            "Harrow play Melby on Saturday and face Ost on Monday.",
            &[("Saturday", "DATE", "2022-02-26"), ("Monday", "DATE", "2022-02-28")],
        ),
        ("The inquiry resumes on Monday.", &[("Monday", "DATE", "2022-02-28")]),
        ("Postal voting ends Sunday in two wards.", &[("Sunday", "DATE", "2022-02-27")]),
        ("Porters strike on Monday.", &[("Monday", "DATE", "2022-02-28")]),
        ("Dockers walk out on Sunday.", &[("Sunday", "DATE", "2022-02-27")]),
        ("The band performs in Melby on Saturday.", &[("Saturday", "DATE", "2022-02-26")]),
        ("The court hears the appeal in November.", &[("November", "DATE", "2022-11")]),
        ("The yard is closing in July.", &[("July", "DATE", "2022-07")]),
        ("The next regatta is in August.", &[("August", "DATE", "2022-08")]),
        (
            "It will be windy on Sunday and Monday.",
            &[("Sunday", "DATE", "2022-02-27"), ("Monday", "DATE", "2022-02-28")],
        ),
        // What other verbs of the clause tell is over.
        ("The strike on Monday shut the yard.", &[("Monday", "DATE", "2022-02-21")]),
        ("Police are looking into a fire on Sunday.", &[("Sunday", "DATE", "2022-02-20")]),
    ]);
}

#[test]
fn what_was_done_lies_behind() {
    check(&[
        (
            "The skipper was held in March and freed in May.",
            &[("March", "DATE", "2021-03"), ("May", "DATE", "2021-05")],
        ),
        ("The skipper was held on April 3.", &[("April 3", "DATE", "2021-04-03")]),
        ("Orders fell in the second quarter.", &[("the second quarter", "DATE", "2021-Q2")]),
        ("The mayor proposed a vote in March.", &[("March", "DATE", "2022-03")]),
        ("The skipper will be tried in March.", &[("March", "DATE", "2022-03")]),
        (
            "The fair ran from Thursday through Saturday.",
            &[("Thursday", "DATE", "2022-02-17"), ("Saturday", "DATE", "2022-02-19")],
        ),
    ]);
}

#[test]
fn the_night_that_has_gone_by() {
    check(&[
        ("A barn burned down overnight.", &[("overnight", "TIME", "2022-02-22TNI")]),
        ("The bridge will be shut overnight.", &[("overnight", "TIME", "2022-02-23TNI")]),
        (
            "A barn burned down overnight on Sunday.",
            &[("overnight", "TIME", "2022-02-20TNI"), ("Sunday", "DATE", "2022-02-20")],
        ),
        (
            "A barn burned down overnight into Sunday.",
            &[("overnight", "TIME", "2022-02-19TNI"), ("Sunday", "DATE", "2022-02-20")],
        ),
    ]);
    let it = read("A barn burned down overnight.", Some(DATELINE));
    let extent = it.times[0].start.zip(it.times[0].end).map(|(s, e)| (s.to_string(), e.to_string()));
    assert_eq!(extent, Some(("2022-02-22T18:00:00".into(), "2022-02-23T06:00:00".into())));
}

#[test]
fn hours_of_a_range_lie_on_one_day() {
    check(&[
        (
            "The kiosk was robbed between 1 a.m. and 3 a.m. on Sunday.",
            &[
                ("1 a.m.", "TIME", "2022-02-20T01:00"),
                ("3 a.m.", "TIME", "2022-02-20T03:00"),
                ("Sunday", "DATE", "2022-02-20"),
            ],
        ),
        (
            "The fair runs 10 a.m. to 2 p.m. Saturday.",
            &[("10 a.m.", "TIME", "2022-02-26T10:00"), ("2 p.m. Saturday", "TIME", "2022-02-26T14:00")],
        ),
        ("The walk is at 8 a.m. this Sunday.", &[("8 a.m. this Sunday", "TIME", "2022-02-27T08:00")]),
        ("Tickets go on sale at 9 a.m. Monday.", &[("9 a.m. Monday", "TIME", "2022-02-28T09:00")]),
        ("Polls open at 7 a.m. Sunday.", &[("7 a.m. Sunday", "TIME", "2022-02-27T07:00")]),
    ]);
    for text in [
        "The lock is shut 9 p.m. to 5 a.m. nightly.",
        "Mass is at 10 a.m. each Sunday.",
        "The kitchen serves Mondays, 5 to 7 p.m.",
        "The archive is open Mondays and Fridays from 9 to noon.",
        "The last tram leaves at 23:40.",
        "The club meets the second Tuesday of the month at 7 p.m.",
        "Taverns must close at 11 p.m. in the old town.",
        "A curfew from 10 p.m. to 5 a.m. is in force.",
    ] {
        let it = read(text, Some(DATELINE));
        assert!(it.times.iter().all(|t| t.kind == TimeKind::Set), "{text}: {:?}", found(&it));
    }
}

#[test]
fn counted_from_what_the_sentence_names() {
    check(&[
        ("The pool will reopen in three weeks.", &[("three weeks", "DATE", "2022-W11")]),
        ("The report is due in ten days.", &[("ten days", "DATE", "2022-03-05")]),
        ("It was the worst storm in three weeks.", &[("three weeks", "DURATION", "P3W")]),
        (
            "Ten days after the wreck on Feb. 1, a second barge sank.",
            &[("Ten days", "DATE", "2022-02-11"), ("Feb. 1", "DATE", "2022-02-01")],
        ),
        ("Twenty years ago today the pier fell.", &[("Twenty years ago today", "DATE", "2002-02-23")]),
        ("Ten years ago this week the pier fell.", &[("Ten years ago this week", "DATE", "2012-W08")]),
        ("It starts in the week beginning 7 March.", &[("the week beginning 7 March", "DATE", "2022-W10")]),
        ("Prices rose 3% in the year to January.", &[("the year", "DURATION", "P1Y"), ("January", "DATE", "2022-01")]),
        ("The talks are set for the week after next.", &[("the week after next", "DATE", "2022-W10")]),
        ("She left the week before last.", &[("the week before last", "DATE", "2022-W06")]),
        ("The board will meet on March 7 or 8.", &[("March 7", "DATE", "2022-03-07"), ("8", "DATE", "2022-03-08")]),
        (
            "She fell ill in April 2019 and died two days later.",
            &[("April 2019", "DATE", "2019-04"), ("two days later", "DATE", "XXXX-XX-XX")],
        ),
    ]);
    let it = read("Prices rose 3% in the year to January.", Some(DATELINE));
    let extent = it.times[0].start.zip(it.times[0].end).map(|(s, e)| (s.to_string(), e.to_string()));
    assert_eq!(extent, Some(("2021-02-01T00:00:00".into(), "2022-02-01T00:00:00".into())));
}

#[test]
fn names_that_hold_a_day_or_a_season() {
    for text in [
        "The yards were shut on Cyber Monday.",
        "She signed the Good Friday Agreement.",
        "She writes for the Sunday Herald.",
        "A winter gale took the roof.",
        "Harrow led by six in the fourth quarter of a loss to Melby.",
    ] {
        assert_eq!(found(&read(text, Some(DATELINE))), [], "in {text:?}");
    }
}

#[test]
fn hours_in_words_and_named_days() {
    check(&[
        (
            "The horn blew at half past eight on Monday evening.",
            &[("half past eight", "TIME", "2022-02-21T20:30"), ("Monday evening", "TIME", "2022-02-21TEV")],
        ),
        (
            "It rang at a quarter to six in the morning.",
            &[("a quarter to six in the morning", "TIME", "2022-02-23T05:45")],
        ),
        ("It rang at 12:30 in the afternoon.", &[("12:30 in the afternoon", "TIME", "2022-02-23T12:30")]),
        ("The talks were put off to Friday the 25th.", &[("Friday the 25th", "DATE", "2022-02-25")]),
        ("It will open on May Day.", &[("May Day", "DATE", "2022-05-01")]),
        ("The yards were shut on Good Friday 2019.", &[("Good Friday 2019", "DATE", "2019-04-19")]),
        // Nothing says of which half of the day it is.
        ("The horn blew at half past eight.", &[]),
    ]);
}

#[test]
fn lengths_verses_and_programmes_are_no_times() {
    check(&[
        ("MUST WATCH The quay wall of Melby falls 01:37", &[]),
        ("Listen to the story · 3:27 3:27", &[]),
        ("A sign quoted Amos 5:24 to the council.", &[]),
        ("The ferry left at 14:30.", &[("14:30", "TIME", "2022-02-23T14:30")]),
        ("14:30 Divers are in the water.", &[("14:30", "TIME", "2022-02-23T14:30")]),
        ("She worked for Twenty-First Century Boats before the merger.", &[]),
        ("It stood there in the 20th century.", &[("the 20th century", "DATE", "19")]),
        ("He told the host of Melby This Week that nobody had asked.", &[]),
        ("The boat was drifting in the current near the bridge.", &[]),
        ("Fees that fall under the old rule were dropped.", &[]),
    ]);
}

#[test]
fn the_week_that_a_sunday_ends() {
    let sunday = Some("2022-02-27");
    check_at(sunday, &[("The gate jammed last week.", &[("last week", "DATE", "2022-W08")])]);
    check(&[("The gate jammed last week.", &[("last week", "DATE", "2022-W07")])]);
}

#[test]
fn what_was_said_of_a_day_before_it_came() {
    check(&[
        ("The council had been expected to vote late on Tuesday.", &[("Tuesday", "DATE", "2022-02-22")]),
        ("The mayor will step back when the members are sworn in on Tuesday.", &[("Tuesday", "DATE", "2022-03-01")]),
        ("He is accused of robbing two shops on Tuesday.", &[("Tuesday", "DATE", "2022-02-22")]),
        (
            "The mayor's announcement Tuesday that he would close the quay angered many.",
            &[("Tuesday", "DATE", "2022-02-22")],
        ),
        ("The bill would end the fee, which the mayor in January rejected.", &[("January", "DATE", "2022-01")]),
        ("The fee would rise, and the mayor on Monday would not rule it out.", &[("Monday", "DATE", "2022-02-21")]),
        ("They will visit Melby just days after Saturday's blast.", &[("Saturday", "DATE", "2022-02-19")]),
        ("Trust has sunk to a new low following Saturday's blast.", &[("Saturday", "DATE", "2022-02-19")]),
        ("The board invited her to speak this Thursday.", &[("this Thursday", "DATE", "2022-02-24")]),
        ("By October, most teachers had voted.", &[("October", "DATE", "2021-10")]),
        ("Talks have gone on since November.", &[("November", "DATE", "2021-11")]),
        ("Shops prepare to open in October.", &[("October", "DATE", "2022-10")]),
        (
            "Income rose to 500 crowns in 2020, up 5 percent from a year earlier.",
            &[("2020", "DATE", "2020"), ("a year earlier", "DATE", "2019")],
        ),
    ]);
}
