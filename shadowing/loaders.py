"""From the id in an address to what this person may see; everything else is the same 404."""

from cohorts.loaders import loader
from shadowing.models import Visit

load_visit = loader("visit", lambda user: Visit.objects.visible_to(user).with_people())
