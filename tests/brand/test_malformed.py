"""Each way to get a file wrong: the problem names the file, the line, and what to write instead."""

import pytest

from copilot.brand import load_brand
from copilot.errors import KnowledgeError

from .sample import ANCHOR, changed

B, V, P, F = "brand.yaml", "voice.md", "playbooks.yaml", "facts/shop.md"

CASES = [
    # brand.yaml: shape
    (B, "name: Fern & Fold", "nmae: Fern & Fold", 1, "no field `nmae`", "Did you mean `name`?"),
    (B, "name: Fern & Fold\n", "", 1, "has no `name`", "Add `name: "),
    (B, "name: Fern & Fold", "name:", 1, "has no `name`", "Add `name: "),
    (B, "name: Fern & Fold", "name: 42", 1, "must be text, not a whole number", 'name: "42"'),
    (B, "currency: EUR", "currency: EUR\ncurrency: USD", 4, "stands twice; the first is on line 3", "Keep one"),
    (B, "about: A bindery", "about: A bindery: one", 2, "not valid YAML", "in quotes"),
    (B, "  mon: [", "\tmon: [", 7, "not valid YAML", "spaces, not tabs"),
    (B, 'style: "^{initials}"}', 'style: "^{initials}"', 19, "not valid YAML", "}"),
    (B, 'allowed: ["🌿"]', "allowed: 🌿", 21, "must be a list", 'allowed: ["☕"]'),
    (B, "currency: EUR", "currency: euro", 3, "`euro`", "three-letter"),
    (B, "currency: EUR", "currency: !!python/object:os.system EUR", 3, "Tags", "Remove the tag"),
    (B, "links:\n  - fernfold.example\n", "links: &l\n  - *l\n", 37, "References", "in full"),
    # brand.yaml: values
    (B, "[en, de]", "[en, no]", 4, "must be text, not true or false", '"no"'),
    (B, "[en, de]", "[en, pt-BR]", 4, "no language code", "Write `pt`"),
    (B, "[en, de]", "[en, xx]", 4, "no language code", "two-letter"),
    (B, "[en, de]", "[en, en]", 4, "stands twice", "Change one"),
    (B, "[en, de]", "[]", 4, "names no language", "languages: ["),
    (B, "Europe/Vienna", "Europe/Viena", 5, "`Europe/Viena`", "Europe/Vienna"),
    (B, "Europe/Vienna", "../../etc/passwd", 5, "cannot be", "IANA"),
    (B, "  mon: [", "  monday: [", 7, "no day of the week", "Did you mean `mon`?"),
    (B, "09:00-12:00", "25:00-26:00", 7, "no clock shows", "24:00"),
    (B, "09:00-12:00", "12:00-09:00", 7, "closes before it opens", "two days"),
    (B, "09:00-12:00", "9-12", 7, "no hours", '"08:00-18:00"'),
    (B, "13:00-17:00", "11:00-17:00", 7, "overlaps", "Merge"),
    (B, '["10:00-24:00"]', '"10:00-24:00"', 8, "must be a list", "Write a list"),
    (B, "aliases: [album]}", "alias: [album]}", 11, "no field `alias`", "`aliases`"),
    (B, "fernfold.example, account", '"@fernfold.example", account', 13, "without @", "handle: fernfold.example"),
    (B, "account: personal, person: ab", "account: personal, person: zz", 14, "`zz`", "ab"),
    (B, "account: personal, person: ab", "account: personal", 14, "nobody is named", "person:"),
    (B, "account: personal, person: ab", "account: private, person: ab", 14, "`private`", "personal"),
    (B, "fernfold.example, account: brand", "fernfold.example, account: brand, person: ab", 13, "personal", "remove"),
    (B, "relation: owner, title", "relation: boss, title", 16, "`boss`", "owner"),
    (B, "relation: owner, title", "relation: ownr, title", 16, "`ownr`", "Did you mean `owner`?"),
    (B, "id: kc", "id: ab", 17, "stands twice; the first is on line 16", "Change one"),
    (B, "initials: KC", "initials: ab", 17, "initials `ab` stands twice", "Change one"),
    (B, ", organisation: Loud Paper", "", 17, "the agency has no name", "organisation:"),
    (B, "policy: required", "policy: always", 18, "`always`", "required"),
    (B, "^{initials}", "^{inital}", 18, "`style`", "{initials}"),
    (B, "  max: 1", "  max: many", 20, "whole number", "`max: 1`"),
    (B, "  max: 1", "  max: -1", 20, "from 0", "`max: 1`"),
    (B, '["🌿"]', '["leaf"]', 21, "not one emoji", "allowed"),
    (B, "unit: graphemes", "unit: bytes", 23, "`bytes`", "graphemes"),
    (B, "    limit: 500", "    limits: 500", 25, "no field `limits`", "`limit`"),
    (B, "  mastodon:\n    limit: 500", "  mastodon: {}", 24, "has no `limit`", "limit: 300"),
    (B, "urgent: 30", "urgent: 0", 26, "from 1", "urgent: 30"),
    (B, "    to: ab", "    to: jo", 30, "`jo`", "ab"),
    (B, "    words: [mould, spores]", "    words: []", 29, "could never be noticed", "words:"),
    (B, "    why: Spores can make people ill.\n", "", 28, "has no `why`", "Add `why"),
    (B, "kind: repair", "kind: refunds", 34, "`refunds`", "Did you mean `refund`?"),
    (B, "roles: [owner, agency]", "roles: [owner, agent]", 34, "`agent`", "Did you mean `agency`?"),
    (B, "up_to: 40.50", "up_to: forty", 34, "must be a number", "up_to: 20"),
    (B, "up_to: 40.50", "up_to: -4", 34, "zero or more", "up_to: 20"),
    (B, "kind: callback", "kind: repair", 35, "`repair by owner` stands twice", "Change one"),
    (B, "  - fernfold.example\n", "  - https://fernfold.example/\n", 37, "not a host", "Write `fernfold.example`"),
    (B, "  - fernfold.example\n", "  - '*.fernfold.example'\n", 37, "not a host", "Write a host"),
    (B, "T5: block", "T5: info", 39, "never milder", "`warn` or `block`"),
    (B, "T5: block", "T55: block", 39, "no check `T55`", "T5"),
    (B, "T5: block", "P5: block", 39, "always escalates", "Remove"),
    (B, "T5: block", "T5: hard", 39, "`hard`", "block"),
    # voice.md
    (V, "---\nversion: 2", "version: 2", 1, "front matter", "Begin with three lines"),
    (V, "owner: ab\n---\n", "owner: ab\n", 1, "has no end", "Add a line `---`"),
    (V, "version: 2\n", "", 2, "has no `version`", "version: 1"),
    (V, "owner: ab", "owner: jo", 3, "`jo`", "ab"),
    (V, "owner: ab", "owner: [ab", 4, "not valid YAML", "]"),
    (V, " {#v-wrong-first}", "", 16, "no id", "{#v-what-went-wrong}"),
    (V, "{#v-wrong-first}", "{v-wrong-first}", 16, "begins with `#`", "{#v-wrong-first}"),
    (V, "{#v-wrong-first}", "{#wrong}", 16, "must begin with `v-`", "{#v-"),
    (V, "{#v-wrong-first}", "{#v-Wrong}", 16, "`v-Wrong`", "{#v-"),
    (V, "why. {#v-wrong-first}", "why. {#v-wrong-first} And more.", 16, "last thing", "end of the line"),
    (V, "{#v-wrong-first}", "{#v-we}", 19, "stands twice; the first is on line 16", "Change one"),
    (V, "check=first-person-plural", "check=first-person", 19, "no check `first-person`", "first-person-plural"),
    (V, "check=first-person-plural", "chek=first-person-plural", 19, "`chek`", "Did you mean `check`?"),
    (V, "check=first-person-plural", "check=signs check=no-emoji", 19, "`check` stands twice", "Keep one"),
    (V, "check=max-sentences=4", "check=max-sentences", 22, "needs a number", "check=max-sentences=3"),
    (V, "check=first-person-plural", "check=signs=2", 19, "takes no number", "check=signs"),
    (V, "  - Do: ", "- Do: ", 17, "does not stand under a rule", "two spaces"),
    (V, "  - Don't: ", "  - Never: ", 18, "only examples", "Don't"),
    (V, '"The spine came loose. We glued it too dry."', "", 17, "empty", "Do"),
    (V, "- Two people", "1. Two people", 10, "Numbered", "`- `"),
    (V, "Prose that nobody", "- Prose that nobody", 7, "before the first `##`", "heading"),
    (V, "- `journey`: books", "- journey: books", 30, "backticks", "`guys` → `everyone`"),
    (V, "- `journey`: books", "- ``: books", 30, "backticks", "`guys`"),
    (V, "- `journey`: books", "- `GUYS`: books", 30, "stands twice; the first is on line 29", "Change one"),
    (V, "`book block`: the", "`book block` -> `block`: the", 26, "no better word", "flat white"),
    (V, "Prose that nobody", "Prose {#v-prose} that nobody", 7, "outside a bullet", "Begin the line"),
    # playbooks.yaml
    (P, "complaint:", "complaints:", 1, "no intent `complaints`", "Did you mean `complaint`?"),
    (P, "act: own", "act: onw", 6, "`onw`", "Did you mean `own`?"),
    (P, "      guide: Say what went wrong.\n", "", 6, "has no `guide`", "Add `guide"),
    (P, 'lines: ["That should not have happened."]', "lines: That was us.", 8, "must be a list", "lines: ["),
    (P, "optional: true", "optional: maybe", 11, "true or false", "optional: false"),
    (
        P,
        "  acts:\n    - {act: thank, guide: Thank them once.}\n",
        "  public: yes it is\n",
        13,
        "nothing to do",
        "acts:",
    ),
    (P, "  private: addresses", "  privat: addresses", 3, "`privat`", "Did you mean `private`?"),
    # facts
    (F, "source: the board in the window\n", "", 2, "has no `source`", "Add `source:"),
    (F, "import-100d", "import-100", 2, "is no day", "import-30d"),
    (F, "import-100d", "10.03.2026", 2, "is no day", "2026-03-01"),
    (F, "import-100d", "2026-02-30", 2, "does not exist", "2026-03-01"),
    (F, " {#f-monday}", "", 8, "no id", "{#f-bindery-opens-mondays}"),
    (F, "{#f-spine", "{#f-monday", 9, "the first is in facts/shop.md:8", "Change one"),
    (F, "valid_until=import+14d", "valid_until=import-200d", 9, "before it begins", "Correct"),
    (F, "valid_until=import+14d", "until=import+14d", 9, "`until`", "Did you mean `valid_until`?"),
    (F, "valid_until=import+14d", "valid_until", 9, "not `name=value`", "valid_until=…"),
    (F, "valid_until=import+14d", "valid_until=import+9999999d", 9, "is no day", "import+14d"),
    (F, "valid_from=2026-03-20", "valid_from=20260320", 12, "is no day", "2026-03-01"),
    (F, "{#f-monday}", "{#f-monday}\n  - under it", 9, "no bullets under it", "of its own"),
    (F, "Prose about the opening.", "Prose {#f-lost}.", 6, "outside a bullet", "Begin the line"),
    (F, "{#f-monday}", "{#f-monday}\n\n  And more.", 8, "would be lost", "Join"),
    (F, "valid_from: import-100d", "valid_from: import\nvalid_until: import-1d", 3, "before `valid_from`", "Exchange"),
    (F, "A new spine", "A new\x07 spine", 9, "control character (U+0007)", "Retype"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "says", "fix"), CASES)
def test_a_malformed_file_is_refused_with_line_and_fix(
    file: str, old: str, new: str, line: int, says: str, fix: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_brand("fern-fold", changed(file, old, new), ANCHOR)
    problems = caught.value.problems
    assert len(problems) == 1, "\n".join(map(str, problems))
    assert (problems[0].file, problems[0].line) == (file, line), problems[0]
    assert says in problems[0].message, problems[0].message
    assert fix in problems[0].fix, problems[0].fix
    assert f"{file}:{line}: " in str(caught.value)


def test_a_misspelt_heading_explains_why_its_words_are_taken_for_rules() -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_brand("fern-fold", changed(V, "## Words we avoid", "## Words we avoided"), ANCHOR)
    assert [one.line for one in caught.value.problems] == [28, 29, 30]
    assert "`Words we avoid`" in caught.value.problems[0].fix


@pytest.mark.parametrize("file", [B, V])
def test_a_missing_required_file_is_named(file: str) -> None:
    files = {name: text for name, text in changed(B, "EUR", "EUR").items() if name != file}
    with pytest.raises(KnowledgeError) as caught:
        load_brand("fern-fold", files, ANCHOR)
    assert [(one.file, one.line) for one in caught.value.problems] == [(file, 0)]


def test_a_broken_brand_yaml_does_not_accuse_the_people_named_elsewhere() -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_brand("fern-fold", changed(B, "name: Fern & Fold", "name: [Fern"), ANCHOR)
    assert {one.file for one in caught.value.problems} == {B}


def test_deep_nesting_ends_in_a_problem_not_in_a_crash() -> None:
    for text in ("- " * 400_000, "[" * 400_000, "{a: " * 30_000, "? " * 200_000):
        with pytest.raises(KnowledgeError):
            load_brand("fern-fold", changed(P, "complaint:", text), ANCHOR)


def test_a_fact_id_is_unique_over_all_files() -> None:
    files = {**changed(B, "EUR", "EUR"), "facts/again.md": "---\nsource: x\n---\n- Again. {#f-spine}\n"}
    with pytest.raises(KnowledgeError) as caught:
        load_brand("fern-fold", files, ANCHOR)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("facts/shop.md", 9) and "facts/again.md:4" in problem.message
