"""One module a family, each with `recognise(page, tree) -> bool` and `read(page) -> Listing`."""
