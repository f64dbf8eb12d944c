"""What the checks say of the text as it stands: each sentence with its verdict, each finding with the way out of it."""

from collections.abc import Sequence

import streamlit as st

from copilot import cases
from copilot.models import CheckResult
from copilot.ui import untrusted, words
from copilot.ui.acts import attempt
from copilot.ui.inbox import editor, sentence_row, texts
from copilot.ui.inbox.case import Open
from copilot.ui.inbox.sentences import open_findings, rows, sentence_of

_ATTESTABLE = ("H1", "H2", "H3")
_REVIEW = "D11"
_HEADS = {
    "error": ":red[:material/report: **This check could not run**]",
    "block": ":red[:material/block: **Fix this first**]",
    "escalate": ":orange[:material/supervisor_account: **Ask first**]",
    "warn": ":orange[:material/warning: **Change it, or say why**]",
    "info": ":blue[:material/info: **Good to know**]",
}


def check(o: Open) -> tuple[CheckResult, ...]:
    """Every check on the text as it would be posted now; the same text is not checked twice in a row."""
    text = texts.text(o).strip()
    if not text or o.here.me is None:
        return ()
    known = (text, o.case.version, o.here.me.id, editor.purpose(o), reviewed(o), o.here.desk.brand.sha)
    kept = st.session_state.get(o.key("checked"))
    if kept is not None and kept[0] == known:
        return kept[1]
    desk = o.here.desk
    results = desk.check(
        text,
        mention=o.mention,
        speaker=o.here.me.id,
        purpose=editor.purpose(o),
        attested=[said.text for said in desk.ledger.attestations(o.mention.id)],
        deliberate_review=reviewed(o),
        draft=o.record,
    )
    st.session_state[o.key("checked")] = (known, results)
    return results


def reviewed(o: Open) -> bool:
    """Whether this person says they read every word of it."""
    return bool(st.session_state.get(o.key("reviewed"), False))


def reasons(o: Open, results: Sequence[CheckResult]) -> dict[str, str]:
    """Written reasons for what warns."""
    found = {r.check: str(st.session_state.get(o.key(f"why-{r.check}")) or "") for r in results if r.verdict == "warn"}
    return {check: why for check, why in found.items() if why.strip()}


def draw(o: Open, results: Sequence[CheckResult]) -> None:
    """Sentences first, then findings, what blocks before what warns."""
    text = texts.text(o).strip()
    if not text:
        return
    draft = o.record.draft if o.record else None
    with st.container(gap="xsmall", key="sentences"):
        for number, row in enumerate(rows(text, draft, results), start=1):
            sentence_row.draw(number, row.text, row.act, row.evidence_ids, row.verdict)
    found = open_findings(results)
    for finding in (f for f in found if f.verdict != "info"):
        _finding(o, finding)
    _notes([f for f in found if f.verdict == "info"])


def _finding(o: Open, finding: CheckResult) -> None:
    with st.container(border=True, gap="xsmall", key=f"finding-{finding.verdict}-{finding.check}"):
        st.markdown(_HEADS[finding.verdict])
        untrusted.write(f"{finding.reason} ({finding.check})")
        if finding.fix:
            untrusted.write(f"→ {finding.fix}")
        if finding.verdict == "warn":
            st.text_input("Send it anyway, because", key=o.key(f"why-{finding.check}"), persist_state="session")
        with st.container(horizontal=True, gap="small", key=f"ways-{finding.check}"):
            _ways_out(o, finding)


def _ways_out(o: Open, finding: CheckResult) -> None:
    sentence = sentence_of(texts.text(o).strip(), finding)
    if sentence and finding.verdict in ("block", "warn"):
        st.button(
            "Remove the sentence",
            key=f"remove-{finding.check}",
            icon=":material/content_cut:",
            on_click=texts.put,
            args=(o, texts.without(o, sentence)),
        )
    if finding.verdict != "block":
        return
    if finding.check in _ATTESTABLE:
        with st.popover(
            "It is true, I vouch for it",
            icon=":material/verified:",
            key=f"vouch-{finding.check}-{o.case.id}-{o.case.version}",
        ):
            vouch(o, sentence, finding.check)
    if finding.check == _REVIEW:
        st.checkbox("I have read every word and answer for it (this is logged)", key=o.key("reviewed"))


def vouch(o: Open, sentence: str, place: str) -> None:
    """The form for a true statement that the facts lack."""
    name = f"vouch-{place}-{o.case.id}-{o.case.version}"
    with st.form(name, border=False):
        st.text_area("The statement", value=sentence, height=80, key=f"{name}-said")
        st.text_input("How you know it", key=f"{name}-why")
        st.caption("It is logged with your name, and the owner finds it under Knowledge, Gaps.")
        st.form_submit_button("Vouch for it", icon=":material/verified:", on_click=_vouched, args=(o, name))


def _vouched(o: Open, name: str) -> None:
    said, why = (str(st.session_state.get(f"{name}-{field}") or "") for field in ("said", "why"))
    attempt(
        lambda: cases.attest(o.here.desk, o.case.id, said, why, o.here.actor),
        "Logged with your name. The checks take it as true in this case.",
    )


def _notes(notes: Sequence[CheckResult]) -> None:
    if not notes:
        return
    with st.expander(words.plural(len(notes), "thing good to know", "things good to know")):
        for note in notes:
            untrusted.write(f"{note.reason} ({note.check})")
