"""`site.yaml`: its model, its reader, and validators of its values."""
