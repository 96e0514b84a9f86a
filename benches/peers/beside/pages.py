"""Invented pages with known copies and known speech, for tools to be held beside each other.

Every sentence is drawn from a seed: the people, places and events do not exist. Sentences have few words between those that
are drawn, so that two reports have no wording in common but what one took from the other.
"""

from __future__ import annotations

import html
import json
import random
from pathlib import Path

GIVEN = "Ines Tomas Berit Pavel Lida Aino Caio Petra Jonah Maren Hollis Oskar Rhea Dunya Emil Nora".split()
FAMILY = "Calloway Reyd Solano Lindqvist Marsh Beck Brandt Holm Vesely Oduya Byrne Tamm Quill Abbas Storck Vance".split()
PLACES = "Tarvel Norvik Aldmouth Keswin Orrby Maltaby Brenn Sundhaven Vesterholm Lind Osterby Hallow Mereside Pellan".split()
BODIES = ["harbour authority", "county council", "coast guard", "dockers union", "transport office", "hospital trust"]
THINGS = "ferry bridge pier lock granary tramway reservoir sluice market library quarry lighthouse depot school".split()
CAUSES = ["a broken cable", "high water", "a late budget", "a missing permit", "worn bearings", "a storm", "a strike", "fog"]
ADJECTIVES = (
    "northern old narrow main second disused eastern new wooden lower upper southern western outer broken costly damp early faded "
    "flooded frozen heavy hidden hollow idle leaking locked loose mended missing modest noisy painted patient quiet rented repaired "
    "restless rusted sealed shallow silent sloping spare steep stolen sturdy sunken tidal tiled unpaid untested vacant wary windy "
    "worn young borrowed crowded distant empty foreign gilded honest"
).split()
NOUNS = (
    "anchor archive baker barge barrel beacon bell boiler bolt brewer bucket cable canal candle captain carpenter cart cellar chain "
    "chapel clerk cliff clock colonel cook crane crate dealer diver dredger driver engine farmer fence fiddler fisher flag floor "
    "forester furnace garden gate glazier grain guard gutter hammer harbour hatch hedge herd hinge hull innkeeper island jetty joiner "
    "judge kettle keeper kiln ladder lamp landlord lantern lawyer lever lodger magnet map mason mast meadow merchant miller miner "
    "mirror mooring nurse oar orchard oven painter parcel pilot pipe plank plough porter printer pulley pump rail rope roof sail "
    "sailor saw sawmill sexton shepherd shovel signal sledge slope smith spire stable stove surveyor tailor tanner teacher thatcher "
    "tile toll tower turbine valve vault wagon wall watchman weaver weir well wharf wheel widow winch window workshop yard"
).split()
ACTS = (
    "blamed bought brought carried chained cleared counted covered crossed dragged emptied examined fastened fetched filled found "
    "gathered greased guarded halted hauled hid hired hoisted joined kept knotted launched leased lifted loaded lowered marked "
    "measured met moved nailed offered opened owed packed passed placed pulled pushed raised reached refused rented replaced rescued "
    "returned salvaged searched shielded shifted shored shut sketched sold sorted spared stacked steadied stored swept tested traced "
    "traded turned unloaded wanted warned watched weighed"
).split()
PLACED = "above across after against along amid around before behind below beneath beside beyond despite inside near outside over past through toward under without".split()
MONTHS = "January February March April May June July August September October November December".split()
OUTLETS = "Quay Post|Inland Ledger|Vell News|Strait Monitor|Kestrel Gazette|Tarvel Echo|Brenn Courier|Orrby Times".split("|")
#: What one outlet prints under every report.
FOOTER = (
    "Readers who know more about this or any other matter in the district may write to the desk in the old customs house "
    "before noon on any working day, and letters that are printed earn a year of the paper without charge."
)


class Draw(random.Random):
    def person(self) -> str:
        return f"{self.choice(GIVEN)} {self.choice(FAMILY)}"

    def thing(self) -> str:
        return f"the {self.choice(ADJECTIVES)} {self.choice(THINGS)}"

    def some(self) -> str:
        return f"{self.choice(ADJECTIVES)} {self.choice(NOUNS)}{self.choice(['', 's'])}"

    def fact(self) -> str:
        who = self.choice([self.person(), f"{self.some()} {self.choice(PLACED)} {self.choice(PLACES)}", f"{self.randrange(3, 980)} {self.some()}"])
        more = "".join(f" {self.choice(PLACED)} {self.some()}" for _ in range(self.randrange(3)))
        words = f"{who} {self.choice(ACTS)} {self.some()} {self.choice(PLACED)} {self.some()}{more} and {self.choice(ACTS)} {self.some()}."
        return words[0].upper() + words[1:]

    def speech(self) -> str:
        return self.choice(
            [
                f"We warned them about {self.choice(CAUSES)} {self.randrange(3, 30)} times, and {self.thing()} was left as it was",
                f"I have worked at {self.thing()} for {self.randrange(3, 40)} years and never saw {self.choice(CAUSES)} do this",
                f"There will be no decision on {self.thing()} before {self.choice(MONTHS)}, whatever {self.choice(PLACES)} asks for",
                f"Our {self.randrange(40, 900)} members in {self.choice(PLACES)} will not go back to {self.thing()} until it is safe",
            ]
        )

    def report(self) -> tuple[list[str], list[dict[str, str]]]:
        """Paragraphs, and who says what in them."""
        paragraphs = [" ".join(self.fact() for _ in range(self.randrange(2, 4))) for _ in range(self.randrange(5, 8))]
        said = []
        for n, at in enumerate((1, 3)):
            speaker, words = self.person(), self.speech()
            cue, role = self.choice(["said", "told reporters", "added"]), f"of the {self.choice(BODIES)}"
            other = self.speech()
            form = self.randrange(4)
            paragraphs.insert(
                at,
                [
                    f"“{words},” {speaker}, {role}, {cue}.",
                    f"{speaker}, {role}, {cue}: “{words}.”",
                    f"{speaker} keeps the books of {self.thing()}. “{words},” {'she' if n else 'he'} said.",
                    f"“{words},” said {speaker}. “{other}.”",
                ][form],
            )
            if form == 3:
                said.append({"text": other, "speaker": speaker})
            said.append({"text": words, "speaker": speaker})
        return paragraphs, said


def replaced(draw: Draw, paragraphs: list[str], share: float) -> list[str]:
    """The same with that share of the words outside of speech replaced by others."""
    others = [word for _ in range(60) for word in draw.fact().split()]

    def change(text: str) -> str:
        if "“" in text:
            return text
        return " ".join(draw.choice(others) if draw.random() < share else word for word in text.split())

    return [change(it) for it in paragraphs]


def page(title: str, outlet: str, day: int, paragraphs: list[str]) -> str:
    def block(it: str) -> str:
        return f"<p>{html.escape(it)}</p>"

    return (
        f'<!doctype html><html lang="en"><head><title>{html.escape(title)} - {outlet}</title>'
        f'<meta property="og:site_name" content="{outlet}"><meta property="article:published_time" content="2031-05-{day:02}T08:00:00Z"></head>'
        f'<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/district">District</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>'
        f"<main><article><h1>{html.escape(title)}</h1>{''.join(map(block, paragraphs))}</article>"
        f'<aside><h2>Most read</h2><ul><li><a href="/a">Ten walks around {PLACES[day % len(PLACES)]}</a></li><li><a href="/b">Weather for the week</a></li></ul></aside></main>'
        f"<footer><p>© {outlet}. All rights reserved.</p></footer></body></html>"
    )


def write(folder: Path, originals: int, copies: int, seed: int = 1) -> None:
    """Pages into ``folder/pages``, and what is true of them into ``folder/truth.json``."""
    draw = Draw(seed)
    (folder / "pages").mkdir(parents=True)
    reports = [draw.report() for _ in range(originals)]
    truth: dict[str, list] = {"pairs": [], "quotes": []}

    def put(name: str, outlet: str, day: int, title: str, paragraphs: list[str], said: list[dict[str, str]]) -> None:
        shown = [*paragraphs, FOOTER] if outlet == OUTLETS[0] else paragraphs
        (folder / "pages" / f"{name}.html").write_text(page(title, outlet, day, shown), encoding="utf-8")
        truth["quotes"].extend({"page": name, **it} for it in said)

    for n, (paragraphs, said) in enumerate(reports):
        put(f"o{n:05}", OUTLETS[n % 5], 1 + n % 20, paragraphs[0].split(",")[0][:70].rstrip("."), paragraphs, said)
    kinds = {"reprint": 0.0, "words-10": 0.1, "words-30": 0.3, "words-50": 0.5, "excerpt": 0.0, "speech-only": 0.0}
    for k, (kind, share) in enumerate(kinds.items()):
        for n in range(copies):
            source = k * copies + n
            paragraphs, said = reports[source]
            name, outlet, title = f"{kind}-{n:05}", OUTLETS[5 + n % 3], f"{draw.choice(PLACES)}: {draw.choice(CAUSES)}"
            if kind == "excerpt":
                own, own_said = draw.report()
                put(name, outlet, 1 + source % 20 + 1, title, [*own[:5], *paragraphs[4:6]], own_said)
            elif kind == "speech-only":
                # Two papers that were at one press conference: the words are the speaker's, the report is its own.
                own, _ = draw.report()
                spoken = [it for it in paragraphs if "“" in it]
                put(name, outlet, 1 + source % 20, title, [it for it in own if "“" not in it] + spoken, said)
                continue
            else:
                put(name, outlet, 1 + source % 20 + 1, title, replaced(draw, paragraphs, share), said)
            truth["pairs"].append([kind, f"o{source:05}", name])
    (folder / "truth.json").write_text(json.dumps(truth))
