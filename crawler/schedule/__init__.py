"""When portals are looked at again: policy, timetable, and who calls the crawl."""
