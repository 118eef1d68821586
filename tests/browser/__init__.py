"""The screens in a real browser: an installed Chromium, a real server, a small demonstration's data."""
