"""HTML tables in Markdown: tags, rows and cells with their places, as browsers read them."""
