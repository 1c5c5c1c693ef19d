"""Pure: what stands, which views a change touches, and what they look like."""
