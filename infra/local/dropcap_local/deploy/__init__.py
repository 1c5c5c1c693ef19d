"""From `template.yaml` to resources on moto: the SAM transform, intrinsic functions, wiring and the deployed stack."""
