"""Full-text search in Chinese: exact, in words of any length, on the standard library's SQLite."""
