"""Reports in batches of any size: one forked process per report, folders that appear whole or not at all."""
