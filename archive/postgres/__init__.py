"""The capture index of a fleet: one PostgreSQL that tells every worker what is archived."""
