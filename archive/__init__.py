"""What is kept: WARC files, the capture index, the database and the declarations."""
