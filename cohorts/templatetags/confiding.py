"""What the foot of every page asks about its reader."""

from django import template

from cohorts import rules

register = template.Library()


@register.filter
def may_confide(user) -> bool:
    """Whether this reader is offered a word to the leads in confidence."""
    return user.is_authenticated and rules.may_confide(user)


@register.filter
def asks_the_leads(user) -> bool:
    """Whether this reader is sent to the leads with a question."""
    return rules.asks_the_leads(user)
