"""The standardized report: a document model (blocks), sections that fill it, and one native writer per format."""
