"""The rules that the repository keeps about itself."""
