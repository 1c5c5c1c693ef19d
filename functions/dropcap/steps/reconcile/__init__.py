"""10 reconcile: once a day and after a deployment, what differs from what should be is processed again."""
