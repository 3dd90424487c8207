"""Rules an entry has to keep, one file a subject. Each takes a page and yields what is wrong."""
