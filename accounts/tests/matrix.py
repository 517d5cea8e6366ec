"""Who meets what at the addresses of accounts."""

from accounts import first_person
from tests.permissions.table import EVERYBODY, Row

ROWS = [
    Row(
        url="first_person_create",
        fixed={"token": first_person.make_token()},
        methods=("GET", "POST"),
        public=True,
        why="there is nobody yet who could sign in; once there is somebody the good link answers as a bad one",
        answers=404,
    ),
    Row(url="draft_keep", may=EVERYBODY, methods=("POST",), post='{"page": "/people/", "texts": {"biography": "I"}}'),
    Row(url="draft_drop", may=EVERYBODY, methods=("POST",), post='{"page": "/people/", "texts": {"biography": "I"}}'),
]
