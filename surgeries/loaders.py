"""From the id in an address to an object that this person may see; everything else is the same 404."""

from cohorts.loaders import loader
from surgeries.models import Surgery
from surgeries.reading import of_surgeries

load_surgery = loader("surgery", lambda user: Surgery.objects.visible_to(user).with_session())
# To book one needs neither its hosts nor its programme, and whoever may book takes part: many do it at the same moment.
load_surgery_to_book = loader(
    "surgery",
    lambda user: Surgery.objects.visible_to(user).select_related("session", "cohort"),
    sooner=lambda user: Surgery.objects.visible_to(user, as_lead=False).select_related("session", "cohort"),
)
load_booking = loader("booking", of_surgeries)
