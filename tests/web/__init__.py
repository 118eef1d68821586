"""The doors: pages, the public interface, the command line."""
