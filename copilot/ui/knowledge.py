"""Knowledge: how the brand speaks, what it knows and until when, how it acted before, what it was asked in vain."""

from collections.abc import Sequence

import streamlit as st

from copilot.brand import local_day
from copilot.models import Fact, KnowledgeGap, VoiceRule, WordRule
from copilot.text import plain
from copilot.ui import untrusted, words
from copilot.ui.acts import attempt
from copilot.ui.inbox.queue import choose
from copilot.ui.precedents import show as show_precedents
from copilot.ui.session import Here, forget_desks

_VIEWS = ("Voice", "Facts", "Precedents", "Gaps")
_FACT_VIEWS = ("All", "Valid today", "Ending within 14 days", "Not valid")
_SOON = 14


def show(here: Here) -> None:
    """Draw the page."""
    st.header("Knowledge")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        view = st.segmented_control(
            "Part", _VIEWS, default="Voice", required=True, key="knowledge-view", label_visibility="collapsed"
        )
        search = st.text_input(
            "Search",
            key=f"knowledge-search-{here.desk.brand.id}",
            placeholder="Search here",
            label_visibility="collapsed",
            icon=":material/search:",
            width=280,
        )
        st.button("Read the files again", icon=":material/refresh:", on_click=_read_again, args=(here,))
    wish = plain(search or "")
    if view == "Facts":
        _facts(here, wish)
    elif view == "Precedents":
        show_precedents(here, wish)
    elif view == "Gaps":
        _gaps(here, wish)
    else:
        _voice(here, wish)


def _read_again(here: Here) -> None:
    attempt(lambda: here.copilot.ingest(here.desk.brand.id), "The files are read; drafts use them from now.")
    forget_desks()


def _voice(here: Here, wish: str) -> None:
    guide = here.desk.brand.voice
    _where(here, "voice.md", f", version {guide.version}, kept by {here.name_of(guide.owner)}")
    if not wish:
        left, right = st.columns(2, gap="medium")
        with left:
            _list("Who we are", guide.we_are)
        with right:
            _list("Who we are not", guide.we_are_not)
    sections: dict[str, list[VoiceRule]] = {}
    for rule in guide.rules:
        if _has(wish, rule.id, rule.text, *rule.do, *rule.dont):
            sections.setdefault(rule.section, []).append(rule)
    for section, rules in sections.items():
        with st.container(gap="small"):
            st.space("small")
            untrusted.write_strong(section or "Rules", f"section-{rules[0].id}")
            for rule in rules:
                _rule(rule)
    _words("Words we use", guide.use, wish)
    _words("Words we avoid", guide.avoid, wish)


def _rule(rule: VoiceRule) -> None:
    with st.container(border=True, gap="xsmall", key=f"rule-{rule.id}"):
        untrusted.write(rule.text)
        for example in rule.do:
            with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
                st.badge("do", icon=":material/check:", color="green")
                untrusted.write(example)
        for example in rule.dont:
            with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
                st.badge("don't", icon=":material/close:", color="red")
                untrusted.write(example)
        untrusted.write_quiet(f"{rule.id} · voice.md:{rule.line}", rule.id)


def _words(title: str, rules: Sequence[WordRule], wish: str) -> None:
    found = [rule for rule in rules if _has(wish, rule.word, rule.better, rule.why)]
    if not found:
        return
    lines = [f"{rule.word}{f' → {rule.better}' if rule.better else ''}: {rule.why}".rstrip(": ") for rule in found]
    _list(title, lines)


def _list(title: str, lines: Sequence[str]) -> None:
    with st.container(border=True, gap="xsmall"):
        untrusted.write_strong(title, title)
        untrusted.write("\n".join(f"·  {line}" for line in lines))


def _facts(here: Here, wish: str) -> None:
    _where(here, "facts/")
    view = st.selectbox("Which", _FACT_VIEWS, key="facts-view", label_visibility="collapsed", width=220)
    found = [f for f in here.desk.brand.facts if _has(wish, f.id, f.text, f.source) and _in_view(here, f, view)]
    st.caption(words.plural(len(found), "fact", "facts"))
    if not found:
        st.markdown("**No fact is like this.** A fact is one bullet in the brand's folder, with its source.")
    for fact in found:
        with st.container(border=True, gap="xsmall", key=f"fact-{fact.id}"):
            _validity(here, fact)
            untrusted.write(fact.text)
            untrusted.write_quiet(f"{fact.id} · {fact.file}:{fact.line} · {fact.source}", fact.id)


def _in_view(here: Here, fact: Fact, view: str) -> bool:
    today = local_day(here.desk.brand, here.now)
    valid = fact.valid_on(today)
    if view == "Ending within 14 days":
        return valid and fact.valid_until is not None and (fact.valid_until - today).days <= _SOON
    return view == "All" or valid == (view == "Valid today")


def _validity(here: Here, fact: Fact) -> None:
    """Whether drafts may use it, in a word with an icon."""
    today = local_day(here.desk.brand, here.now)
    if fact.valid_until is not None and fact.valid_until < today:
        st.badge(f"expired {fact.valid_until:%d %b %Y}", icon=":material/event_busy:", color="red")
    elif fact.valid_from is not None and today < fact.valid_from:
        st.badge(f"valid from {fact.valid_from:%d %b %Y}", icon=":material/event_upcoming:", color="gray")
    elif fact.valid_until is not None:
        soon = (fact.valid_until - today).days <= _SOON
        until = f"valid until {fact.valid_until:%d %b %Y}"
        st.badge(until, icon=":material/event:", color="orange" if soon else "green")
    else:
        st.badge("valid", icon=":material/check:", color="green")


def _gaps(here: Here, wish: str) -> None:
    st.caption("Questions no fact answered, and statements somebody vouched for. The mend is a fact in the folder.")
    found = [gap for gap in here.desk.ledger.gaps() if _has(wish, gap.question)]
    if not found:
        st.markdown("**No open question.** When a draft has to abstain, the question comes here.")
    for gap in found:
        _gap(here, gap)


def _gap(here: Here, gap: KnowledgeGap) -> None:
    with st.container(border=True, gap="xsmall", key=f"gap-{gap.id}"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.badge(words.plural(len(gap.mention_ids), "message", "messages"), color="gray")
            st.badge(words.ORIGINS[gap.origin], color="gray")
            if st.button("Open the case", key=f"gap-case-{gap.id}", type="tertiary", icon=":material/open_in_new:"):
                choose(here, here.desk.ledger.case_of(gap.mention_ids[0]).id)
                st.switch_page("copilot/ui/pages/inbox.py")
        untrusted.write(gap.question)


def _where(here: Here, file: str, more: str = "") -> None:
    """Where it is edited: files are the truth for voice and facts."""
    place = here.copilot.knowledge_dir / here.desk.brand.id / file
    untrusted.write_quiet(f"Edited in {place}{more}. A change is read in by itself.", "where")


def _has(wish: str, *texts: str) -> bool:
    return not wish or any(wish in plain(text) for text in texts)
