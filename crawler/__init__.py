"""Finds and fetches: the only package with network access, and the home of Scrapy."""
