"""Hear what is asked: a post becomes its questions, each with ranked entries and a decision."""

import os

# Before numpy is first imported: its library otherwise keeps a second core busy waiting for the
# next small product, and that core is the event loop's.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
