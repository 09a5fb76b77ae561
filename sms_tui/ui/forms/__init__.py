"""Forms made from the schema: the property grid, its input, and what typed text means."""
