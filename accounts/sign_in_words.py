"""What goes wrong at sign-in, said as what to do next."""

# By allauth's own names of what can go wrong.
SENTENCES = {
    "account_inactive": "This account is closed. Ask the leads of your programme.",
    "cannot_remove_primary_email": "Choose another main address before you remove this one",
    "duplicate_email": "Enter an address that is not on your account yet",
    "email_password_mismatch": "Check your email address and password: they do not belong together",
    "email_taken": "Enter an address that nobody else uses here",
    "enter_current_password": "Enter your current password",
    "incorrect_code": "Enter the code from our latest message: this one is not right",
    "incorrect_password": "Check your password: it is not right",
    "invalid_or_expired_key": "This link no longer works. Ask for a new one.",
    "invalid_login": "Check your email address and password: they do not belong together",
    "max_email_addresses": "You can have %d addresses. Remove one before you add another.",
    "too_many_login_attempts": "Too many attempts. Wait 15 minutes, or sign in the other way: by password or by code.",
    "unverified_primary_email": "Confirm the address before you make it your main one",
    "same_as_current": "Enter an address that differs from the one you have",
    "rate_limited": "Too many attempts. Wait a few minutes and try again.",
}
