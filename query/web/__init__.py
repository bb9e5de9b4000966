"""The web site: Datasette with our pages, in Chinese and English. Needs the extra `web`."""
