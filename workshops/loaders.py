"""From the id in an address to what this person may see; everything else is the same 404."""

from bookings.models import Attendee
from cohorts.loaders import loader
from workshops.choices import KIND
from workshops.models import Material, Meeting, TimeGiven, Workshop

load_workshop = loader("workshop", lambda user: Workshop.objects.visible_to(user).with_cohort())
load_material = loader(
    "material",
    lambda user: Material.objects.visible_to(user).without_content().select_related("workshop__cohort__programme"),
)
load_meeting = loader("meeting", lambda user: Meeting.objects.visible_to(user).with_session())
load_own_meeting = loader("meeting", lambda user: Meeting.objects.visible_to(user).asked_for_by(user).with_session())
load_attendee = loader(
    "attendee",
    lambda user: (
        Attendee.objects.visible_to(user)
        .booked()
        .filter(session__kind=KIND, session__in=Meeting.objects.visible_to(user).order_by().values("pk"))
        .select_related("session", "cohort__programme", "participant")
    ),
)
load_whoever_asked = loader(  # also who waits, and who does no more
    "attendee",
    lambda user: (
        Attendee.objects.visible_to(user)
        .filter(session__kind=KIND, session__in=Meeting.objects.visible_to(user).order_by().values("pk"))
        .select_related("session", "booking", "cohort__programme", "participant")
    ),
)
load_time_given = loader(
    "time_given", lambda user: TimeGiven.objects.visible_to(user).select_related("cohort__programme")
)
