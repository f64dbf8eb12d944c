"""A small brand that is right in every way; tests break it in one place at a time, and count its lines."""

from datetime import UTC, date, datetime

from copilot.brand import load_brand
from copilot.models import Brand

ANCHOR = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

BRAND_YAML = """\
name: Fern & Fold
about: A bindery that repairs books.
currency: EUR
languages: [en, de]
timezone: Europe/Vienna
hours:
  mon: ["09:00-12:00", "13:00-17:00"]
  sat: ["10:00-24:00"]
  sun: []
products:
  - {name: Travel Album, aliases: [album]}
handles:
  - {channel: bluesky, handle: fernfold.example, account: brand}
  - {channel: mastodon, handle: ada@ink.example, account: personal, person: ab}
people:
  - {id: ab, name: Ada Binder, initials: AB, relation: owner, title: founder}
  - {id: kc, name: Kai Corner, initials: KC, relation: agency, organisation: Loud Paper, channels: [bluesky]}
signature: {policy: required, style: "^{initials}"}
emoji:
  max: 1
  allowed: ["🌿"]
channels:
  bluesky: {limit: 300, unit: graphemes, private_messages: true}
  mastodon:
    limit: 500
targets: {urgent: 30, normal: 240, praise: 1440}
escalate:
  - id: mould
    words: [mould, spores]
    to: ab
    why: Spores can make people ill.
    public_interest: true
commitments:
  - {kind: repair, roles: [owner, agency], up_to: 40.50, within_days: 10, note: One spine.}
  - {kind: callback, roles: [owner]}
links:
  - fernfold.example
  - help.fernfold.example/returns
checks: {T5: block, H6: block}
"""

VOICE_MD = """\
---
version: 2
owner: ab
---
# How we sound

Prose that nobody reads as a rule.

## Who we are
- Two people with glue on their sleeves.

## Who we are not
- A lifestyle.

## Mistakes
- Say what went wrong before why. {#v-wrong-first}
  - Do: "The spine came loose. We glued it too dry."
  - Don't: "Due to circumstances there was an issue."
- Write as we. {#v-we check=first-person-plural}

### Length
- Keep it
  short. {#v-short check=max-sentences=4}

## Words we use
- `book block`: the pages without the cover

## Words we avoid
- `guys` -> `everyone`: not all of us are
- `journey`: books travel, replies do not
"""

PLAYBOOKS_YAML = """\
complaint:
  public: what happened
  private: addresses
  hand_over: somebody was hurt
  acts:
    - act: own
      guide: Say what went wrong.
      lines: ["That should not have happened."]
    - act: next_step
      guide: Say what follows.
      optional: true
  holding: ["Somebody here is looking at this."]
praise:
  acts:
    - {act: thank, guide: Thank them once.}
"""

FACTS_MD = """\
---
valid_from: import-100d
source: the board in the window
---
# Opening
Prose about the opening.

- The bindery opens at 9:00 on Mondays. {#f-monday}
- A new spine costs €40. {#f-spine valid_until=import+14d}

## Later
- A box takes
  two weeks. {#f-box valid_from=2026-03-20 source="talk with Ada"}
"""

PRECEDENTS = """\
{"id": "p-loose", "intent": "complaint", "mention": "Loose again", "situation": "A spine came loose", "reply": "We glued it too dry. ^AB", "acts": ["own"], "fact_ids": ["f-spine"], "authority": "ab", "speaker": "ab", "resolved_at": "import-40d", "status": "accepted"}
{"id": "p-kind", "intent": "praise", "mention": "Lovely", "situation": "Praise", "reply": "Thank you. ^AB", "resolved_at": "2026-01-05", "superseded_by": "p-loose"}
"""  # noqa: E501

MENTIONS = """\
{"id": "m-1", "channel": "bluesky", "author": "mira.example", "text": "Loose again", "created_at": "import-26h", "lang": "en"}
{"id": "m-2", "channel": "bluesky", "author": "fernfold.example", "text": "Which book?", "created_at": "import-3h", "in_reply_to": "m-1", "from_brand": true}
{"id": "m-3", "channel": "bluesky", "author": "mira.example", "text": "The atlas", "created_at": "2026-03-10T12:30:00+01:00", "in_reply_to": "m-2", "thread": "m-1", "has_media": true, "url": "https://bsky.example/3"}
"""  # noqa: E501

FILES = {
    "brand.yaml": BRAND_YAML,
    "voice.md": VOICE_MD,
    "playbooks.yaml": PLAYBOOKS_YAML,
    "facts/shop.md": FACTS_MD,
    "precedents.jsonl": PRECEDENTS,
    "mentions.jsonl": MENTIONS,
}


def good() -> Brand:
    """The brand as it should be read."""
    return load_brand("fern-fold", FILES, ANCHOR)


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The files with one piece of one file exchanged."""
    assert FILES[file].count(old) == 1, f"{old!r} stands {FILES[file].count(old)} times in {file}"
    return {**FILES, file: FILES[file].replace(old, new)}
