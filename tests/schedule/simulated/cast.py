"""The portals of the simulated world, and what happens to each in three years."""

from tests.schedule.simulated.world import OLD, Removal, Site, Span, day

BEGIN, UNTIL = day("2024-01-01"), day("2027-01-01")
# The machine that crawls is switched off for so long.
OFF = day("2025-07-01"), day("2025-08-11")

SITES = (
    Site(
        "edits", "济宁市财政局",
        {2022: day("2023-01-19"), 2023: day("2024-01-22"), 2024: day("2025-01-24"),
         2025: day("2026-01-20")},
        edited=((2023, day("2024-06-10")), (2022, day("2025-11-20"))),
        reworded=((2024, day("2025-09-20")), (2023, day("2026-03-03"))),
        spans=(
            Span("blocked", day("2024-01-15"), day("2024-02-05")),
            Span("down", day("2025-01-20"), day("2025-02-02")),
        ),
        validates=False, start=OLD,
    ),
    Site(
        "removes", "济宁市教育局",
        {2020: day("2021-03-29"), 2021: day("2022-03-25"), 2022: day("2023-03-30"),
         2023: day("2024-03-28"), 2024: day("2025-03-25"), 2025: day("2026-04-20")},
        removed=(
            Removal(2021, day("2024-07-05"), leaves_listing=True),
            Removal(2020, day("2025-02-01"), day("2026-02-10")),
            Removal(2022, day("2026-05-15"), day("2026-05-16")),
        ),
    ),
    Site(
        "moves", "济宁市民政局",
        {2022: day("2023-01-10"), 2023: day("2024-01-12"), 2024: day("2025-01-09"),
         2025: day("2026-01-08")},
        spans=(Span("absent", BEGIN, day("2024-05-10")),),
        rebuilt=day("2025-06-15"), moves=True,
    ),
)  # fmt: skip

# In the long form only.
MORE = (
    Site(
        "lags", "济宁市司法局",
        {2021: day("2022-02-20"), 2022: day("2023-02-10"), 2023: day("2024-02-15"),
         2024: day("2025-06-15")},
        edited=((2022, day("2024-02-12")), (2022, day("2025-03-01")), (2022, day("2026-03-01"))),
        spans=(
            Span("blocked", day("2024-02-10"), day("2024-03-05")),
            Span("down", day("2025-01-05"), day("2025-01-25")),
            Span("absent", day("2025-12-20"), day("2026-02-01")),
        ),
    ),
    Site(
        "splits", "济宁市水利局",
        {2022: day("2023-02-14"), 2023: day("2024-02-12"), 2024: day("2025-02-10"),
         2025: day("2026-02-11")},
        rebuilt=day("2025-01-10"),
    ),
)  # fmt: skip
