"""The decision: approve exactly this text as oneself, and go on to the next."""

from collections.abc import Sequence

import streamlit as st

from copilot.checks import blocked
from copilot.models import CheckResult
from copilot.models.check import Purpose
from copilot.ui import untrusted, words
from copilot.ui.acts import Said, attempt, say
from copilot.ui.inbox import editor, findings, texts
from copilot.ui.inbox.case import Open
from copilot.ui.inbox.queue import choose


def draw(o: Open, results: Sequence[CheckResult]) -> None:
    """The buttons, and what still stands in the way."""
    with st.container(key="decide", gap="small"):
        _ahead(o, results)
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.button(
                "Approve & next",
                key="approve-next",
                type="primary",
                icon=":material/check:",
                on_click=_approve,
                args=(o, results, True),
                shortcut="A",
            )
            st.button("Approve", key="approve", on_click=_approve, args=(o, results, False), shortcut="Shift+A")
            _purpose(o)


def _ahead(o: Open, results: Sequence[CheckResult]) -> None:
    """What an approval would meet, in a word."""
    if not texts.text(o).strip():
        st.caption("Write a reply, or choose one of the other ways below.")
    elif blocked(results):
        count = sum(r.verdict in ("block", "error") for r in results)
        st.markdown(f":red[:material/block: {words.plural(count, 'thing', 'things')} to fix first]")
    else:
        missing = _without_reason(o, results)
        if missing:
            count = words.plural(len(missing), "reason", "reasons")
            st.markdown(f":orange[:material/warning: {count} still to write above]")
        else:
            st.markdown(":green[:material/check: Every check passes]")


def _without_reason(o: Open, results: Sequence[CheckResult]) -> list[str]:
    given = findings.reasons(o, results)
    return [r.check for r in results if r.verdict == "warn" and r.check not in given]


def _purpose(o: Open) -> None:
    """Only where it is not plain: a holding reply, or one that follows an answer."""
    usual = editor.usual_purpose(o)
    if usual == "answer" and not o.sends:
        return
    options: list[Purpose] = ["answer", "holding", "closing", "correction"]
    st.selectbox(
        "This is",
        options,
        index=options.index(usual),
        format_func=lambda name: words.PURPOSES[name],
        key=o.key("purpose"),
        label_visibility="collapsed",
        width=190,
    )


def _approve(o: Open, results: Sequence[CheckResult], go_on: bool) -> None:
    """Approve what stands in the editor, for the version of the case this person has seen."""
    texts.typed(o)
    text = texts.text(o)
    answer = attempt(
        lambda: o.here.desk.approve(
            o.mention.id,
            text,
            o.here.actor,
            overrides=findings.reasons(o, results),
            expected_version=o.seen,
            purpose=editor.purpose(o),
            deliberate_review=findings.reviewed(o),
        )
    )
    if answer is None:
        return
    if answer.outbox is None:
        say(Said("bad", _what_is_missing(answer.blocked, answer.needs_reason)))
        return
    held = int((answer.outbox.hold_until - o.here.now).total_seconds()) + 1
    say(Said("good", f"Approved. Nothing leaves for {held} s.", untrusted.line(text, 160), answer.outbox.id))
    if go_on and o.following:
        choose(o.here, o.following)


def _what_is_missing(blocks: bool, needs_reason: Sequence[str]) -> str:
    if blocks:
        return "Not approved: something must be fixed first. It stands under the text."
    return f"Not approved: write why you send it although it warns ({', '.join(needs_reason)})."
