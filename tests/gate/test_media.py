"""Every media type gives back every figure of the reports, in every form."""

import pytest

from tests.gate import office
from tests.gate.media import MEDIA, measured

PROMISED = {"cells": 1, "values": 1, "labels": 1, "paragraphs": 1, "wrong": 0, "silent": 0}


@pytest.mark.parametrize("name", MEDIA)
def test_all_figures_come_back(name: str) -> None:
    figures = measured(name, MEDIA[name])
    assert figures == {part: PROMISED[part] for part in figures}


def test_a_lost_figure_is_noticed() -> None:
    spoiled = measured(
        "html", lambda report: MEDIA["html"](report).replace(b"<p>0</p>", b"<p>8</p>")
    )
    assert spoiled["wrong"] > 0
    assert spoiled["values"] < 1
    assert spoiled["cells"] < 1


def test_the_office_files_are_those_of_the_reports() -> None:
    made_from = office.MANIFEST.read_text("ascii").strip()
    assert made_from == office.source_digest(), "run scripts/write_office_samples.py"
