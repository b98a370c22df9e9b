"""One citation in running text: its title, authors, venue, year and links, each with its place."""
