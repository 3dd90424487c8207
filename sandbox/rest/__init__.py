"""The REST interface: what a client asks of the world."""
