"""Papers under headings: what a heading, the lines and the labels below it say of one paper."""
