"""Reads reports, purely: no I/O, no clock, no knowledge of sites or files.

What comes in is a `Document`, a `Context` and the declarations; what goes out is `Report` records.
"""
