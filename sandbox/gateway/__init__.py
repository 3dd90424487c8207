"""The gateway: what tells a client of the world."""
