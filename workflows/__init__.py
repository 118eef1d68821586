"""What a case is: verbs, the one way a case moves, the engine and the tables.

Nothing here knows Flask or the network. Verbs (`cases tasks inbox clocks diagrams …`) call `advance`,
`advance` calls `engine` and `records`; nobody calls upwards, and verbs do not call verbs.
"""
