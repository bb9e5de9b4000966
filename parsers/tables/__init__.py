"""Reading figures out of tables."""
