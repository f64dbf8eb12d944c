"""The app a person meets: Streamlit pages over the same functions the command line uses.

Nothing is decided here. What a person does goes to `pipeline`, `cases`, `learn` and `people`; what was written by
anyone but us goes on the page through `untrusted`, and through nothing else.
"""
