"""Rows of the addresses that belong to no room: the roof's own and the sign-in pages."""

from tests.permissions.table import EVERYBODY, Row

SIGN_IN = "a step of signing in, taken while signed out"

ROWS = [
    Row(url="home", may=EVERYBODY),
    Row(url="healthz", public=True, why="asked by the machine that watches whether the service is up"),
    Row(url="account_login", public=True, why=SIGN_IN),
    Row(url="account_logout", public=True, why="signing out twice is no error"),
    Row(url="account_inactive", public=True, why=SIGN_IN),
    Row(url="account_signup", public=True, why="says that people come in by invitation"),
    Row(url="account_email_verification_sent", public=True, why=SIGN_IN),
    Row(url="account_reset_password", public=True, why=SIGN_IN),
    Row(url="account_confirm_login_code", public=True, why=SIGN_IN),
    Row(url="account_confirm_password_reset_code", public=True, why=SIGN_IN),
    Row(url="account_complete_password_reset", public=True, why=SIGN_IN),
    Row(url="account_password_reset_completed", public=True, why=SIGN_IN),
    Row(url="account_request_login_code", public=True, why=SIGN_IN),
    Row(url="account_reauthenticate", may=EVERYBODY),
    Row(url="account_email", may=EVERYBODY),
    Row(url="account_change_password", may=EVERYBODY),
    Row(url="account_set_password", may=EVERYBODY),
    Row(url="usersessions_list", may=EVERYBODY),
]

# Views of packages and of the roof carry no mark of ours; why each may do without one is said here.
UNMARKED = {
    "home": "shows a person what is their own",
    "account_login": SIGN_IN,
    "account_logout": SIGN_IN,
    "account_inactive": SIGN_IN,
    "account_signup": SIGN_IN,
    "account_email_verification_sent": SIGN_IN,
    "account_reset_password": SIGN_IN,
    "account_confirm_login_code": SIGN_IN,
    "account_confirm_password_reset_code": SIGN_IN,
    "account_complete_password_reset": SIGN_IN,
    "account_password_reset_completed": SIGN_IN,
    "account_request_login_code": SIGN_IN,
    "account_reauthenticate": "asks one's own password again",
    "account_email": "one's own addresses",
    "account_change_password": "one's own password",
    "account_set_password": "one's own password",
    "usersessions_list": "one's own sessions",
}

# The support pages answer by one rule for all: Django's own site, open to the administrator.
BY_ONE_RULE = ("admin",)
