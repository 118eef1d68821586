"""What must hold before a diagram may be published: one function, `check.check_files`, behind command line, API and editor."""
