"""Issues, their delivery, SES events and subscriptions."""
