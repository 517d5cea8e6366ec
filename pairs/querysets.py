"""Reads of the hall. `visible_to(user)` is the only way a view begins."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cohorts.models import Participant
from cohorts.querysets import leads_in_part, led_whole_by

SHOWN_OF_PERSON = ("name", "role_title", "state", "side", "second_email", "user_id")


def count_in_cohort(rows, cohort="cohort"):
    """How many of these rows belong to the cohort of the outer query."""
    counted = rows.filter(**{cohort: OuterRef("pk")}).order_by().values(cohort).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class ExclusionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cohorts one leads, but none that names oneself."""
        return self.filter(led_whole_by(user)).exclude(other__user=user).exclude(one__user=user)

    def with_people(self):
        return self.select_related("one__user", "other__user", "named_by")


class PrivateWordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own. Leads read them as rules of the pairing, where a word that may mean the reader is left out."""
        return self.filter(participant__user=user)

    def of(self, participant):
        return self.filter(participant=participant)

    def said_in(self, cohort):
        """{primary key of a participant: what that person named}; one query."""
        said: dict[object, list[str]] = {}
        for participant, words in self.filter(participant__cohort=cohort).values_list("participant", "words"):
            said.setdefault(participant, []).append(words)
        return said


class LockQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(led_whole_by(user))

    def with_people(self):
        return self.select_related("a__user", "b__user")

    def of_two(self, one, other):
        """The lock that holds these two together, whichever was named first."""
        return self.filter(Q(a=one, b=other) | Q(a=other, b=one))


class RunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Runs belong to the leads of the whole cohort."""
        return self.filter(led_whole_by(user))

    def without_workings(self):
        """For pages: the problem and the solution of a large cohort weigh megabytes."""
        return self.defer("inputs", "result")

    def with_counts(self):
        """For lists: how many pairs each run proposes, and nothing heavy."""
        proposals = apps.get_model("pairs", "Proposal").objects.filter(run=OuterRef("pk")).order_by().values("run")
        counted = Coalesce(Subquery(proposals.annotate(n=Count("*")).values("n")), 0)
        return self.defer("inputs", "result", "notes", "weights").annotate(pair_count=counted)

    def locked(self, run):
        """The run under a row lock, inside a transaction: two tabs come one after the other."""
        return self.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=run.pk)


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(led_whole_by(user, cohort="run__cohort"))

    def with_people(self):
        return self.select_related("a__user", "b__user", "third__user")

    def with_names(self):
        """With what a list says of those whom each proposes."""
        own = ("run_id", "score", "is_locked", "by_hand", "override", "overridden", "reasons")
        people = [f"{which}__{column}" for which in ("a", "b", "third") for column in SHOWN_OF_PERSON]
        return self.select_related("a", "b", "third").only(*own, *people)


class PairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Leads: the pairs of their cohorts (an organisation's own lead: those with one of its people).

        Partners: their present pair, from the moment it is shown, and former ones no more.
        """
        seen = led_whole_by(user) | self._own(user)
        if leads_in_part(user):
            members = apps.get_model("pairs", "Membership").objects.filter(pair=OuterRef("pk"))
            led = members.filter(participant__in=Participant.objects.led_in_part_by(user))
            seen |= Q(Exists(led.exclude(participant__user=user)))
        return self.filter(seen)

    def of(self, user):
        """The present pairs of somebody who takes part, from the moment they are shown."""
        return self.filter(self._own(user))

    def _own(self, user):
        members = apps.get_model("pairs", "Membership").objects.filter(pair=OuterRef("pk"))
        return Q(shown_from__lte=timezone.now()) & Exists(members.filter(participant__user=user, until=None))

    def known_to(self, user):
        """Those that somebody belongs or belonged to, as she was told."""
        members = apps.get_model("pairs", "Membership").objects.filter(pair=OuterRef("pk"), participant__user=user)
        return self.filter(Exists(members.filter(told=True)), shown_from__lte=timezone.now())

    def live(self):
        return self.filter(ended_on=None)

    def for_list(self):
        """With no more than a list of pairs shows."""
        return self.only("started_on", "shown_from", "first_meeting_by", "paused_on", "ended_on")

    def with_members(self):
        """With everybody who is or was in it, and their people."""
        members = apps.get_model("pairs", "Membership").objects.select_related(
            "participant__user", "participant__grade", "participant__organisation"
        )
        return self.select_related("cohort__programme", "initiator", "first_meeting").prefetch_related(
            Prefetch("memberships", queryset=members, to_attr="everybody")
        )

    def with_dates(self):
        """With what its silence follows from: for counts, which need no names."""
        return self.select_related("cohort", "first_meeting")

    def with_present(self):
        """With the cohort and those who are in it now: for reminders, which need no more."""
        members = apps.get_model("pairs", "Membership").objects.live().select_related("participant__user")
        return self.with_dates().prefetch_related(Prefetch("memberships", queryset=members, to_attr="everybody"))


class MembershipQuerySet(models.QuerySet):
    def live(self):
        return self.filter(until=None)


class OwnTimesQuerySet(models.QuerySet):
    """What somebody said about when she can meet: hers alone, not her partner's and not a lead's."""

    def visible_to(self, user):
        return self.filter(participant__user=user)

    def of(self, participant):
        return self.filter(participant=participant)


class BusyTimeQuerySet(OwnTimesQuerySet):
    def ahead(self, now):
        """Those that are not over."""
        return self.filter(ends_at__gt=now)


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's present pair, and what one signed. No lead: leads read whether a pair has one, and no more."""
        signatures = apps.get_model("pairs", "Signature").objects.filter(agreement=OuterRef("pk"))
        own = apps.get_model("pairs", "Pair").objects.of(user)
        return self.filter(Q(pair__in=own.order_by().values("pk")) | Exists(signatures.filter(participant__user=user)))

    def of_pairs(self, pairs):
        """Every version of these pairs with its signatures, the newest first."""
        return self.filter(pair__in=pairs).prefetch_related("signatures")


def _herself(user):
    """Somebody's few rows, one for each cohort: found once, where a join looks up the person behind every row."""
    return Participant.objects.filter(user=user).order_by().values("pk")


def asks():
    """Whether an answer asks for a lead, and none has been in touch. For an index too, and therefore without values."""
    asked = Q(heard_at=None) & (Q(is_not_working=True) | Q(wants_call=True))
    return models.ExpressionWrapper(asked, output_field=models.BooleanField())


class PulseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; a lead's: those of her cohorts or her organisation's people, and none of a pair that was hers."""
        # Her few pairs are looked up once, and not for each of thousands of rows whether she is in it.
        own = apps.get_model("pairs", "Membership").objects.filter(participant__user=user).values("pair")
        led = led_whole_by(user)
        if leads_in_part(user):
            led |= Q(participant__in=Participant.objects.led_in_part_by(user).order_by().values("pk"))
        return self.filter(Q(participant__in=_herself(user)) | (led & ~Q(pair__in=own)))

    def not_by(self, user):
        """What others said."""
        return self.exclude(participant__in=_herself(user))

    def asking_first(self):
        """Those to which a lead has not answered yet, then the newest, as the index of the list has them.

        What was asked in a pair that has ended stands among the first as well, until a lead was in touch.
        """
        return self.order_by(asks().desc(), "-said_at", "pk")

    def asking(self):
        """Those to which a lead has not answered yet, also where the pair has ended since: the wish has not."""
        return self.filter(Q(is_not_working=True) | Q(wants_call=True), heard_at=None)
