"""What changed since a git revision: a file's text as it was, and the rows that say something else now."""
