"""The error of a template that the local cloud cannot deploy."""


class TemplateError(Exception):
    """The template cannot be deployed as it is written; the message says where and why."""
