"""Which hosts may be asked, how often, and when to leave one alone."""
