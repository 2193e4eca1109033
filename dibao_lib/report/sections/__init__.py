"""The report's sections: one file each, every one a function from a subject to blocks; a notebook shows them in order."""
