"""Recognised pages as JSON, the content of a conversion, and back without loss."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TypeAlias

from parsers.records import Problem
from pipelines.paged.glyphs import TextLine
from pipelines.paged.pages import PageBlocks
from pipelines.paged.tables import Piece, PieceCell

Recognised: TypeAlias = tuple[int, PageBlocks, list[Problem]]
"""A page's number, what stands on it, and what was unsure in it."""


def dumped(pages: Iterable[Recognised]) -> bytes:
    """The pages as canonical JSON."""
    plain = [
        {"number": number, "page": asdict(page), "problems": [asdict(one) for one in problems]}
        for number, page, problems in pages
    ]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def loaded(content: bytes) -> list[Recognised]:
    """The reverse of `dumped`."""
    return [
        (one["number"], _page(one["page"]), [Problem(**said) for said in one["problems"]])
        for one in json.loads(content)
    ]


def _page(plain: dict[str, Any]) -> PageBlocks:
    return PageBlocks(plain["place"], plain["height"], tuple(map(_item, plain["items"])))


def _item(plain: dict[str, Any]) -> TextLine | Piece:
    if "cells" not in plain:
        return TextLine(**{**plain, "glyphs": ()})
    return Piece(**{**plain, "cells": [PieceCell(**cell) for cell in plain["cells"]]})
