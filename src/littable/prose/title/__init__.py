"""What a title is made of, and what people put around it."""
