"""Bundles that somebody uploads to break, read or run something, each through every door; docs/hostile-uploads.md is made from them."""
