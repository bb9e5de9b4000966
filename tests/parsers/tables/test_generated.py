"""True figures rendered into every form with random oddities: right, or a problem; never silent.

`GONGKAI_TEST_PROFILE=thorough` tries some thousands instead of some hundreds.
"""

import os
import random
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.tables import TableReading
from tests.parsers.tables.generator import MAKES, Sample, judge
from tests.parsers.tables.oddities import Oddity
from tests.parsers.tables.renders import RENDERS, as_grid
from tests.parsers.tables.spoiling import ADDITIONS, HARMLESS, ODDITIES, spoil

THOROUGH = os.environ.get("GONGKAI_TEST_PROFILE") == "thorough"


@settings(
    max_examples=3000 if THOROUGH else 150,
    deadline=None,
    derandomize=not THOROUGH,
    suppress_health_check=list(HealthCheck),
)
@given(
    seed=st.integers(0, 2**32),
    make=st.sampled_from(MAKES),
    oddities=st.lists(st.sampled_from([*ODDITIES, *ADDITIONS]), max_size=4, unique=True),
    render=st.sampled_from(RENDERS),
)
def test_right_or_told(
    seed: int,
    make: Callable[[random.Random], Sample],
    oddities: list[Oddity],
    render: Callable[[Sample, random.Random], TableReading],
) -> None:
    rng = random.Random(seed)
    sample = make(rng)
    spoil(sample, oddities, rng)
    judge(sample, render(sample, rng))


@settings(max_examples=1000 if THOROUGH else 40, deadline=None, derandomize=not THOROUGH)
@given(
    seed=st.integers(0, 2**32),
    make=st.sampled_from(MAKES),
    oddities=st.lists(st.sampled_from(HARMLESS), max_size=3),
)
def test_harmless_oddities_lose_nothing(
    seed: int, make: Callable[[random.Random], Sample], oddities: list[Oddity]
) -> None:
    rng = random.Random(seed)
    sample = make(rng)
    spoil(sample, oddities, rng)
    reading = as_grid(sample, rng)
    judge(sample, reading)
    # Figures dressed as pieces stand also in rows of persons and money.
    assert {problem.kind for problem in reading.problems} <= {"doubtful_unit"}
    assert len(reading.observations) == len(sample.truth)
