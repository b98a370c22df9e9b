"""One module per rule, discovered by name; ``_rule`` and ``_registry`` are what they stand on."""
