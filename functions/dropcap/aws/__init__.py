"""The adapters: AWS in the words of the domain. Each translates ClientError once (`failures.py`)."""
