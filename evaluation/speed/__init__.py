"""How fast a parent hears back, beside the least a bot can do."""
