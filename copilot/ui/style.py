"""What Streamlit's theme cannot say: the selected row, quiet lines, what a phone shows. Constant text only."""

import streamlit as st

_CSS = """
<style>
:root { --accent: #2a8f85; --stop: #c8433a; --care: #c77a12; --fine: #2f9157; }
[data-testid="stMainBlockContainer"] { padding: 2.4rem 1.8rem 4rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; margin-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding: 0 0 2rem; }
[data-testid="stSidebar"] { width: 262px !important; min-width: 262px !important; }
[data-testid="stSidebar"][aria-expanded="false"] { min-width: 0 !important; }
[data-testid="stCaptionContainer"] { opacity: 1; color: inherit; }
[data-testid="stCaptionContainer"] p { opacity: .82; }
kbd { color: inherit !important; opacity: 1 !important; }
[data-testid="stButtonGroup"] button[data-selected="true"] { color: inherit !important; font-weight: 600; }
[data-testid="stBaseButton-tertiary"]:hover, [data-testid="stBaseButton-secondary"]:hover { color: inherit !important; }
[data-testid="stText"] { overflow-wrap: anywhere; line-height: 1.5; }

/* A row of the queue is one target: its button covers it. */
[class*="st-key-row-"] { position: relative; padding: .5rem .7rem .55rem; }
[class*="st-key-row-"] [data-testid="stElementContainer"],
[class*="st-key-row-"] [data-testid="stButton"],
[class*="st-key-row-"] [data-testid="stTooltipHoverTarget"] { position: static; }
[class*="st-key-row-"] button { position: static; justify-content: flex-start; text-align: left; padding: 0;
  min-height: 1.5rem; }
[class*="st-key-row-"] button > div { justify-content: flex-start; }
[class*="st-key-row-"] button p { font-weight: 600; }
[class*="st-key-row-"] button::after { content: ""; position: absolute; inset: 0; border-radius: 6px; }
[class*="st-key-row-"]:hover { border-color: var(--accent); }
[class*="st-key-row-on-"] { border-color: var(--accent); box-shadow: inset 4px 0 0 var(--accent);
  background: color-mix(in srgb, var(--accent) 9%, transparent); }
[class*="st-key-row-"] [data-testid="stElementContainer"]:nth-child(2) [data-testid="stText"] > span {
  display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; line-height: 1.4; }
[class*="st-key-row-"] [data-testid="stElementContainer"]:nth-child(n+3) [data-testid="stText"],
[class*="st-key-quiet-"] [data-testid="stText"] { font-size: .86em; opacity: .85; }
[class*="st-key-strong-"] [data-testid="stText"] { font-weight: 600; }

[class*="st-key-message-ours-"] { margin-left: 8%; width: 92%;
  background: color-mix(in srgb, currentColor 5%, transparent); }
[class*="st-key-message-waits-"] { box-shadow: inset 4px 0 0 var(--accent); }
[class*="st-key-finding-block-"], [class*="st-key-finding-error-"] { box-shadow: inset 4px 0 0 var(--stop); }
[class*="st-key-finding-warn-"], [class*="st-key-finding-escalate-"], .st-key-news {
  box-shadow: inset 4px 0 0 var(--care); }
[class*="st-key-evidence-used-"] { box-shadow: inset 4px 0 0 var(--fine); }

[data-testid="stBottomBlockContainer"] { padding: .6rem 1.8rem .7rem;
  border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.st-key-said [data-testid="stElementContainer"], .st-key-said .stVerticalBlock { min-width: 0; flex-shrink: 1; }
[data-testid="stCodeCopyButton"] { opacity: 1; transform: none; }

@media (min-width: 900px) {
  [class*="st-key-queue-"] { max-height: calc(100vh - 4rem); overflow-y: auto; position: sticky; top: 2.4rem;
    padding-right: .4rem; }
}
@media (min-width: 641px) and (max-width: 1180px) {
  [data-testid="stColumn"]:has([class*="st-key-queue-"]) { flex: 0 0 15rem; min-width: 0; }
  [data-testid="stColumn"]:has([class*="st-key-work-"]) { flex: 1 1 20rem; min-width: 0; }
  [class*="st-key-work-"] [data-testid="stColumn"]:has(.st-key-evidence),
  [class*="st-key-work-"] [data-testid="stColumn"]:has(.st-key-moves) { min-width: 100%; }
  [class*="st-key-queue-"] [data-testid="stColumn"] { min-width: 100%; }
}
@media (min-width: 641px) { .st-key-back-to-queue { display: none; } }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4rem .9rem 4rem; }
  .st-key-queue-behind, .st-key-work-behind { display: none; }
}
</style>
"""


def draw() -> None:
    """Once a run, before anything else."""
    st.html(_CSS)
