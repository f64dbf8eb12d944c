"""A draft in the making, in a thread of its own: the page shows how far it is, and never waits for it."""

import logging
from threading import Event, Thread

from copilot.draft import DraftDone, EvidenceFound, SentenceWritten
from copilot.errors import CopilotError
from copilot.models import Evidence, Mention
from copilot.pipeline import Desk

_log = logging.getLogger(__name__)


class DraftJob:
    """Writes one draft. The desk stores it when it is whole; a stopped one leaves nothing behind."""

    def __init__(self, desk: Desk, mention: Mention, speaker: str | None, instruction: str = "") -> None:
        """Prepare; `start` begins. `speaker` is who will sign."""
        self.about = (mention.brand, mention.id)
        """Brand and mention; ids are unique only within a brand."""
        self.instruction = instruction
        self.error = ""
        """What went wrong, in words for a person."""
        self.shown = False
        """Whether a page shows it being written."""
        self._desk = desk
        self._mention = mention
        self._speaker = speaker
        self._sentences: dict[int, SentenceWritten] = {}
        self._evidence: EvidenceFound | None = None
        self._done: DraftDone | None = None
        self._stop = Event()
        self._finished = Event()

    def start(self) -> None:
        """Begin."""
        Thread(target=self._run, name="draft", daemon=True).start()

    def stop(self) -> None:
        """Give up; what is being written is thrown away with the next event."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait a moment for the end; whether it came."""
        return self._finished.wait(seconds)

    @property
    def finished(self) -> bool:
        """Whether it came to an end, good or bad."""
        return self._finished.is_set()

    @property
    def stopped(self) -> bool:
        """Whether a person stopped it."""
        return self._stop.is_set()

    @property
    def done(self) -> DraftDone | None:
        """The whole draft, once it is there."""
        return self._done

    @property
    def evidence(self) -> tuple[Evidence, ...] | None:
        """What was found; None while it is being looked for."""
        found = self._evidence
        return found.evidence if found else None

    @property
    def sentences(self) -> list[SentenceWritten]:
        """The sentences that stand now, in order."""
        rows = dict(self._sentences)
        return [rows[index] for index in sorted(rows) if rows[index].sentence.text]

    def _run(self) -> None:
        try:
            self._follow()
        except CopilotError as error:
            self.error = str(error)
        except Exception as error:
            _log.exception("Drafting failed")
            self.error = f"Drafting failed ({type(error).__name__}). The log says more. Write the reply yourself."
        finally:
            self._finished.set()

    def _follow(self) -> None:
        events = self._desk.draft_events(self._mention, self._speaker, instruction=self.instruction)
        for event in events:
            if self._stop.is_set():
                return
            if isinstance(event, EvidenceFound):
                self._evidence = event
            elif isinstance(event, SentenceWritten):
                self._sentences[event.index] = event
            else:
                self._done = event
