"""How the corpus is asked: look-ups, exports and the web site. Opens the database read-only."""
