"""Field records: what teams saw in the village, declared as forms and kept in an append-only log."""
