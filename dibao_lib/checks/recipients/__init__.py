"""二查: are the recipients the right ones (R12-R15); one module per kind of evidence."""
