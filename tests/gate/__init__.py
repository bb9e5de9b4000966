"""The accuracy gate: a pinned corpus, measured figures, and floors that only rise.

`python -m tests.gate` prints the figures; `--update` raises the floors to them.
"""
