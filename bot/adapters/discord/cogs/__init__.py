"""The commands people type, one area a file. They receive, defer, and hand on to the services."""
