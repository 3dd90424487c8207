"""What the bot does, one use case a file, over the ports in `ports.py`."""
