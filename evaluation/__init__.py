"""Frozen questions, metrics, peers and reports: how well matching serves parents."""
