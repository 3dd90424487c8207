"""A Discord of our own on this machine: the real protocol on loopback, knowing no bot."""
