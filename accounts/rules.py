"""Who may do what with accounts: predicates of a few lines."""

import rules


@rules.predicate
def is_administrator(user) -> bool:
    return bool(user.is_authenticated and user.is_administrator)


# Django's support pages ask for these by their own names.
for _name in ("view_user", "change_user", "view_auditrecord"):
    rules.add_perm(f"accounts.{_name}", is_administrator)
