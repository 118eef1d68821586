"""The engine under our dialect: saving, joining, branching, checking."""
