"""What is known about papers: identifiers, records and where records come from."""
