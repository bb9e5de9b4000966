"""A crawl on many machines: jobs from PostgreSQL, one index of what is archived, one politeness."""
