"""Links to files of the repository and to headings: what git tracks, and what GitHub would make of it."""
