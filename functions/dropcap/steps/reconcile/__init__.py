"""10 reconcile: once a day and after a deployment, process again what differs."""
