"""An upper bound on what is received at all; forms say their own, smaller limits in words.

Beyond it no form is read, so a page says with `takes` what it would have taken, for the page that refuses.
"""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LONGEST_BODY = 20 * 1024 * 1024  # bytes


def takes(words: str):
    """What a view takes, after "This page takes"; beneath it go decorators that keep its attributes."""

    def decorator(view):
        view.takes = words
        return view

    return decorator


def taken_by(request) -> str:
    """What the page takes to which a request was sent; nothing where that is not known."""
    return getattr(getattr(request.resolver_match, "func", None), "takes", "")


class Bounded(FileUploadHandler):
    """Stops reading a request whose files are larger than anybody here needs."""

    def __init__(self, request=None):
        super().__init__(request)
        self.received = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > LONGEST_BODY:
            raise RequestDataTooBig("The file is far too large.")

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > LONGEST_BODY:
            raise RequestDataTooBig("The file is far too large.")
        return raw_data

    def file_complete(self, file_size):
        return None
