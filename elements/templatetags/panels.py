"""Putting what an element hands down for a glance onto a page."""

from django import template

from elements.contract import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context, panel: Panel) -> str:
    """The panel's own template, which sees the page's context and the panel's over it."""
    with context.push(**panel.context):
        return context.template.engine.get_template(panel.template).render(context)
