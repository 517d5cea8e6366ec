"""Who a person is: user, sign-in, the audit record."""
