"""Hear what is asked: a post becomes its questions, each with ranked entries and a decision."""
