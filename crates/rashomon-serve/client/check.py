#!/usr/bin/env python3
"""Uses a client that was generated from the OpenAPI document against the invented example.

    pip install openapi-python-client && rashomon serve --demo &
    curl -s http://127.0.0.1:8787/api/v1/openapi.json -o openapi.json
    openapi-python-client generate --path openapi.json --output-path client
    PYTHONPATH=client crates/rashomon-serve/client/check.py http://127.0.0.1:8787
"""
import importlib
import pkgutil
import sys

import rashomon_client.api
from rashomon_client import Client

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)

# Every operation, by its id.
operations = {}
for group in pkgutil.walk_packages(rashomon_client.api.__path__, "rashomon_client.api."):
    module = importlib.import_module(group.name)
    if hasattr(module, "sync_detailed"):
        operations[group.name.rsplit(".", 1)[1]] = module


def ask(operation, *args, status=200, **kwargs):
    answer = operations[operation].sync_detailed(*args, client=client, **kwargs)
    assert answer.status_code == status, (operation, answer.status_code, answer.content[:300])
    return answer.parsed


stories = ask("list_stories", least=2, limit=3)
assert len(stories.items) == 3 and stories.cursor, stories
rest = ask("list_stories", least=2, limit=100, cursor=stories.cursor)
assert not {it.id for it in stories.items} & {it.id for it in rest.items}
story = ask("get_story", stories.items[0].id)
assert len(story.articles) == stories.items[0].articles
assert story.collation.stories[0].points, "a story is told with its comparison"
article = story.articles[0].id
versions = ask("list_versions", article)
assert versions.items[0].number == 1 and versions.items[0].digest.startswith("sha256:")
assert ask("get_version", article, 1)
changed = next(it.article for it in ask("changes_since", since="0", limit=100).items if it.version and it.version > 1)
assert ask("diff_versions", changed, 1, 2)
quotes = ask("find_quotes", limit=5)
said = next(it for it in quotes.items if it.speaker)
checked = ask("check_quote", text=said.text)
assert checked.forms and checked.forms[0].exact
assert ask("search", q="ferry").items
assert ask("list_alerts").items[0].proof is not None
ask("list_feeds")
before = len(ask("list_pins").items)
assert ask("get_story", "no-such-story", status=404).status == 404
print(f"{len(operations)} operations, {before} pins: the generated client is served")
