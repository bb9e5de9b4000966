"""From recorded bytes to clean documents, and from captures to rows."""
