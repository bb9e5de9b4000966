"""Records every exchange as it goes over the wire, before Scrapy or anything else sees it."""
