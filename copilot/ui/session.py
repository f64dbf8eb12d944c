"""Where a page stands: the opened Candor, one brand's desk, and who sits at it."""

import atexit
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import streamlit as st

from copilot.access import Right, allow
from copilot.bootstrap import Copilot
from copilot.brand import brand_folder
from copilot.errors import KnowledgeError, NotAllowed, Problem
from copilot.ingest import read_brand
from copilot.models import Actor, Person, Role
from copilot.pipeline import Desk
from copilot.settings import Settings, load_settings


@dataclass(frozen=True)
class Here:
    """One brand's desk and the person who sits at it, for one run of a page."""

    copilot: Copilot
    desk: Desk
    me: Person | None
    """None until somebody has said who they are."""
    role: Role | None
    problems: tuple[Problem, ...] = ()
    """Why the brand's files cannot be used as they are; the last good version serves on."""

    @property
    def now(self) -> datetime:
        """The moment, from the one clock there is."""
        return self.copilot.clock()

    @property
    def zone(self) -> str:
        """The brand's time zone."""
        return self.desk.brand.timezone

    @property
    def actor(self) -> Actor:
        """Who acts; the app knows it only from what they say.

        Raises:
            NotAllowed: nobody said who they are.
        """
        if self.me is None:
            raise NotAllowed("Say who you are first: choose your name at the top of the sidebar.")
        return Actor(person=self.me.id, identity="declared")

    def why_not(self, right: Right, doing: str) -> str:
        """Why this person may not do it, in words; empty when they may."""
        try:
            allow(self.desk.ledger, self.actor, right, doing)
        except NotAllowed as error:
            return str(error)
        return ""

    def may(self, right: Right) -> bool:
        """Whether this person has the right."""
        return not self.why_not(right, "do this")

    def name_of(self, person: str | None) -> str:
        """The name behind a person id; the id itself for somebody the brand no longer names."""
        found = self.desk.brand.person(person) if person else None
        return found.name if found else person or ""

    def label_of(self, person: str) -> str:
        """A person as an option to choose: initials make those with the same name distinct."""
        found = self.desk.brand.person(person)
        return f"{found.name} ({found.initials})" if found else person


@dataclass(frozen=True)
class BrandCard:
    """What the brand switcher shows."""

    id: str
    name: str
    has_people: bool


def copilot() -> Copilot:
    """The Candor of this server, opened once and shared by its sessions: one ledger, one index, one model."""
    return _opened(load_settings().model_dump_json(exclude={"openai_api_key"}))


def here() -> Here:
    """Where this run of the page stands; `shell` has put it there."""
    found = st.session_state["here"]
    assert isinstance(found, Here)
    return found


def sit_down(opened: Copilot, brand_id: str, person: str | None) -> Here:
    """The desk of a brand with somebody at it; reads in knowledge that was edited since."""
    desk, problems = _desk(_key(opened.settings), brand_id, _stamp(opened, brand_id))
    me = desk.brand.person(person) if person else None
    member = next((m for m in desk.ledger.members() if me is not None and m.person == me.id and m.active), None)
    return Here(opened, desk, me, member.role if member else None, problems)


def cards(opened: Copilot) -> list[BrandCard]:
    """Every brand there are files for."""
    today = opened.clock().date()
    return [_card(_key(opened.settings), id, _files(opened, id), today) for id in opened.brand_ids()]


def forget_desks() -> None:
    """Make the next run read knowledge and precedents anew."""
    _desk.clear()


def _key(settings: Settings) -> str:
    return settings.model_dump_json(exclude={"openai_api_key"})


@st.cache_resource(show_spinner=False)
def _opened(key: str) -> Copilot:
    """`key` is every setting but the secret one, so that other settings mean another Candor."""
    opened = Copilot.open(load_settings())
    atexit.register(opened.close)
    return opened


@st.cache_resource(show_spinner=False, max_entries=32)
def _desk(key: str, brand_id: str, stamp: str) -> tuple[Desk, tuple[Problem, ...]]:
    """Kept until a file of the brand or its search index changes; both are in `stamp`."""
    opened = copilot()
    desk = opened.brand(brand_id)
    try:
        read_brand(opened.knowledge_dir, brand_id, opened.clock().date())
    except KnowledgeError as error:
        return desk, error.problems
    return desk, ()


@st.cache_resource(show_spinner=False, max_entries=256)
def _card(key: str, brand_id: str, stamp: str, today: date) -> BrandCard:
    try:
        brand = copilot().files_of(brand_id)
    except KnowledgeError:
        return BrandCard(brand_id, brand_id, True)
    return BrandCard(brand_id, brand.name, bool(brand.people))


def _stamp(opened: Copilot, brand_id: str) -> str:
    return f"{_files(opened, brand_id)} {opened.ledger.brand(brand_id).generation()}"


def _files(opened: Copilot, brand_id: str) -> str:
    """Changes whenever a file of the brand does."""
    folder = brand_folder(opened.knowledge_dir, brand_id)
    return sha256("\n".join(sorted(_state(path) for path in folder.rglob("*") if path.is_file())).encode()).hexdigest()


def _state(path: Path) -> str:
    about = path.stat()
    return f"{path} {about.st_mtime_ns} {about.st_size}"
