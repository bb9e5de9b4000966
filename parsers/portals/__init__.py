"""Portal families: how listings, pagers, articles and walls of each system are read. Pure."""
