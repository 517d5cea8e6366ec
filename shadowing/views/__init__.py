"""Sentences: what is asked, which one action, where next."""
