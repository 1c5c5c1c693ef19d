"""The adapters: AWS in the terms of the domain. Each translates ClientError once (`failures.py`)."""
