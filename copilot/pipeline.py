"""The way of a mention: taken in, triaged, grounded, drafted, checked, and approved by a person.

`Desk` is one brand's desk. What happens after an approval is in `sending.py`, the rest of a case's life in `cases.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from time import perf_counter
from uuid import uuid4

from copilot import draft as drafting
from copilot.access import allow
from copilot.brand import due_at, local_day
from copilot.checks import blocked, run_checks
from copilot.draft import DraftDone, DraftEvent, DraftRequest, EvidenceFound, SentenceWritten
from copilot.errors import InputError, NotAllowed, Refused
from copilot.models import (
    Account,
    Actor,
    ApprovedReply,
    Attestation,
    Authorship,
    Brand,
    CheckContext,
    CheckResult,
    Draft,
    DraftRecord,
    Evidence,
    EvidenceKind,
    Frozen,
    KnowledgeGap,
    Mention,
    OutboxItem,
    Person,
    Precedent,
    Purpose,
    Thread,
    TriageDecision,
)
from copilot.ports import Added, BrandIndex, BrandLedger, ChatModel, NewMention
from copilot.promises import promises_in
from copilot.retrieve import retrieve
from copilot.triage import triage

RECENT_REPLIES = 20
"""How many sent replies sameness is judged against."""
_DRAFT_RECENT = 8


class Drafted(Frozen):
    """A draft and everything a person needs to judge it."""

    mention: Mention
    triage: TriageDecision
    record_id: str | None
    draft: Draft
    evidence: tuple[Evidence, ...]
    checks: tuple[CheckResult, ...]
    timings: dict[str, float]


class Approval(Frozen):
    """What became of an attempt to approve."""

    blocked: bool
    """Something must be fixed first; nothing was stored."""
    needs_reason: tuple[str, ...]
    """Check ids that warn and have no written reason yet; nothing was stored."""
    checks: tuple[CheckResult, ...]
    outbox: OutboxItem | None


class Desk:
    """One brand's desk: its knowledge, its ledger, its index, and a model to ask."""

    def __init__(
        self,
        brand: Brand,
        ledger: BrandLedger,
        index: BrandIndex,
        chat: Callable[[], ChatModel | None],
        clock: Callable[[], datetime],
        *,
        seed: int = 0,
        hold: timedelta = timedelta(seconds=20),
    ) -> None:
        """Work for `brand` with these parts; `chat` is called only when a model is needed."""
        self.brand = brand
        self.ledger = ledger
        self.index = index
        self._chat = chat
        self.clock = clock
        self._seed = seed
        self._hold = hold

    @cached_property
    def precedents(self) -> tuple[Precedent, ...]:
        """Accepted precedents, ordered by id."""
        return tuple(self.ledger.precedents(("accepted",)))

    # Take in ---------------------------------------------------------------------------------------------------
    def add(self, mentions: Iterable[Mention], actor: Actor | None) -> Added:
        """Triage mentions and open or reopen their cases; what is there already is not added again."""
        if actor is not None:
            allow(self.ledger, actor, "work", "import mentions")
        items = [self._new(mention) for mention in mentions]
        return self.ledger.add_mentions(items, self.clock(), actor)

    def _new(self, mention: Mention) -> NewMention:
        if mention.from_brand:
            return NewMention(mention, None)
        decision = triage(mention, self.brand, None, mention.created_at)
        targets = self.brand.targets
        minutes = targets.urgent if decision.urgency >= 0.7 or decision.action == "escalate" else targets.normal
        if decision.intent in ("praise", "thanks"):
            minutes = targets.praise
        return NewMention(mention, decision, due_at(self.brand, mention.created_at, minutes))

    # Triage and ground -----------------------------------------------------------------------------------------
    def triage(self, mention: Mention, thread: Thread | None = None) -> TriageDecision:
        """What should happen to `mention`, with a reason; needs no model."""
        return triage(mention, self.brand, thread, self.clock())

    def retrieve(self, text: str, k: int = 5, kinds: Sequence[EvidenceKind] = ()) -> list[Evidence]:
        """Evidence of this brand for `text`, nearest first."""
        wanted = kinds or ("fact", "precedent", "voice")
        return retrieve(self.index, self.brand, self.precedents, text, self.clock(), k=k, kinds=wanted)

    # Draft -----------------------------------------------------------------------------------------------------
    def mention_from_text(self, text: str, *, channel: str = "bluesky", author: str = "customer") -> Mention:
        """A mention that is not in the ledger, to try something out."""
        id = "try-" + sha256(text.encode()).hexdigest()[:12]
        return Mention(
            id=id, brand=self.brand.id, channel=channel, author=author, text=text, created_at=self.clock(), thread=id
        )

    def draft(
        self, about: Mention | str, speaker: str | None = None, *, instruction: str = "", account: Account = "brand"
    ) -> Drafted:
        """A whole draft for a mention, or for a text; see `draft_events`."""
        mention = self.mention_from_text(about) if isinstance(about, str) else about
        found = EvidenceFound(evidence=(), triage=self.triage(mention))
        done: DraftDone | None = None
        for event in self.draft_events(mention, speaker, instruction=instruction, account=account):
            if isinstance(event, EvidenceFound):
                found = event
            elif isinstance(event, DraftDone):
                done = event
        assert done is not None
        return Drafted(
            mention=mention,
            triage=found.triage,
            record_id=done.record_id,
            draft=done.draft,
            evidence=found.evidence,
            checks=done.checks,
            timings=done.timings,
        )

    def draft_events(
        self, mention: Mention, speaker: str | None = None, *, instruction: str = "", account: Account = "brand"
    ) -> Iterator[DraftEvent]:
        """Evidence first, then sentences as they are written, then the checked draft, stored for replay.

        Raises:
            ModelError: the model could not answer; nothing is stored.
            InputError: `instruction` without an earlier draft to rewrite.
        """
        started = perf_counter()
        request = self._request(mention, speaker, instruction, account)
        yield EvidenceFound(evidence=request.evidence, triage=request.triage)
        timings = {"evidence": perf_counter() - started}
        chat = self._chat() if request.triage.action == "reply" else None
        examples = drafting.standing_examples(self.brand, self.precedents, local_day(self.brand, request.now))
        for event in drafting.write(request, chat, run_checks, examples):
            if isinstance(event, SentenceWritten):
                timings.setdefault("first_sentence", perf_counter() - started)
                yield event
            elif isinstance(event, DraftDone):
                timings["total"] = perf_counter() - started
                record_id = self._store(request, event)
                yield event.model_copy(update={"record_id": record_id, "timings": timings})

    def warm_up(self) -> None:
        """Let the model read what every draft of this brand begins with, so that the first one comes sooner."""
        chat = self._chat()
        if chat is not None and not chat.remote:
            examples = drafting.standing_examples(self.brand, self.precedents, local_day(self.brand, self.clock()))
            beginning = drafting.beginning(self.brand, examples)
            chat.complete([*beginning, {"role": "user", "content": "Ready?"}], max_tokens=1)

    def _request(self, mention: Mention, speaker: str | None, instruction: str, account: Account) -> DraftRequest:
        thread = self._thread(mention)
        decision = self.triage(mention, thread)
        previous = self.ledger.latest_draft(mention.id)
        if instruction and (previous is None or not previous.draft.sentences):
            raise InputError("There is no draft to rewrite yet. Draft first, then give the instruction.")
        grounded = decision.action == "reply"
        meaning = self._gloss(mention, decision) if grounded else ""
        return DraftRequest(
            brand=self.brand,
            mention=mention,
            thread=thread,
            triage=decision,
            evidence=self._evidence(mention.text, meaning) if grounded else (),
            gloss=meaning,
            speaker=self.person(speaker) if speaker else None,
            account=account,
            now=self.clock(),
            seed=self._seed,
            instruction=instruction,
            previous=previous.draft.sentences if instruction and previous else (),
            recent_replies=tuple(self.ledger.recent_replies(_DRAFT_RECENT)),
        )

    def _evidence(self, text: str, meaning: str) -> tuple[Evidence, ...]:
        """What was found for the text and for its meaning in the brand's language; the nearer of two finds counts."""
        found = {e.id: e for e in self.retrieve(text)}
        for e in self.retrieve(meaning) if meaning else ():
            if e.id not in found or e.similarity > found[e.id].similarity:
                found[e.id] = e
        return tuple(sorted(found.values(), key=lambda e: (-e.score, e.id)))

    def _gloss(self, mention: Mention, decision: TriageDecision) -> str:
        """The mention in the brand's first language, where it is in another and a model can say it."""
        first = self.brand.languages[0]
        if decision.lang in (None, first) or (chat := self._chat()) is None:
            return ""
        return drafting.gloss(chat, mention.text, decision.lang, first, self._seed)[0]

    def _store(self, request: DraftRequest, done: DraftDone) -> str:
        """Keep the draft for replay, and its gaps for the owner; drafts of texts tried out have no case to change."""
        record = DraftRecord(
            id=f"d-{uuid4().hex[:12]}",
            mention=request.mention,
            thread=request.thread,
            triage=request.triage,
            evidence=request.evidence,
            draft=done.draft,
            speaker=request.speaker.id if request.speaker else None,
        )
        self.ledger.save_draft(record, None, request.now)
        for question in done.draft.gaps:
            self.ledger.add_gap(gap(question, request.mention.id, request.now))
        return record.id

    # Check -----------------------------------------------------------------------------------------------------
    def check(
        self,
        reply: str,
        *,
        mention: Mention | None = None,
        speaker: str | None = None,
        account: Account = "brand",
        purpose: Purpose = "answer",
        attested: Sequence[str] = (),
        deliberate_review: bool = False,
        draft: DraftRecord | None = None,
    ) -> tuple[CheckResult, ...]:
        """Every check on a reply, as a person would send it now."""
        context = check_context(
            self.brand, reply, self.clock(), mention=mention, speaker=self.person(speaker) if speaker else None
        )
        thread = self._thread(mention) if mention else None
        return run_checks(
            context.model_copy(
                update={
                    "thread": thread,
                    "triage": self.triage(mention, thread) if mention else None,
                    "evidence": draft.evidence if draft else (),
                    "account": account,
                    "purpose": purpose,
                    "authorship": authorship(reply, draft),
                    "recent_replies": tuple(self.ledger.recent_replies(RECENT_REPLIES)),
                    "attested": tuple(attested),
                    "deliberate_review": deliberate_review,
                }
            )
        )

    # Approve ---------------------------------------------------------------------------------------------------
    def approve(
        self,
        mention_id: str,
        text: str,
        actor: Actor,
        *,
        overrides: dict[str, str] | None = None,
        attestations: Sequence[Attestation] = (),
        expected_version: int | None = None,
        purpose: Purpose = "answer",
        account: Account = "brand",
        deliberate_review: bool = False,
    ) -> Approval:
        """Check exactly this text once more and, when nothing holds it back, put it in the outbox.

        Args:
            mention_id: What is answered.
            text: The final words, signature included.
            actor: Who approves, as themself.
            overrides: Check id → written reason, for findings that warn.
            attestations: True statements the facts lack; they reach the owner as knowledge gaps.
            expected_version: Version of the case the approver saw; None means the current one.
            purpose: What the reply is for.
            account: From which kind of account it goes out.
            deliberate_review: The approver logs a deliberate editorial review (rule D11).

        Raises:
            NotAllowed: the actor may not approve for this brand or channel.
            Refused: the brand is paused, or the case is somebody else's to decide.
            Conflict: the case changed since, or is answered already; the message says who.
        """
        allow(self.ledger, actor, "work", "approve replies")
        mention = self.ledger.mention(mention_id)
        case = self.ledger.case_of(mention_id)
        speaker = self._approver(actor, mention, account)
        self._open_for_approval(actor, case.escalated_to)
        text = text.strip()
        draft = self.ledger.latest_draft(mention_id)
        known = (*self.ledger.attestations(mention_id), *attestations)
        checks = self.check(
            text,
            mention=mention,
            speaker=speaker.id,
            account=account,
            purpose=purpose,
            attested=[a.text for a in known],
            deliberate_review=deliberate_review,
            draft=draft,
        )
        reasons = {k: v.strip() for k, v in (overrides or {}).items() if v.strip()}
        open_warnings = tuple(r.check for r in checks if r.verdict == "warn" and r.check not in reasons)
        if not text or blocked(checks) or open_warnings:
            return Approval(blocked=not text or blocked(checks), needs_reason=open_warnings, checks=checks, outbox=None)
        now = self.clock()
        reply = ApprovedReply(
            id=f"o-{uuid4().hex[:16]}",
            brand=self.brand.id,
            case_id=case.id,
            case_version=case.version if expected_version is None else expected_version,
            mention_id=mention_id,
            draft_id=draft.id if draft else None,
            purpose=purpose,
            channel=mention.channel,
            account=account,
            text=text,
            text_sha=sha256(text.encode()).hexdigest(),
            approver=actor,
            approved_at=now,
            override_reasons={
                k: v for k, v in reasons.items() if any(r.check == k and r.verdict == "warn" for r in checks)
            },
            attestations=tuple(attestations),
            checks=checks,
            in_reply_to_url=mention.url,
        )
        promises = promises_in(text, self.brand, owner=actor.person, now=now, case_id=case.id, outbox_id=reply.id)
        gaps = [gap(a.text, mention_id, now, "attested") for a in attestations]
        item = self.ledger.commit_approval(reply, now + self._hold, promises, gaps)
        return Approval(blocked=False, needs_reason=(), checks=checks, outbox=item)

    def _approver(self, actor: Actor, mention: Mention, account: Account) -> Person:
        """The approver as a speaker: everyone approves as themself."""
        person = self.brand.person(actor.person)
        if person is None:
            raise NotAllowed(
                f"'{actor.person}' has a role but does not stand under people in {self.brand.id}/brand.yaml, "
                "so nobody could say who speaks. Add them there with their initials."
            )
        if person.channels and mention.channel not in person.channels:
            raise NotAllowed(f"{person.name} may answer on {', '.join(person.channels)}, not on {mention.channel}.")
        return person

    def _open_for_approval(self, actor: Actor, escalated_to: str | None) -> None:
        paused = self.ledger.paused()
        if paused is not None:
            raise Refused(
                f"'{self.brand.name}' is paused: {paused} "
                f"An owner lifts it with: candor brand resume --brand {self.brand.id}"
            )
        if escalated_to is not None and escalated_to != actor.person:
            role = next((m.role for m in self.ledger.members() if m.person == actor.person), None)
            if role not in ("owner", "agency_lead"):
                name = next((p.name for p in self.brand.people if p.id == escalated_to), escalated_to)
                raise Refused(f"This case is with {name}, who decides. Ask them, or have them return it.")

    # Shared ----------------------------------------------------------------------------------------------------
    def person(self, id: str) -> Person:
        """Somebody who may speak for this brand.

        Raises:
            InputError: there is nobody with this id; lists who there is.
        """
        person = self.brand.person(id)
        if person is None:
            known = ", ".join(f"{p.id} ({p.name})" for p in self.brand.people) or "nobody yet"
            raise InputError(f"'{id}' is not among the people of {self.brand.id}/brand.yaml. There: {known}.")
        return person

    def _thread(self, mention: Mention) -> Thread:
        if mention.id.startswith("try-"):
            return Thread(id=mention.thread or mention.id, mentions=(mention,))
        return self.ledger.thread_of(mention.id)


def check_context(
    brand: Brand, reply: str, now: datetime, *, mention: Mention | None = None, speaker: Person | None = None
) -> CheckContext:
    """The least a check needs; enough to check a reply without a ledger."""
    return CheckContext(
        reply=reply,
        brand=brand,
        now=now,
        mention=mention,
        triage=triage(mention, brand, None, now) if mention else None,
        speaker=speaker,
        channel=mention.channel if mention else "",
    )


def authorship(reply: str, draft: DraftRecord | None) -> Authorship:
    """Whether a text is a draft's, a draft's edited by a person, or a person's own."""
    if draft is None or not draft.draft.sentences:
        return "human"
    if reply.strip() == draft.draft.text.strip():
        return "ai_drafted"
    kept = any(sentence.text in reply for sentence in draft.draft.sentences)
    return "ai_edited" if kept else "human"


def gap(question: str, mention_id: str, now: datetime, origin: str = "abstained") -> KnowledgeGap:
    """A question for the owner; the same words make the same gap."""
    words = " ".join(question.lower().split())
    return KnowledgeGap.model_validate(
        {
            "id": "g-" + sha256(words.encode()).hexdigest()[:12],
            "question": " ".join(question.split())[:300],
            "mention_ids": (mention_id,),
            "origin": origin,
            "created_at": now,
        }
    )
