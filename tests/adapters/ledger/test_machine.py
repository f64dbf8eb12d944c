"""The whole life of replies, in any order: sent at most once, never without an approval, never lost."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Literal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from copilot.adapters.ledger import open_ledger
from copilot.errors import Refused
from copilot.models import Actor, OutboxItem, PublishResult, Purpose

from .parts import BRAND, at, new, promise, reply, url

PURPOSES: st.SearchStrategy[Purpose] = st.sampled_from(["answer", "answer", "closing"])
Outcome = Literal["sent", "failed", "lost, posted", "lost, not posted", "manual"]
OUTCOMES: st.SearchStrategy[Outcome] = st.sampled_from(["sent", "failed", "lost, posted", "lost, not posted", "manual"])
MOVES = (
    *(
        "approve",
        "approve",
        "approve",
        "approve an old version",
        "message",
        "wait 2",
        "wait 6",
        "lease wait",
        "lease wait lease",
    ),
    *("lease", "lease start", "lease start", "lease start finish", "start", "finish", "finish", "finish", "die"),
    *("mark sent", "mark sent", "take back", "take back", "reconcile", "reconcile", "reconcile"),
)


class LifeOfReplies(RuleBasedStateMachine):
    """Two cases, two workers, two people, one clock; the channel's posts are counted outside the ledger."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = open_ledger(url(Path(self.folder.name)))
        self.brand = self.ledger.brand(BRAND)
        self.brand.add_mentions([new("m0"), new("m1", author="eli")], at(0), None)
        self.cases = [self.brand.case_of(f"m{n}").id for n in range(2)]
        self.clock = 1.0
        self.count = 0
        self.approved: set[str] = set()
        self.started: set[str] = set()
        self.handed_back: set[str] = set()
        self.posts: Counter[tuple[str, str]] = Counter()
        self.on_channel: set[str] = set()
        self.held: dict[int, OutboxItem] = {}
        self.going: set[int] = set()

    def now(self) -> float:
        self.clock += 0.01
        return self.clock

    def post(self, item: OutboxItem) -> None:
        """On the channel; the same key posts once."""
        if item.id not in self.on_channel:
            self.on_channel.add(item.id)
            self.posts[item.reply.mention_id, item.reply.purpose] += 1

    @rule(
        what=st.sampled_from(MOVES),
        which=st.integers(0, 1),
        person=st.sampled_from([Actor(person="jo"), Actor(person="sam")]),
        purpose=PURPOSES,
        outcome=OUTCOMES,
        n=st.integers(0, 5),
    )
    def move(self, what: str, which: int, person: Actor, purpose: Purpose, outcome: Outcome, n: int) -> None:
        """One rule for all moves, so that none is left out of a run."""
        items = self.brand.outbox()
        if what.startswith("approve"):
            self.approve(which, what == "approve an old version", person, purpose)
        elif what.startswith("wait "):
            self.clock += int(what.split()[1])
        elif what == "message":
            self.message(which)
        elif what == "die":
            self.die(which, n % 2 == 0)
        elif what in ("mark sent", "take back", "reconcile"):
            if items:
                acts = {"mark sent": self.mark_sent, "take back": self.take_back, "reconcile": self.reconcile}
                acts[what](items[n % len(items)], person)
        else:
            self.work(which, what.split(), outcome)

    def approve(self, which: int, old: bool, person: Actor, purpose: Purpose) -> None:
        self.count += 1
        case = self.brand.case(self.cases[which])
        if old:
            case = case.model_copy(update={"version": case.version - 1})
        id, moment = f"r{self.count}", at(self.now())
        wanted = reply(case, id, approver=person, purpose=purpose, approved_at=moment)
        free = not any(
            (item.reply.mention_id, item.reply.purpose) == (case.mention_id, purpose) or item.reply.case_id == case.id
            for item in self.brand.outbox(("queued", "leased", "sending", "failed", "unknown"))
        )
        done = any(
            (item.reply.mention_id, item.reply.purpose) == (case.mention_id, purpose)
            for item in self.brand.outbox(("sent",))
        )
        try:
            self.brand.commit_approval(wanted, moment, [promise(case, id, f"pr-{id}")], ())
        except Refused:
            assert old or done or not free
        else:
            assert free and not done and not old
            self.approved.add(id)

    def message(self, which: int) -> None:
        self.count += 1
        late = new(f"x{self.count}", author=("dana", "eli")[which], thread=f"m{which}", minutes=self.now())
        self.brand.add_mentions([late], at(self.clock), None)

    def work(self, worker: int, steps: list[str], outcome: Outcome) -> None:
        if "lease" in steps:
            self.lease(worker)
        if "wait" in steps:  # the lease runs out, and the other worker comes
            self.clock += 6
            if steps[-1] == "lease":
                self.lease(1 - worker)
        if "start" in steps:
            self.start(worker)
        if "finish" in steps:
            self.finish(worker, outcome)

    def lease(self, worker: int) -> None:
        item = self.brand.lease_due(at(self.now()), at(self.clock + 5))
        if item is None:
            return
        assert item.hold_until <= at(self.clock)
        assert item.id in self.approved - self.on_channel - self.started
        assert item.id not in self.handed_back
        assert all(item.lease_token > old.lease_token for old in self.held.values() if old.id == item.id)
        self.held[worker] = item
        self.going.discard(worker)

    def start(self, worker: int) -> None:
        item = self.held.get(worker)
        if item is not None and self.brand.start_sending(item.id, item.lease_token, at(self.now())):
            assert item.lease_until is not None and at(self.clock) < item.lease_until
            assert item.id not in self.started, "two workers never send one reply"
            self.started.add(item.id)
            self.going.add(worker)

    def finish(self, worker: int, outcome: Outcome) -> None:
        item = self.held.pop(worker, None)
        if item is None:
            return
        if worker not in self.going and outcome not in ("failed", "manual"):
            return  # it was not allowed to start, so it has nothing to tell
        if worker in self.going and outcome in ("sent", "lost, posted"):
            self.post(item)
        self.going.discard(worker)
        state = "unknown" if outcome.startswith("lost") else outcome
        try:
            self.brand.finish_send(item.id, item.lease_token, PublishResult(state=state), at(self.now()))  # type: ignore[arg-type]
        except Refused:
            found = self.brand.outbox_item(item.id)
            assert found.state != "sending" and (found.lease_token > item.lease_token or found.state != "leased")
        else:
            if outcome == "manual":
                self.handed_back.add(item.id)

    def die(self, worker: int, posted: bool) -> None:
        """Before or after the post; either way nobody hears of it."""
        item = self.held.pop(worker, None)
        if item is not None and worker in self.going and posted:
            self.post(item)
        self.going.discard(worker)

    def reconcile(self, item: OutboxItem, _: Actor) -> None:
        """Another worker reads the thread about what may be out."""
        busy = {self.held[worker].id for worker in self.going}
        if item.state in ("sending", "unknown") and item.id not in busy:
            found = PublishResult(state="sent" if item.id in self.on_channel else "failed")
            assert self.brand.finish_send(item.id, item.lease_token, found, at(self.now())).state == found.state

    def mark_sent(self, item: OutboxItem, person: Actor) -> None:
        """A person looks into the thread, and posts what is not there."""
        try:
            after = self.brand.mark_sent(item.id, person, None, at(self.now()))
        except Refused:
            assert item.state in ("sent", "sending", "taken_back")
            return
        assert after.state == "sent"
        assert item.state in ("queued", "leased", "failed", "unknown", "sent")
        self.post(item)

    def take_back(self, item: OutboxItem, person: Actor) -> None:
        try:
            after = self.brand.take_back(item.id, person, at(self.now()))
        except Refused:
            assert item.state in ("sent", "sending", "unknown", "taken_back")
            return
        assert after.state == "taken_back"
        assert item.state in ("queued", "leased", "failed", "taken_back")
        assert item.id not in self.on_channel

    @invariant()
    def what_must_always_hold(self) -> None:
        items = self.brand.outbox()
        sent = [item for item in items if item.state == "sent"]
        assert {item.id for item in items} == self.approved, (
            "nothing in the outbox but what was approved, and all of it"
        )
        assert all(n == 1 for n in self.posts.values()), "one post for a mention and purpose"
        assert {item.id for item in sent} <= self.on_channel
        assert all(n == 1 for n in Counter((i.reply.mention_id, i.reply.purpose) for i in sent).values())
        assert {one.outbox_id for one in self.brand.promises()} == {item.id for item in sent}
        away = {item.reply.case_id for item in items if item.state not in ("sent", "taken_back")}
        for id in self.cases:
            case, lines = self.brand.case(id), self.brand.history(id)
            assert (case.state == "approved") == (id in away), "approved exactly while a reply is on its way"
            assert [line.version for line in lines] == list(range(1, case.version + 1))
            assert lines[-1].state == case.state

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()


TestLifeOfReplies = LifeOfReplies.TestCase
TestLifeOfReplies.settings = settings(
    max_examples=25,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
