"""What we may say: entries, services, areas and words, written by people and kept in YAML."""
