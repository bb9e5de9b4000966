"""Opens pages in a browser, for portals that are declared to show nothing without one.

Nothing the browser asks for goes over the network by itself: each request is made by the crawl,
politely and on the record, and the browser is given the answer. What it makes of a page is archived
beside the page's source.
"""
