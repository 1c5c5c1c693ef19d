"""The local cloud: everything that `template.yaml` describes, in one process, without AWS."""
