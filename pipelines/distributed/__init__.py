"""The rebuild on many machines: one WARC file a task, partitioned Parquet out, one loader."""
