"""What the post room gives the house."""

from collections import Counter

from django.urls import reverse

from elements.contract import Attention, Door, Element, Kind, Placeholder
from elements.registry import register
from reminders import nudges
from reminders.backend import KIND
from reminders.choices import DIGEST, State
from reminders.models import Message


def texts_only(ref, to) -> dict:
    """An account message brings its own text, sealed in its row."""
    return {}


class PostRoom(Element):
    app = slug = "reminders"
    name = "Post room"
    optional = False
    messages = (
        Kind(
            name=KIND,
            label="Sign-in code or message about an account",
            context=texts_only,
            at_least_once=True,
            urgent=True,
            secret=True,
            unlisted=True,
        ),
        Kind(
            name=DIGEST,
            label="Several things to do",
            why="Sent when there is more than one thing to do, in place of a message for each",
            context=nudges.context,
            wanted=nudges.is_any_left,
            nudge=True,
            placeholders=(
                Placeholder("summary", "what is most pressing", "Meet your partner and 1 more", must_stay=False),
                Placeholder("opening", "how many things there are to do", "There are 2 things to do:"),
                Placeholder(
                    "things",
                    "what there is to do, each with its link",
                    "Agree when you meet first:\nhttps://pairs.example/pairs/1/\n\nSign in once:\nhttps://pairs.example/",
                    must_stay=True,
                ),
            ),
        ),
    )

    def doors(self, *, viewer, pair=None, cohort=None):
        """The messages of a cohort, for those who may see them."""
        if cohort is not None and pair is None and viewer.has_perm("cohorts.see_post", cohort):
            url = reverse("post_list", args=[cohort.pk])
            yield Door("Messages", url, "cohort", "What was sent, what is waiting, what went wrong", 60)

    def attention(self, *, cohorts, on, viewer):
        """Messages of the last fortnight that failed, or of which nobody knows whether they arrived."""
        by_scope = {cohort.pk: cohort for cohort in cohorts}
        troubled = Message.objects.within(by_scope).troubled().values_list("scope", "state")
        for (scope, state), number in sorted(Counter(troubled).items(), key=str):
            label = "Messages that failed" if state == State.FAILED else "Messages that may not have arrived"
            yield Attention(
                cohort=by_scope[scope],
                label=label,
                count=number,
                url=f"{reverse('post_list', args=[scope])}?state={state}",
            )


register(PostRoom())
