"""WARC files that lie elsewhere: on a mounted share or in an object store, through fsspec."""
