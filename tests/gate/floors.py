"""The floors, and the ceilings of what must not happen: they only ever get stricter."""

import json
from pathlib import Path

from tests.gate.measure import Figures

PATH = Path(__file__).with_name("floors.json")
# Of these less is better; of all others more is.
COUNTS_OF_ERRORS = (
    "table figures wrong",
    "table figures lost in silence",
    "printed figures wrong",
)


def load() -> tuple[str, Figures]:
    """The digest of the corpus, and the limits measured on it."""
    content = json.loads(PATH.read_text(encoding="utf-8"))
    return content["corpus"], content["floors"]


def worse(figures: Figures, floors: Figures) -> list[str]:
    """The figures that are worse than their limits."""
    return [
        f"{name}: {figures[name]} where {floor} was reached"
        for name, floor in floors.items()
        if (figures[name] > floor if name in COUNTS_OF_ERRORS else figures[name] < floor)
    ]


def save(corpus: str, figures: Figures) -> None:
    """Writes the limits."""
    rounded = {name: int(value * 10_000) / 10_000 for name, value in figures.items()}
    content = json.dumps({"corpus": corpus, "floors": rounded}, ensure_ascii=False, indent=2)
    PATH.write_text(f"{content}\n", encoding="utf-8")
