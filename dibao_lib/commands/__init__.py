"""Verbs of the command line that come in groups, one file a group."""
