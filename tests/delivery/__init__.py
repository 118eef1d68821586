"""Real processes, threads and a real PostgreSQL, stopped at the worst moments."""
