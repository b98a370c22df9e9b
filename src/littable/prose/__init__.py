"""Comparing the text of a row with the text of a record."""
