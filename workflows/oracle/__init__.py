"""The path oracle: what can happen on a diagram, tried on the real engine before the diagram may be published.

A fact that routes is taken as free until something is decided about it: when a condition looks at it, every value that any condition of the bundle
could tell from the others is tried, and from then on the decision holds until the fact is written anew. So two conditions never contradict each
other on one path, and nothing has to be known about people or services.

    domains      which values of a fact need to be tried
    supposing    the facts of a supposed case: decided, or still a choice
    reading      which facts still matter, seen from a token
    exploring    one process, every state once
    proving      every process in every situation that it is called in, and what is wrong
    rules        what a diagram must keep, beside the diagrams (rules.yaml)
    telling      the findings in the designer's words, with the shortest path to each
"""
