"""What each letter says: composed from ids at the moment it is sent, never from stored text."""
