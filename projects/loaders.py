"""From the id in an address to an action that this person may see; everything else is the same 404."""

from cohorts.loaders import loader
from projects.models import Action

load_action = loader("action", lambda user: Action.objects.visible_to(user).with_people().select_related("cohort"))
