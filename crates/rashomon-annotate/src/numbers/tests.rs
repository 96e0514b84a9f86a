//! Numbers as news writes them, each with what is to be read from it.

use super::*;
use rashomon_model::Article;

fn read(text: &str) -> Vec<(String, f64, Option<f64>, Option<String>, Approximation)> {
    let it = crate::annotate(Article { text: text.into(), ..Article::default() }).output;
    let own = |n: &Number| (it.text(n.span).to_owned(), n.value, n.high, n.unit.clone(), n.approximation);
    it.numbers.iter().map(own).collect()
}

fn check(text: &str, expected: &[(&str, f64, Option<f64>, Option<&str>, Approximation)]) {
    let found = read(text);
    let found: Vec<_> = found.iter().map(|(t, v, h, u, a)| (t.as_str(), *v, *h, u.as_deref(), *a)).collect();
    assert_eq!(found, expected, "in {text:?}");
}

use Approximation::{About, AtLeast, AtMost, Exact};

#[test]
fn grouping_scales_and_signs() {
    check(
        "The ministry moved nearly 1,90,000 soldiers.",
        &[("nearly 1,90,000", 190_000.0, None, Some("soldiers"), About)],
    );
    check("It cost $1.5bn to build.", &[("$1.5bn", 1.5e9, None, Some("USD"), Exact)]);
    check("It cost Rs 2.5 crore.", &[("Rs 2.5 crore", 2.5e7, None, Some("INR"), Exact)]);
    check("A loan of 1.2 million euros was paid.", &[("1.2 million euros", 1.2e6, None, Some("EUR"), Exact)]);
    check("Some 1.2 million people fled.", &[("Some 1.2 million", 1.2e6, None, Some("people"), About)]);
    check("They hold US$3-4 million.", &[("US$3-4 million", 3e6, Some(4e6), Some("USD"), Exact)]);
    check("It sold 3,000 tickets.", &[("3,000", 3000.0, None, Some("tickets"), Exact)]);
}

#[test]
fn words_and_fractions() {
    check("Two dozen ships sank.", &[("Two dozen", 24.0, None, Some("ships"), Exact)]);
    check("Twenty-five ships sank.", &[("Twenty-five", 25.0, None, Some("ships"), Exact)]);
    check("One hundred and twelve ships sank.", &[("One hundred and twelve", 112.0, None, Some("ships"), Exact)]);
    check("Half a million voters came.", &[("Half a million", 500_000.0, None, Some("voters"), Exact)]);
    check("Two-thirds of voters came.", &[("Two-thirds", 2.0 / 3.0, None, Some("voters"), Exact)]);
    check("A third of the houses burned.", &[("A third", 1.0 / 3.0, None, Some("houses"), Exact)]);
    check("More than half of voters came.", &[("More than half", 0.5, None, Some("voters"), AtLeast)]);
    check(
        "Tens of thousands of voters came.",
        &[("Tens of thousands", 20_000.0, Some(100_000.0), Some("voters"), Exact)],
    );
    check("Dozens of houses burned.", &[("Dozens", 24.0, Some(120.0), Some("houses"), Exact)]);
    check("Several hundred houses burned.", &[("Several hundred", 200.0, Some(900.0), Some("houses"), Exact)]);
}

#[test]
fn hedges_and_ranges() {
    check("Nearly 40% agreed.", &[("Nearly 40%", 40.0, None, Some("percent"), About)]);
    check("At least 12 people died.", &[("At least 12", 12.0, None, Some("people"), AtLeast)]);
    check("Up to 30 people died.", &[("Up to 30", 30.0, None, Some("people"), AtMost)]);
    check("No fewer than 30 people died.", &[("No fewer than 30", 30.0, None, Some("people"), AtLeast)]);
    check("It took 10 to 12 ships.", &[("10 to 12", 10.0, Some(12.0), Some("ships"), Exact)]);
    check("It took between 10 and 12 ships.", &[("between 10 and 12", 10.0, Some(12.0), Some("ships"), Exact)]);
    check("It took 10-12 ships.", &[("10-12", 10.0, Some(12.0), Some("ships"), Exact)]);
    check("The flood left 12 dead.", &[("12", 12.0, None, Some("dead"), Exact)]);
}

#[test]
fn what_counts_nothing_is_left_out() {
    for text in [
        "The Rovers won 3-1 away.",
        "A 42-year-old man fell.",
        "Ann Lee, 42, fell.",
        "They invoked Article 5 again.",
        "A new Covid-19 wave came.",
        "The G20 met again.",
        "It happened on March 12, 2019 at 10:30 a.m.",
        "They waited for two years.",
        "She came third.",
        "No one knew him.",
        "Release 3.2.1 is out.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn parts_of_scales_and_numbers_with_and() {
    check("A quarter of a million people fled.", &[("A quarter of a million", 250_000.0, None, Some("people"), Exact)]);
    check(
        "Three quarters of a million tonnes sank.",
        &[("Three quarters of a million", 750_000.0, None, Some("tonnes"), Exact)],
    );
    check(
        "It cost a third of a billion dollars.",
        &[("a third of a billion dollars", 1e9 / 3.0, None, Some("USD"), Exact)],
    );
    check("One and a half million birds died.", &[("One and a half million", 1.5e6, None, Some("birds"), Exact)]);
    check(
        "Some three and a half thousand boats sank.",
        &[("Some three and a half thousand", 3500.0, None, Some("boats"), About)],
    );
    check("A hundred and five cars burned.", &[("A hundred and five", 105.0, None, Some("cars"), Exact)]);
    check("A thousand and twenty lamps were lit.", &[("A thousand and twenty", 1020.0, None, Some("lamps"), Exact)]);
    check(
        "One million two thousand and sixty-one lamps were lit.",
        &[("One million two thousand and sixty-one", 1_002_061.0, None, Some("lamps"), Exact)],
    );
    check("A hundred thousand lamps were lit.", &[("A hundred thousand", 1e5, None, Some("lamps"), Exact)]);
    check("A thousand two hundred lamps were lit.", &[("A thousand two hundred", 1200.0, None, Some("lamps"), Exact)]);
    check(
        "Between a hundred and two hundred lamps were lit.",
        &[("Between a hundred and two hundred", 100.0, Some(200.0), Some("lamps"), Exact)],
    );
}

#[test]
fn signs_and_degrees() {
    check("The pond was at minus 12C.", &[("minus 12C", -12.0, None, Some("degrees Celsius"), Exact)]);
    check("It was −3 °C at night.", &[("−3 °C", -3.0, None, Some("degrees Celsius"), Exact)]);
    check("It was −3°C at night.", &[("−3°C", -3.0, None, Some("degrees Celsius"), Exact)]);
    let points = Some("percentage points");
    check("It may err by plus or minus 3 percentage points.", &[("3 percentage points", 3.0, None, points, Exact)]);
    check("It was minus four degrees at night.", &[("minus four degrees", -4.0, None, Some("degrees"), Exact)]);
    check("Growth was -1.4% in spring.", &[("-1.4%", -1.4, None, Some("percent"), Exact)]);
    check("Growth was negative 2 percent.", &[("negative 2 percent", -2.0, None, Some("percent"), Exact)]);
    check("It reached 41F in the shade.", &[("41F", 41.0, None, Some("degrees Fahrenheit"), Exact)]);
    check(
        "It lay between -5 and -2 degrees.",
        &[("between -5 and -2 degrees", -5.0, Some(-2.0), Some("degrees"), Exact)],
    );
    check("Shares rose +5% on the day.", &[("5%", 5.0, None, Some("percent"), Exact)]);
}

#[test]
fn shares_are_one_number() {
    check("One in four pupils was ill.", &[("One in four", 0.25, None, Some("pupils"), Exact)]);
    check("Nearly nine in 10 pupils were ill.", &[("Nearly nine in 10", 0.9, None, Some("pupils"), About)]);
    check("Three out of four boats sank.", &[("Three out of four", 0.75, None, Some("boats"), Exact)]);
    check("One in every eight houses is empty.", &[("One in every eight", 0.125, None, Some("houses"), Exact)]);
    check(
        "More than half of the crew and a quarter of the cooks left.",
        &[("More than half", 0.5, None, Some("crew"), AtLeast), ("a quarter", 0.25, None, Some("cooks"), Exact)],
    );
    check("Output fell by a third.", &[("a third", 1.0 / 3.0, None, None, Exact)]);
    check(
        "Half of the crew were ill and a third left.",
        &[("Half", 0.5, None, Some("crew"), Exact), ("a third", 1.0 / 3.0, None, None, Exact)],
    );
    check("Two men fled and a third man stayed.", &[("Two", 2.0, None, Some("men"), Exact)]);
    check(
        "The storm sank two in 15 raids.",
        &[("two", 2.0, None, None, Exact), ("15", 15.0, None, Some("raids"), Exact)],
    );
}

#[test]
fn points_are_not_percent() {
    check(
        "The rate rose half a percentage point.",
        &[("half a percentage point", 0.5, None, Some("percentage points"), Exact)],
    );
    check(
        "The lead is 12 percentage points.",
        &[("12 percentage points", 12.0, None, Some("percentage points"), Exact)],
    );
    check(
        "The rate rose 25 basis points to 5 per cent.",
        &[
            ("25 basis points", 25.0, None, Some("basis points"), Exact),
            ("5 per cent", 5.0, None, Some("percent"), Exact),
        ],
    );
    check(
        "The rate fell by a quarter of a percentage point.",
        &[("a quarter of a percentage point", 0.25, None, Some("percentage points"), Exact)],
    );
}

#[test]
fn lengths_of_two_units() {
    check("He is 6ft 1in tall.", &[("6ft 1in", 73.0, None, Some("inches"), Exact)]);
    check("He is 5 feet 11 inches tall.", &[("5 feet 11 inches", 71.0, None, Some("inches"), Exact)]);
    check("He is 5'7\" tall.", &[("5'7\"", 67.0, None, Some("inches"), Exact)]);
    check("The 5-foot-9 pitcher left.", &[("5-foot-9", 69.0, None, Some("inches"), Exact)]);
    check("The baby weighed 7lb 4oz.", &[("7lb 4oz", 116.0, None, Some("ounces"), Exact)]);
    check("The wall is 30ft high.", &[("30ft", 30.0, None, Some("feet"), Exact)]);
}

#[test]
fn nobody_is_none_where_nothing_happened() {
    check("Nobody was hurt.", &[("Nobody", 0.0, None, Some("hurt"), Exact)]);
    check("No one has been arrested.", &[("No one", 0.0, None, Some("arrested"), Exact)]);
    check("There were no injuries.", &[("no injuries", 0.0, None, Some("injuries"), Exact)]);
    check("None of the crew was injured.", &[("None", 0.0, None, Some("injured"), Exact)]);
    check("Nobody asked why.", &[]);
}

#[test]
fn money_of_any_country() {
    check("It cost 20 million Mexican pesos.", &[("20 million Mexican pesos", 2e7, None, Some("MXN"), Exact)]);
    check("It cost 500 Swiss francs.", &[("500 Swiss francs", 500.0, None, Some("CHF"), Exact)]);
    check("It cost 3 billion Hong Kong dollars.", &[("3 billion Hong Kong dollars", 3e9, None, Some("HKD"), Exact)]);
    check("It cost A$30.", &[("A$30", 30.0, None, Some("AUD"), Exact)]);
    check("It cost CHF 20.", &[("CHF 20", 20.0, None, Some("CHF"), Exact)]);
    check("It was Hale's $5 idea.", &[("$5", 5.0, None, Some("USD"), Exact)]);
    check("It cost 40 Egyptian pounds.", &[("40 Egyptian pounds", 40.0, None, Some("EGP"), Exact)]);
}

#[test]
fn labels_and_telephone_numbers_count_nothing() {
    for text in [
        "Call 020 7946 0018 for help.",
        "Call +44 20 7946 0018 for help.",
        "The number is 555-867-5309.",
        "Witnesses should dial 999.",
        "She took the 42 bus home.",
        "She took bus 42 home.",
        "The train leaves from platform 4.",
        "An Airbus A320 and a Boeing 747-400 landed.",
        "The M25 was shut.",
        "The helpline is 0808 555 111.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn ages_scores_and_lines_to_call_count_nothing() {
    for text in [
        "Mara was 13 when she left, and her brother, who was 11 at the time, stayed.",
        "Police held a man, 32, on suspicion of theft.",
        "Harrow 2 - 0 Melby",
        "You can call the Helpers free on 116 321 at any hour.",
        "The camera showed her at 4.40 am on the quay.",
    ] {
        check(text, &[]);
    }
    check(
        "The score of 12 - 40 in all - was low.",
        &[("12", 12.0, None, None, Exact), ("40", 40.0, None, None, Exact)],
    );
    check("There were 13 boats when she left.", &[("13", 13.0, None, Some("boats"), Exact)]);
}

#[test]
fn an_m_before_a_length_is_of_metres() {
    check("The mast is 40m tall.", &[("40m", 40.0, None, Some("metres"), Exact)]);
    check("She won the 200m final.", &[("200m", 200.0, None, Some("metres"), Exact)]);
    check("Homes up to 90m from the quarry shook.", &[("up to 90m", 90.0, None, Some("metres"), AtMost)]);
    check("It paid £40m for the tall ship.", &[("£40m", 4e7, None, Some("GBP"), Exact)]);
    check("Some 40m people saw it.", &[("Some 40m", 4e7, None, Some("people"), About)]);
}

#[test]
fn halves_and_quarters_of_a_scale() {
    check("A million and a half trees fell.", &[("A million and a half", 1.5e6, None, Some("trees"), Exact)]);
    check(
        "Three and a quarter million trees fell.",
        &[("Three and a quarter million", 3.25e6, None, Some("trees"), Exact)],
    );
    check("One-and-a-half million trees fell.", &[("One-and-a-half million", 1.5e6, None, Some("trees"), Exact)]);
}

#[test]
fn parts_of_a_point_where_rates_are_told_of() {
    let points = Some("percentage points");
    check(
        "It cut rates by a quarter point to 3%.",
        &[("a quarter point", 0.25, None, points, Exact), ("3%", 3.0, None, Some("percent"), Exact)],
    );
    check("The yield fell 0.4 of a percentage point.", &[("0.4 of a percentage point", 0.4, None, points, Exact)]);
}

#[test]
fn below_zero_is_less_than_nothing() {
    check("It was 20 degrees below zero.", &[("20 degrees below zero", -20.0, None, Some("degrees"), Exact)]);
    check("It was 8 below zero.", &[("8 below zero", -8.0, None, Some("degrees"), Exact)]);
}

#[test]
fn a_change_is_no_range() {
    check(
        "The number of wounded rose from 9 to 17 people.",
        &[("9", 9.0, None, Some("people"), Exact), ("17", 17.0, None, Some("people"), Exact)],
    );
    check("It took from 10 to 12 ships.", &[("from 10 to 12", 10.0, Some(12.0), Some("ships"), Exact)]);
}

#[test]
fn lengths_with_a_comma_and_shares_of_somebody() {
    check("The door is 7 feet, 3 inches high.", &[("7 feet, 3 inches", 87.0, None, Some("inches"), Exact)]);
    check("He is 5 foot 9.", &[("5 foot 9", 69.0, None, Some("inches"), Exact)]);
    check("The goalkeeper, 6-foot-3, ducked.", &[("6-foot-3", 75.0, None, Some("inches"), Exact)]);
    check("One in four drivers texts.", &[("One in four", 0.25, None, Some("drivers"), Exact)]);
    check("One-in-ten drivers was fined.", &[("One-in-ten", 0.1, None, Some("drivers"), Exact)]);
}

#[test]
fn names_with_numbers_count_nothing() {
    for text in [
        "She lives at flat 3C, 40 Mill Road.",
        "Send it to ZIP code 40213.",
        "The bill, H.R. 2204, failed.",
        "Windows 10 was shown.",
        "Ladder 9 came first.",
        "No. 3 seed Ida Brandt beat No. 11 Lou Marsh.",
        "Lot 22 was withdrawn.",
        "Quote reference 4471.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn none_of_anything_is_none() {
    check("Zero leaks were found.", &[("Zero", 0.0, None, Some("leaks"), Exact)]);
    check("None of the ferries sailed.", &[("None", 0.0, None, Some("ferries"), Exact)]);
    check("No roofs were damaged.", &[("No roofs", 0.0, None, Some("roofs"), Exact)]);
    check("Nobody was on board.", &[("Nobody", 0.0, None, Some("people"), Exact)]);
    check("They praised zero-waste shops.", &[]);
}

#[test]
fn what_a_hyphen_ties_to_a_number() {
    check("A 14-foot fence fell.", &[("14-foot", 14.0, None, Some("feet"), Exact)]);
    check("The 9,000-seat arena is shut.", &[("9,000-seat", 9000.0, None, Some("seats"), Exact)]);
    check("The four-mile jam went on.", &[("four-mile", 4.0, None, Some("miles"), Exact)]);
    check("The $2.5-billion bid failed.", &[("$2.5-billion", 2.5e9, None, Some("USD"), Exact)]);
    check("A 30-million-euro loan was paid.", &[("30-million-euro", 3e7, None, Some("EUR"), Exact)]);
    check("It fed a half-million people.", &[("a half-million", 5e5, None, Some("people"), Exact)]);
    check("One-third of voters came.", &[("One-third", 1.0 / 3.0, None, Some("voters"), Exact)]);
}

#[test]
fn areas_lengths_and_abbreviated_scales() {
    check("It burned 9 sq km of heath.", &[("9 sq km", 9.0, None, Some("square km"), Exact)]);
    check("The room measures 21m².", &[("21m²", 21.0, None, Some("square metres"), Exact)]);
    check(
        "The mast was 40m (131ft) high.",
        &[("40m", 40.0, None, Some("metres"), Exact), ("131ft", 131.0, None, Some("feet"), Exact)],
    );
    check("She is six foot two.", &[("six foot two", 74.0, None, Some("inches"), Exact)]);
    check("He swam 300m to the quay.", &[("300m", 300.0, None, Some("metres"), Exact)]);
    check("She won the 400m in Melby.", &[("400m", 400.0, None, Some("metres"), Exact)]);
    check("Profit was 2.1 bln crowns.", &[("2.1 bln", 2.1e9, None, Some("crowns"), Exact)]);
    check("It raised $4 mil on Monday.", &[("$4 mil", 4e6, None, Some("USD"), Exact)]);
    check("The low was minus 12 Celsius.", &[("minus 12 Celsius", -12.0, None, Some("degrees Celsius"), Exact)]);
    check("Petrol costs 151p a litre.", &[("151p", 151.0, None, Some("pence"), Exact)]);
    check(
        "The bank raised rates a full percentage point.",
        &[("a full percentage point", 1.0, None, Some("percentage points"), Exact)],
    );
    check("The yard plans to close 14 sheds.", &[("14", 14.0, None, Some("sheds"), Exact)]);
}

#[test]
fn labels_classes_and_rates_count_nothing() {
    check("Year 5 pupils sang.", &[]);
    check("He lives in Apt. 9B.", &[]);
    check("It began in the 1400 block of Hill Street.", &[]);
    check("A 911 call came in.", &[]);
    check("She ran the 10K for charity.", &[]);
    check("He bought an iPhone 13.", &[]);
    check("No one else was hurt.", &[]);
    check("But no other houses were lost.", &[]);
    check("The rate fell to 30 per 100,000 people.", &[("30", 30.0, None, None, Exact)]);
}

#[test]
fn groups_parted_by_spaces() {
    check("The mint struck 2 340 118 coins.", &[("2 340 118", 2_340_118.0, None, Some("coins"), Exact)]);
    check("The barn cost 1.340.000 euros.", &[("1.340.000 euros", 1_340_000.0, None, Some("EUR"), Exact)]);
    check("The barn cost 17\u{a0}250 euros.", &[("17\u{a0}250 euros", 17_250.0, None, Some("EUR"), Exact)]);
    check("Some 48 900 seedlings were planted.", &[("Some 48 900", 48_900.0, None, Some("seedlings"), About)]);
    check("Ashcombe 612 480 Brale 211 300.", &[("480", 480.0, None, None, Exact), ("300", 300.0, None, None, Exact)]);
    // Two numbers beside each other, and a number that is called.
    check("Ring 612 480 for help.", &[]);
    check("In Hall 3 250 guests sat down.", &[("250", 250.0, None, Some("guests"), Exact)]);
}

#[test]
fn decimals_in_words_and_fractions_of_one_character() {
    check(
        "The dam cost two point four billion crowns.",
        &[("two point four billion", 2.4e9, None, Some("crowns"), Exact)],
    );
    check("Prices rose zero point three percent.", &[("zero point three percent", 0.3, None, Some("percent"), Exact)]);
    check("At one point six barges sank.", &[("six", 6.0, None, Some("barges"), Exact)]);
    check("The path is 3½ miles long.", &[("3½", 3.5, None, Some("miles"), Exact)]);
    check("The path is 3 ¼ miles long.", &[("3 ¼", 3.25, None, Some("miles"), Exact)]);
    check("About ⅔ of the seats were empty.", &[("About ⅔", 2.0 / 3.0, None, Some("seats"), About)]);
}

#[test]
fn speeds_codes_and_strengths() {
    check("The sledge did 90 km/h downhill.", &[("90 km/h", 90.0, None, Some("km/h"), Exact)]);
    check("It went at 12 miles an hour.", &[("12 miles an hour", 12.0, None, Some("mph"), Exact)]);
    check("The flask holds 330ml.", &[("330ml", 330.0, None, Some("millilitres"), Exact)]);
    check("The permit costs 450 SEK.", &[("450 SEK", 450.0, None, Some("SEK"), Exact)]);
    check("Output sank 7pc in autumn.", &[("7pc", 7.0, None, Some("percent"), Exact)]);
    check("A 6,500-strong crowd cheered.", &[("6,500-strong", 6500.0, None, None, Exact)]);
}

#[test]
fn number_words_that_are_no_amount() {
    for text in [
        "The thirty-first guest sang.",
        "She signed a seven-figure deal.",
        "Harrow won four-nil.",
        "The match ended two-all.",
    ] {
        check(text, &[]);
    }
}
