"""One-click repairs of what the check finds: each is tried before it is offered."""
