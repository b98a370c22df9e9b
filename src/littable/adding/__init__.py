"""Papers added to a table: which papers, which table, where in it, what the row says, and what came of it.

Files are neither read nor written here: a document is given, and a text comes back.
"""
