"""The way of a mention, on real stores: from the inbox to a precedent, and what holds a reply back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from copilot import cases, learn
from copilot.bootstrap import Copilot
from copilot.errors import Conflict, InputError, NotAllowed, Refused
from copilot.models import Actor, Attestation, Mention
from copilot.people import pause, resume, set_role
from copilot.pipeline import Desk
from copilot.replay import replayed
from tests.conftest import OWNER, Clock
from tests.fakes import FakeChat, reply

Open = Callable[..., Copilot]
GOOD = "No, our Market shop has no oat milk; our Pier and Roastery shops do. ^JM"


@pytest.fixture
def desk(copilot: Copilot) -> Desk:
    return copilot.brand("harbor-coffee")


def ask(desk: Desk, text: str = "is there oat milk at the market shop?", id: str = "new-1", **more: object) -> Mention:
    mention = Mention.model_validate(
        {
            "id": id,
            "brand": desk.brand.id,
            "channel": "bluesky",
            "author": "dana",
            "text": text,
            "created_at": desk.clock(),
            "thread": id,
            **more,
        }
    )
    desk.add([mention], OWNER)
    return mention


def reasons(desk: Desk, mention: Mention, text: str) -> dict[str, str]:
    """Written reasons for whatever warns."""
    checks = desk.check(text, mention=mention, speaker="jm")
    return {c.check: "read and meant" for c in checks if c.verdict == "warn"}


def approved(desk: Desk, mention: Mention, text: str = GOOD) -> str:
    answer = desk.approve(mention.id, text, OWNER, overrides=reasons(desk, mention, text))
    assert answer.outbox is not None, [(c.check, c.reason) for c in answer.checks if c.verdict != "pass"]
    return answer.outbox.id


def test_from_a_mention_to_an_accepted_precedent(desk: Desk, copilot: Copilot, clock: Clock) -> None:
    mention = ask(desk, "is there oat milk at the market shop? mail me: dana@example.org")
    desk.draft(mention, "jm")
    assert desk.ledger.case_of(mention.id).state == "drafted"
    outbox = approved(desk, mention)
    assert desk.ledger.case_of(mention.id).state == "approved"
    clock.advance(seconds=30)
    assert cases.mark_sent(desk, outbox, OWNER).state == "sent"
    case, precedent = cases.resolve(desk, desk.ledger.case_of(mention.id).id, "answered", OWNER)
    assert case.state == "resolved" and precedent is not None
    assert precedent.status == "candidate" and "dana@example.org" not in precedent.mention
    learn.accept(desk.ledger, precedent.id, OWNER, clock())
    copilot.ingest("harbor-coffee")
    assert precedent.id in copilot.index.brand("harbor-coffee").ids()


def test_a_reply_with_a_block_is_not_approved_and_nothing_is_stored(desk: Desk) -> None:
    mention = ask(desk)
    answer = desk.approve(mention.id, "Oat milk is €0.50 extra at our Market shop. ^JM", OWNER)
    assert answer.blocked and answer.outbox is None
    assert desk.ledger.outbox() == [] and desk.ledger.case_of(mention.id).state == "open"


def test_an_override_does_not_lift_a_block(desk: Desk) -> None:
    mention = ask(desk)
    text = "Oat milk is €0.50 extra at our Market shop. ^JM"
    every = {c.check: "I say so" for c in desk.check(text, mention=mention, speaker="jm")}
    assert desk.approve(mention.id, text, OWNER, overrides=every).blocked


def test_a_warning_needs_a_written_reason(desk: Desk) -> None:
    mention = ask(desk)
    text = "Unfortunately no, our Market shop has no oat milk; our Pier and Roastery shops do. ^JM"
    first = desk.approve(mention.id, text, OWNER)
    assert not first.blocked and "T1" in first.needs_reason and first.outbox is None
    second = desk.approve(mention.id, text, OWNER, overrides=dict.fromkeys(first.needs_reason, "a gentle no"))
    assert second.outbox is not None
    assert second.outbox.reply.override_reasons["T1"] == "a gentle no"


def test_attesting_lets_a_true_statement_pass_and_tells_the_owner(desk: Desk) -> None:
    mention = ask(desk, "do you have a telescope in the window?")
    text = "We have a brass telescope in the window of our Pier shop. ^JM"
    assert desk.approve(mention.id, text, OWNER, overrides=reasons(desk, mention, text)).blocked
    vouch = Attestation(text="We have a brass telescope in the window of our Pier shop.", by="jm", why="I put it there")
    answer = desk.approve(mention.id, text, OWNER, overrides=reasons(desk, mention, text), attestations=[vouch])
    assert answer.outbox is not None, [(c.check, c.reason) for c in answer.checks if c.verdict == "block"]
    assert [g.origin for g in desk.ledger.gaps()] == ["attested"]


def test_only_ones_own_initials(desk: Desk) -> None:
    mention = ask(desk)
    other = next(p for p in desk.brand.people if p.id != "jm")
    answer = desk.approve(mention.id, GOOD.replace("^JM", f"^{other.initials}"), OWNER)
    assert answer.blocked and any(c.check == "D14" and c.verdict == "block" for c in answer.checks)


def test_a_person_without_a_role_may_not_approve(desk: Desk) -> None:
    mention = ask(desk)
    with pytest.raises(NotAllowed, match="Ask jm"):
        desk.approve(mention.id, GOOD, Actor(person="stranger"))


def test_a_viewer_may_not_approve(desk: Desk, clock: Clock) -> None:
    mention = ask(desk)
    other = next(p for p in desk.brand.people if p.id != "jm")
    set_role(desk.ledger, desk.brand, other.id, "viewer", OWNER, clock())
    with pytest.raises(NotAllowed, match="viewer"):
        desk.approve(mention.id, GOOD, Actor(person=other.id))


def test_nobody_may_act_before_a_first_owner_is_named(open_copilot: Open, tmp_path: Path) -> None:
    desk = open_copilot(tmp_path / "empty").brand("harbor-coffee")
    with pytest.raises(NotAllowed, match="candor people role jm owner"):
        desk.add([], OWNER)


def test_a_stale_version_is_a_conflict_that_names_who(desk: Desk) -> None:
    mention = ask(desk)
    seen = desk.ledger.case_of(mention.id).version
    cases.note(desk, desk.ledger.case_of(mention.id).id, "asked the shop", Actor(person="jm"))
    with pytest.raises(Conflict, match="jm"):
        desk.approve(mention.id, GOOD, OWNER, expected_version=seen, overrides=reasons(desk, mention, GOOD))


def test_taking_back_within_the_hold_opens_the_case_again(desk: Desk) -> None:
    mention = ask(desk)
    outbox = approved(desk, mention)
    assert cases.take_back(desk, outbox, OWNER).state == "taken_back"
    assert desk.ledger.case_of(mention.id).state == "drafted"
    assert approved(desk, mention) != outbox


def test_a_sent_reply_cannot_be_taken_back_or_sent_twice(desk: Desk) -> None:
    mention = ask(desk)
    outbox = approved(desk, mention)
    cases.mark_sent(desk, outbox, OWNER)
    with pytest.raises(Refused):
        cases.take_back(desk, outbox, OWNER)
    with pytest.raises(Refused):
        desk.approve(mention.id, GOOD, OWNER, overrides=reasons(desk, mention, GOOD))


def test_a_paused_brand_approves_nothing(desk: Desk, clock: Clock) -> None:
    mention = ask(desk)
    pause(desk.ledger, "recall under way", OWNER, clock())
    with pytest.raises(Refused, match="recall under way"):
        desk.approve(mention.id, GOOD, OWNER)
    resume(desk.ledger, OWNER, clock())
    approved(desk, mention)


def test_an_escalated_case_is_for_the_person_named(desk: Desk) -> None:
    mention = ask(desk)
    other = next(p for p in desk.brand.people if p.id != "jm")
    case = desk.ledger.case_of(mention.id)
    cases.escalate(desk, case.id, "jm", "is this so?", Actor(person=other.id))
    text = GOOD.replace("^JM", f"^{other.initials}")
    with pytest.raises(Refused, match="Jo Marsh"):
        desk.approve(mention.id, text, Actor(person=other.id))
    cases.give_back(desk, case.id, "yes, no oat milk there", OWNER)
    assert desk.ledger.case_of(mention.id).state == "open"


def test_a_promise_within_authority_is_registered_once_it_is_sent(desk: Desk) -> None:
    mention = ask(desk, "My parcel never came and nobody answers. What now?")
    text = "A parcel that never comes is on us to find. We'll look into it and come back to you here. ^JM"
    outbox = approved(desk, mention, text)
    assert desk.ledger.promises() == []
    cases.mark_sent(desk, outbox, OWNER)
    assert [(p.kind, p.owner) for p in desk.ledger.promises()] == [("investigate", "jm"), ("callback", "jm")]


def test_any_draft_can_be_replayed_from_what_was_stored(open_copilot: Open, clock: Clock) -> None:
    answer = "No, our Market shop has no oat milk; the Pier and Roastery shops do."
    desk = open_copilot(chat=FakeChat(reply(("answer", [1], answer)))).brand("harbor-coffee")
    drafted = desk.draft("is there oat milk at the market shop?", "jm")
    clock.advance(days=40)
    assert drafted.record_id is not None
    again = replayed(desk.ledger, drafted.record_id)
    assert again.same and answer in again.text


def test_the_same_mention_is_taken_once(desk: Desk) -> None:
    mention = ask(desk)
    again = desk.add([mention], OWNER)
    assert again.new == () and again.duplicate == 1


def test_a_new_message_reopens_a_case(desk: Desk, clock: Clock) -> None:
    mention = ask(desk)
    case = desk.ledger.case_of(mention.id)
    cases.no_reply(desk, case.id, "they found it", OWNER)
    clock.advance(minutes=5)
    ask(desk, "so is there?", id="new-2", thread=mention.id, in_reply_to=mention.id)
    assert desk.ledger.case(case.id).state == "open" and desk.ledger.case(case.id).mention_id == "new-2"


def test_rewriting_without_a_draft_says_what_to_do(desk: Desk) -> None:
    mention = ask(desk)
    with pytest.raises(InputError, match="Draft first"):
        desk.draft(mention, "jm", instruction="shorter")


def test_the_last_owner_stays(desk: Desk, clock: Clock) -> None:
    with pytest.raises(InputError, match="last owner"):
        set_role(desk.ledger, desk.brand, "jm", "viewer", OWNER, clock())
