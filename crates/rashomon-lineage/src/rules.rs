//! The rules of this stage: what shows that one report took from another.

use rashomon_model::rules;

const CHAINS: &str = "synthetic chains of copies and pairs of the news pool read by hand (docs/lineage.md)";
const READ: &str = "nothing by itself; read on examples of the news pool (docs/lineage.md)";

/// Seventy-five words that an invented report may take.
macro_rules! pier {
    () => {
        "Engineers who examined the pier before dawn found that its oldest timbers had rotted below the waterline, and that nobody had inspected them since the northern lock was rebuilt. The harbour board had put off the work twice because the dredger was needed upstream. Pilots complained in writing about loose planks every winter. Their letters were filed under correspondence and never answered. A contractor offered to replace the worst section for a third of the price that was paid last month."
    };
}

/// The same in other words.
macro_rules! pier_reworded {
    () => {
        "Surveyors who examined the pier before sunrise saw that its oldest beams had rotted under the waterline, and that no one had looked at them since the northern lock was rebuilt. The harbour council had put off the repair twice because its dredger was wanted upstream. Pilots grumbled in letters about loose boards every winter. Their notes were kept under correspondence and never read. A builder offered to renew the worst part for a third of the sum that was paid last month."
    };
}

/// What stands around it in two reports that are otherwise their own.
macro_rules! market {
    () => {
        "Traders at the fish market set out their tables an hour late and sold what the night boats had landed. A school choir that was to sing on the quay went home by tram. Two cafés kept their shutters down until the police had moved the tape. An old man with a spaniel asked everybody whether the ferry to the islands would run."
    };
}

macro_rules! bridge {
    () => {
        "Drivers on the swing bridge waited for most of the morning while a crane was floated up from the yards. The bishop, who had a christening on the far shore, crossed in a rowing boat. Insurance men walked about with cameras and notebooks. By evening the wind had gone round to the east and it began to snow on the warehouses."
    };
}

/// A night at the pier, and the same in other words.
macro_rules! night {
    () => {
        "Pier closed\n\nThe night watchman heard the first crack at ten past three in the morning, he told the board. He rang the brass bell twice and ran along the sea wall to the pilots' house. By four o'clock all of the stranded anglers had been taken off by a cutter. Ida Lund came down in a borrowed oilskin coat and took command at once. She counted heads under the yellow lamp, again and again, and two were missing. They turned up at breakfast, drunk as lords, in the seamen's mission on the hill. The last plank went over the weir at noon, and nobody saw it go."
    };
}

macro_rules! night_retold {
    () => {
        "How the pier went down\n\nTen past three it was when a noise, the first crack, woke somebody in the lodge. Its keeper beat a brass bell and hurried off. Somewhere along the sea wall lamps were lit, and from there a cutter sailed. Aboard her, towards four, sat the stranded anglers with their rods. Then Lund appeared: the mayor wore a borrowed oilskin coat that reached to her feet. Beneath the yellow lamp she let them line up, and twice the sum was wrong. What nobody guessed was solved in the seamen's mission, where two men slept, drunk as lords. Around midday the sea carried the last plank over the weir.\n\nThis article was originally published by Harbour Times."
    };
}

rules! {
    /// The rules of this stage.
    SAME_ADDRESS = "same-address" {
        finds: "two versions of one report, by their address",
        matters: "What an outlet changed after publishing is not a second account.",
        reports: [
            ("https://harbourtimes.example/pier", "2031-05-09T08:00:00Z", concat!("Pier closed\n\n", pier!())),
            ("https://www.harbourtimes.example/pier?from=home", "2031-05-09T12:00:00Z", concat!("Pier closed\n\n", pier!(), " The board meets tomorrow.")),
        ],
        shows: "revision",
        wrong_when: "An address is used again for another report.",
        measured: CHAINS,
    }
    SAME_OUTLET = "same-outlet" {
        finds: "two versions of one report, by the outlet's name and the text",
        matters: "What an outlet changed after publishing is not a second account.",
        reports: [
            ("Harbour Times", "2031-05-09T08:00:00Z", concat!("Pier closed\n\n", pier!())),
            ("Harbour Times", "2031-05-09T12:00:00Z", concat!("Pier shut for months\n\n", pier!(), " The board meets tomorrow.")),
        ],
        shows: "revision",
        wrong_when: "An outlet prints much of a report again inside a later one.",
        measured: CHAINS,
    }
    SAME_SITE = "same-site" {
        finds: "two versions of one report, by the site they stand on and the text",
        matters: "What an outlet changed after publishing is not a second account.",
        reports: [
            ("https://harbourtimes.example/pier-closed", "2031-05-09T08:00:00Z", concat!("Pier closed\n\n", pier!())),
            ("https://harbourtimes.example/pier-shut", "2031-05-09T12:00:00Z", concat!("Pier shut for months\n\n", pier!(), " The board meets tomorrow.")),
        ],
        shows: "revision",
        wrong_when: "A site collects reports of many outlets.",
        measured: CHAINS,
    }
    SAME_HEADLINE_AND_DATELINE = "same-headline-and-dateline" {
        finds: "two versions of one report of unknown outlets, by headline and time",
        matters: "Saved pages often lack the outlet's name; the headline and the minute tell.",
        reports: [
            ("", "2031-05-09T08:00:00Z", concat!("Pier closed after night survey\n\n", pier!())),
            ("", "2031-05-09T08:00:00Z", concat!("Pier closed after night survey\n\n", pier!(), " The board meets tomorrow.")),
        ],
        shows: "revision",
        wrong_when: "Two outlets print an agency's report with its headline and its time.",
        measured: CHAINS,
    }
    VERBATIM_TEXT = "verbatim-text" {
        finds: "the whole of a report in another, word for word",
        matters: "Ten copies of one text are one account.",
        reports: [
            ("Harbour Times", "2031-05-09", concat!("Pier closed\n\n", pier!())),
            ("Quay Post", "2031-05-10", concat!("Rotten timbers\n\n", pier!())),
        ],
        shows: "reprint",
        wrong_when: "Both print a statement that is quoted without marks.",
        measured: CHAINS,
    }
    SAME_TEXT_OTHER_WORDS = "same-text-other-words" {
        finds: "the whole of a report in another, with words replaced",
        matters: "A rewording adds no witness.",
        reports: [
            ("Harbour Times", "2031-05-09", concat!("Pier closed\n\n", pier!())),
            ("Quay Post", "2031-05-10", concat!("Rotten timbers\n\n", pier_reworded!())),
        ],
        shows: "rewrite",
        wrong_when: "Both follow the wording of a third text that is not among the reports.",
        measured: CHAINS,
    }
    SHARED_PASSAGE = "shared-passage" {
        finds: "a passage of one report in another that has more to tell",
        matters: "That part of it is no account of its own.",
        reports: [
            ("Harbour Times", "2031-05-09", concat!("Pier closed\n\n", market!(), " ", market!(), "\n\n", pier!())),
            ("Quay Post", "2031-05-10", concat!("A long day at the harbour\n\n", bridge!(), "\n\n", pier!(), "\n\nBoats were moved to the outer basin, where the divers had room to work.")),
        ],
        shows: "excerpt",
        wrong_when: "The passage is a list or a statement that both had from elsewhere.",
        measured: CHAINS,
    }
    PASSAGE_IN_OTHER_WORDS = "passage-in-other-words" {
        finds: "a passage of one report in another, with words replaced",
        matters: "That part of it is no account of its own.",
        reports: [
            ("Harbour Times", "2031-05-09", concat!("Pier closed\n\n", market!(), " ", market!(), "\n\n", pier!())),
            ("Quay Post", "2031-05-10", concat!("A long day at the harbour\n\n", bridge!(), "\n\nAs the Harbour Times reported: ", pier_reworded!())),
        ],
        shows: "rewrite",
        wrong_when: "Official wording that everybody uses is taken for one outlet's.",
        measured: CHAINS,
    }
    COPIES_OF_ONE_SOURCE = "copies-of-one-source" {
        finds: "two reports with one text that both name the same source",
        matters: "They are one account, and it is the source's.",
        reports: [
            ("Harbour Times", "2031-05-09", concat!("Pier closed\n\n", pier!(), "\n\n(Reuters)")),
            ("Quay Post", "2031-05-09", concat!("Rotten timbers\n\n", pier!(), "\n\n(Reuters)")),
        ],
        shows: "common-source",
        wrong_when: "The credit belongs to a picture.",
        measured: CHAINS,
    }
    EACH_LACKS_WHAT_THE_OTHER_HAS = "each-lacks-what-the-other-has" {
        finds: "two cut copies of a text that is not among the reports",
        matters: "Neither took it from the other; both rest on the third.",
        reports: [
            ("Harbour Times", "2031-05-09", "Pier closed\n\nEngineers who examined the pier before dawn found that its oldest timbers had rotted below the waterline. The harbour board had put off the work twice because the dredger was needed upstream. Pilots complained in writing about loose planks every winter. A contractor offered to replace the worst section for a third of the price. The mayor will speak to the board on Friday about what is to be done with the rest of it. Divers are to come from the capital with lamps and saws. The ferry to the islands sails from the outer basin until then."),
            ("Quay Post", "2031-05-09", "Rotten timbers\n\nEngineers who examined the pier before dawn found that its oldest timbers had rotted below the waterline, and that nobody had inspected them since the northern lock was rebuilt. The harbour board had put off the work twice because the dredger was needed upstream. Their letters were filed under correspondence and never answered by anybody in the office. A contractor offered to replace the worst section for a third of the price. Divers are to come from the capital with lamps and saws, and with a doctor for the cold. The ferry to the islands sails from the outer basin until then."),
        ],
        shows: "common-source",
        wrong_when: "One editor cut a text and added to it in the same places.",
        measured: CHAINS,
    }
    PASSAGE_OF_ONE_SOURCE = "passage-of-one-source" {
        finds: "a passage in two reports that both name the same source",
        matters: "That part is the source's account in both.",
        reports: [
            ("Harbour Times", "2031-05-09", concat!("Pier closed\n\n", market!(), " ", bridge!(), "\n\n", pier!(), "\n\n(Reuters)")),
            ("Quay Post", "2031-05-09", concat!("A long day at the harbour\n\n", "Boats were moved to the outer basin, where the divers had room to work and the pilots could watch them from the tower. A baker who delivers to the ships gave away forty loaves. Nobody knew at noon which of the three cranes was to be used, or who had the key to the engine house. The choir of the seamen's mission practised in the cold for a concert that nobody expected to be held.", "\n\n", pier!(), "\n\n(Reuters)")),
        ],
        shows: "common-source",
        wrong_when: "The credit belongs to another part of the report.",
        measured: CHAINS,
    }
    PASSAGE_IN_SEVERAL_OUTLETS = "passage-in-several-outlets" {
        finds: "a passage that many outlets carry",
        matters: "It is an agency's or a statement's, though none of them says so.",
        reports: [
            ("Harbour Times", "2031-05-09", concat!("Pier closed\n\n", market!(), "\n\n", pier!())),
            ("Quay Post", "2031-05-09", concat!("A long day at the harbour\n\n", bridge!(), "\n\n", pier!())),
            ("Lighthouse Daily", "2031-05-09", concat!("Timbers rotten for years\n\n", pier!(), "\n\nBoats were moved to the outer basin, where the divers had room to work and the pilots could watch them from the tower. A baker who delivers to the ships gave away forty loaves. Nobody knew at noon which of the three cranes was to be used, or who had the key to the engine house.")),
            ("Delta Observer", "2031-05-09", concat!("Board put off repairs\n\n", pier!(), "\n\nIn the marshes the news came late. Eel fishers who had been out since Wednesday heard it on the radio of a passing lighter, and turned for home with half their nets. The schoolmaster let the children draw piers, and hung the drawings in the window of the post office.")),
        ],
        shows: "common-source",
        wrong_when: "Outlets of one owner copy one of them.",
        measured: READ,
    }
    DECLARED_REPRINT = "declared-reprint" {
        finds: "a report that says it was first published elsewhere",
        matters: "It is that outlet's account, whoever prints it.",
        reports: [("Quay Post", "2031-05-09", "Pier closed\n\nThe pier was closed on Friday after a survey.\n\nThis article was originally published by Harbour Times.")],
        shows: "Harbour Times",
        wrong_when: "The line stands under a teaser for another report.",
        measured: READ,
    }
    DECLARED_CREDIT = "declared-credit" {
        finds: "a source that a report credits",
        matters: "What it took from there it did not see itself.",
        reports: [("Quay Post", "2031-05-09", "Pier closed\n\nNORVIK, May 9 (Reuters) - The pier was closed on Friday after a survey.")],
        shows: "Reuters",
        wrong_when: "Only the picture comes from there.",
        measured: READ,
    }
    CREDITED_IN_TEXT = "credited-in-text" {
        finds: "a report of the story that another credits in its prose",
        matters: "What it took from there it did not see itself.",
        reports: [
            ("Harbour Gazette", "2031-05-09T08:00:00Z", "Pier closed\n\nThe pier was closed on Friday after a survey of its beams, the board said."),
            ("Quay Post", "2031-05-09T12:00:00Z", "Trams full as pier is shut\n\nTrams were full on Friday because the pier was shut. Its beams were surveyed this week, the Harbour Gazette reported. Driver Ida Holm said she had left nobody behind."),
        ],
        shows: "Harbour Gazette",
        wrong_when: "Another report of that outlet is meant.",
        measured: READ,
    }
    RESTS_ON_WHAT_IT_CREDITS = "rests-on-what-it-credits" {
        finds: "a report whose lead says that its news was told to another report of the story, or credits it to that and names no other source",
        matters: "Two outlets, one account: the second has not asked anybody itself.",
        reports: [
            ("Harbour Gazette", "2031-05-09T08:00:00Z", "Pier to close\n\nThe pier will close for two years, harbour master Ann Lee told the Harbour Gazette on Friday."),
            ("Quay Post", "2031-05-09T12:00:00Z", "Harbour master: pier to close\n\nHarbour master Ann Lee told the Harbour Gazette that the pier will close for two years."),
        ],
        shows: "Harbour Gazette",
        wrong_when: "The report has asked others as well and says so only further down.",
        measured: READ,
    }
    EMBEDDED_POST = "embedded-post" {
        finds: "a post on a social network that a report shows",
        matters: "The post is a document of its own that others may show too.",
        reports: [("Quay Post", "2031-05-09", "Pier closed\n\nThe pier was closed on Friday.\n\nThe pier is shut. Take the tram. https://t.co/x1 \u{2014} Ann Lee (@annlee) May 9, 2031\n\nTrams were full.")],
        shows: "Ann Lee",
        wrong_when: "A signature in the text looks like a post's.",
        measured: READ,
    }
    DECLARED_ORIGIN = "declared-origin" {
        finds: "a report that names another as its origin and is like it in order and turns of phrase only",
        matters: "A retelling that says where it comes from is no account of its own.",
        reports: [
            ("Harbour Times", "2031-05-09", night!()),
            ("Quay Post", "2031-05-10", night_retold!()),
        ],
        shows: "Harbour Times",
        wrong_when: "The declaration belongs to a part of the page.",
        measured: READ,
    }
    DECLARED_AND_QUOTES_IN_OTHER_WORDS = "declared-and-quotes-in-other-words" {
        finds: "a report that names its origin and has that report's quotations in other words",
        matters: "It was translated and back: its quotations are nobody's exact words.",
        reports: [
            ("Harbour Times", "2031-05-09", "Pier closed\n\nMayor Ida Lund came at noon. \"We could have lost the whole quay in a single night of wind,\" she said. The pilots had warned of it. \"Nobody in the capital ever read the letters that we sent them,\" said the chief pilot, Karl Weiss. \"The old timbers were rotten long before any of us came here,\" he said."),
            ("Quay Post", "2031-05-11", "Mayor speaks of luck\n\nIda Lund, the mayor, visited the harbour. \"We might have lost the entire quay in one night of wind,\" she told those who waited. Her chief pilot was bitter. \"No one in the capital has ever read the letters which we sent,\" Karl Weiss complained. \"The old beams were rotten long before anyone of us came,\" he added.\n\nThis article was originally published by Harbour Times."),
        ],
        shows: "translation",
        wrong_when: "The speakers said it twice.",
        measured: READ,
    }
    PASSAGE_ALIGNED_ACROSS_LANGUAGES = "passage-aligned-across-languages" {
        finds: "several sentences on end that stand in two reports of two languages",
        matters: "A passage that was translated adds no witness, however much stands around it.",
        reports: [
            ("Harbour Times", "2031-05-09", "The storm reached the islands before dawn on 4 May 2031 and tore the roofs off 23 houses in Tarvel. Ida Lund, the mayor, said that repairs would cost 7 million euros. Engineers from Norvik examined 14 bridges on 6 May 2031 and closed three of them. The hospital in Calder treated 61 patients during the night. Schools will remain closed until 19 May 2031. The army sent 250 soldiers and four helicopters to the islands."),
            ("Hafenblatt", "2031-05-10", "Die Oper eröffnet ihre Spielzeit im Herbst mit einem neuen Dirigenten. Er kommt aus Ostmark und hat lange in Vell gearbeitet. Der Chor probt seit Wochen, und die Karten sind fast ausverkauft. Der Sturm erreichte die Inseln vor der Morgendämmerung des 4. Mai 2031 und riss in Tarvel von 23 Häusern die Dächer. Ida Lund, die Bürgermeisterin, sagte, die Reparaturen würden 7 Millionen Euro kosten. Ingenieure aus Norvik untersuchten am 6. Mai 2031 14 Brücken und schlossen drei davon. Das Krankenhaus in Calder behandelte während der Nacht 61 Patienten. Im Theater am Markt beginnt das neue Stück am Sonntag. Die Kritiker lobten die Kostüme und das Licht. Der Regisseur sprach von einem Wagnis. Die Galerie zeigt Bilder junger Maler aus dem Süden."),
        ],
        shows: "translation",
        wrong_when: "Both quote one official text.",
        measured: "three lines of translated news hidden in other articles (docs/quality.md, passages hidden)",
    }
    SENTENCES_ALIGNED_ACROSS_LANGUAGES = "sentences-aligned-across-languages" {
        finds: "two reports in two languages of which most sentences say the same, in order",
        matters: "A translation adds no witness.",
        reports: [
            ("Harbour Times", "2031-05-09", "The storm reached the islands before dawn on 4 May 2031 and tore the roofs off 23 houses in Tarvel. Ida Lund, the mayor, said that repairs would cost 7 million euros. Engineers from Norvik examined 14 bridges on 6 May 2031 and closed three of them. The hospital in Calder treated 61 patients during the night. Schools will remain closed until 19 May 2031. The army sent 250 soldiers and four helicopters to the islands. Police in Tarvel arrested nine looters near the harbour. Fishermen lost 38 boats, according to their union. The minister of finance promised help for every family."),
            ("Hafenblatt", "2031-05-10", "Der Sturm erreichte die Inseln vor der Morgendämmerung des 4. Mai 2031 und riss in Tarvel von 23 Häusern die Dächer. Ida Lund, die Bürgermeisterin, sagte, die Reparaturen würden 7 Millionen Euro kosten. Ingenieure aus Norvik untersuchten am 6. Mai 2031 14 Brücken und schlossen drei davon. Das Krankenhaus in Calder behandelte während der Nacht 61 Patienten. Die Schulen bleiben bis zum 19. Mai 2031 geschlossen. Die Armee schickte 250 Soldaten und vier Hubschrauber auf die Inseln. Die Polizei in Tarvel verhaftete neun Plünderer nahe dem Hafen. Die Fischer verloren nach Angaben ihrer Gewerkschaft 38 Boote. Der Finanzminister versprach jeder Familie Hilfe."),
        ],
        shows: "translation",
        wrong_when: "Both are translated from a third language.",
        measured: "pairs of translated news and of reports of one event in several languages (docs/quality.md, NTREX and halves)",
    }
    NAMES_AND_NUMBERS_ACROSS_LANGUAGES = "names-and-numbers-across-languages" {
        finds: "two reports in two languages that name the same people and places and give the same numbers, in other words",
        matters: "What the reports of one language say can be held against those of another.",
        reports: [
            ("Harbour Times", "2031-05-09", "Lock at Tarvel fails\n\nThe northern lock at Tarvel failed on Friday and nine barges ran aground, Mayor Ida Lund said. Engineers of the Calder Institute have examined the gate. The repair will cost 7.4 million euros and take 38 days. Some 250 tonnes of grain must wait in Norvik."),
            ("Hafenblatt", "2031-05-10", "Schwarzer Tag am Fluss\n\nWer am Kai von Norvik steht, sieht Getreide, so weit das Auge reicht: 250 Tonnen. Schuld ist Tarvel, und dort will es keiner gewesen sein. Ida Lund, die Bürgermeisterin, schweigt, das Calder Institute rechnet. Von 38 Tagen ist die Rede."),
        ],
        shows: "names-and-numbers-across-languages",
        wrong_when: "Two events happen to the same people at one place within days.",
        measured: "halves of translated news that share no sentence, each beside the other articles of the set (docs/quality.md, halves)",
    }
    SAME_SEQUENCE_OF_FACTS = "same-sequence-of-facts" {
        finds: "two reports that tell the same facts in the same order with turns of phrase that others lack, where one owes a source",
        matters: "They may rest on one account that is not among the reports.",
        reports: [
            ("Lighthouse Daily", "2031-05-09", night!()),
            ("Quay Post", "2031-05-10", night_retold!()),
        ],
        shows: "common-source",
        wrong_when: "Both sat at one press conference.",
        measured: "two stories, of five and of nine reports; below its thresholds stand reports of one press conference",
    }
    SHARED_SLIPS = "shared-slips" {
        finds: "slips that two reports share against all others",
        matters: "Two do not make the same mistake by chance: one text stands behind both.",
        reports: [
            ("Harbour Times", "2031-05-09", "The watchman rang the brass bell twice before the pier fell. Traders at the fish market set out their tables an hour late and sold what the night boats had landed. A school choir that was to sing on the quay went home by tram. Nobody at the station could say when the next one would leave. Lund counted heads under the yellow lamp and found two missing."),
            ("Quay Post", "2031-05-09", "The watchman rang the brass bell thrice before the pier fell. Drivers on the swing bridge waited for most of the morning while a crane was floated up from the yards. The bishop crossed in a rowing boat. His sermon, on patience, had been printed a week before. Lund counted heads under the green lamp and found two missing."),
            ("Delta Observer", "2031-05-09", "The watchman rang the brass bell twice before the pier fell. Boats were moved to the outer basin, where the divers had room to work. A baker who delivers to the ships gave away forty loaves to whoever asked. His oven had been fired since three o'clock. Lund counted heads under the yellow lamp and found two missing."),
            ("Lighthouse Daily", "2031-05-09", "The watchman rang the brass bell thrice before the pier fell. In the marshes the news came late. Eel fishers who had been out since Wednesday heard it on the radio of a passing lighter and turned for home. Half of their nets are still out there. Lund counted heads under the green lamp and found two missing."),
            ("Northern Echoes", "2031-05-09", "The watchman rang the brass bell twice before the pier fell. Insurance men walked about with cameras and notebooks. By evening the wind had gone round to the east and it began to snow on the warehouses. A dog was seen on the last pile, barking at gulls. Lund counted heads under the yellow lamp and found two missing."),
            ("Canal Gazette", "2031-05-09", "The watchman rang the brass bell twice before the pier fell. Which of three cranes was to be used remained open at dusk. Two cafés kept their shutters down until the police had moved the tape from the steps. Soup was handed out by the seamen's mission. Lund counted heads under the yellow lamp and found two missing."),
        ],
        shows: "the brass bell thrice",
        wrong_when: "What looks like a slip is the right reading, and the others share the mistake.",
        measured: READ,
    }
}
