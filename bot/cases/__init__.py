"""What a member is owed: the case, its parts, its states and its deadlines. Pure."""
