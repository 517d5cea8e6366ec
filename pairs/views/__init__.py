"""Pages of the hall: each a sentence of method, object, permission, one action, where next."""
