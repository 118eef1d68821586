"""Documents (文书) of a case: which there are, how they are filled from a template, numbered, marked stale, and put into a case file."""
