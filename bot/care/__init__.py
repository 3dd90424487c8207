"""What needs care before anything else: someone in danger, and details that identify. Pure."""
