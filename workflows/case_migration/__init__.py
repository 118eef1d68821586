"""Running cases onto another version of their process: judged, tried on a copy, and only then moved (decision 0013)."""
