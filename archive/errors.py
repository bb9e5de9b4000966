"""The errors a person sees, each with its exit status."""


class GongkaiError(Exception):
    """A failure told in one clear line. `exit_status` follows the command-line contract."""

    exit_status = 1


class UsageError(GongkaiError):
    """The call was wrong: no such file, unknown format, nothing to do."""

    exit_status = 2


class SurroundingsError(GongkaiError):
    """The surroundings are at fault: unreadable archive, port taken, disk full."""

    exit_status = 3


class BusyError(SurroundingsError):
    """Another crawl, import or rebuild holds the archive's lock."""
