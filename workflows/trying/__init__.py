"""Trying a diagram out: a case of it on the real engine with the real services, without a database; and runs that are kept beside it.

rehearsal   one case that nobody works on: people's answers are given, services are the real ones, registers are empty
scenarios   runs as files (`scenarios/*.yaml`), replayed at each check
"""
