"""Markdown to entries, each with the span where it stands."""
