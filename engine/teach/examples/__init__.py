"""Examples: shapes with a class, as they are drawn, read and cleaned."""
