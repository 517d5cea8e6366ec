"""An upper bound on what is received at all; forms say their own, smaller limits in words."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LONGEST_BODY = 20 * 1024 * 1024  # bytes


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
