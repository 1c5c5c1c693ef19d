"""Front matter in YAML, TOML, JSON or bare `Key: value` lines ▶ checked fields."""
