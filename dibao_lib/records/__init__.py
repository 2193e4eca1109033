"""Field records: what teams saw in the village, recorded offline, never lost, never quietly changed."""
