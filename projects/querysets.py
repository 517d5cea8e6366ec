"""Reads of agreed actions and projects. `visible_to(user)` is the only way a view begins."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cohorts.models import Cohort, Participant
from cohorts.querysets import leads_in_part, led_whole_by
from elements import clock
from pairs.models import Pair
from projects.choices import Part, SupportState


class WithProject(models.QuerySet):
    """Rows that belong to a project."""

    def with_project(self):
        """Each with its project as `with_people()` reads it: rules ask who belongs to it."""
        whole = apps.get_model("projects", "Project").objects.with_people()
        return self.prefetch_related(Prefetch("project", queryset=whole))


class ActionQuerySet(WithProject):
    def visible_to(self, user):
        """Those of one's present pairs and projects; one's own for good. Leads read a project's on its page."""
        theirs = Q(pair__in=Pair.objects.of(user).values("pk")) | Q(project__in=_own_projects(user))
        return self.filter(Q(owner__user=user) | theirs)

    def of_own_projects(self, user):
        """Those of projects that one owns or is critical friend of now: a former friend ticks hers, no more."""
        return self.filter(project__in=_own_projects(user))

    def open(self):
        return self.filter(done_on=None)

    def in_order(self):
        """What is due first; what has no date comes last."""
        return self.order_by(F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "said_on", "pk")

    def with_people(self):
        return self.select_related("owner", "pair")


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that one owns or is critical friend of; and for leads those of their cohorts, cut down by the pages to
        title, aim, score, milestones and next steps (an organisation's own lead: those with an owner of hers).
        """
        return self.filter(self._belongs(user) | self._led(user))

    def own(self, user):
        """Those that one owns or is critical friend of now."""
        return self.filter(self._belongs(user))

    def led_by(self, user):
        """Those that a lead reads of: without her own."""
        return self.filter(self._led(user) & ~self._belongs(user))

    def in_portfolio(self, user):
        """Those that a lead answers for, her own among them: of a cohort that is hers, or with an owner who is hers."""
        return self.filter(self._led(user))

    @staticmethod
    def _belongs(user):
        involved = apps.get_model("projects", "Involvement").objects.filter(project=OuterRef("pk"), until=None)
        return Q(Exists(involved.filter(participant__user=user)))

    @staticmethod
    def _led(user):
        led = led_whole_by(user)
        if leads_in_part(user):
            owners = apps.get_model("projects", "Involvement").objects.filter(
                project=OuterRef("pk"), part=Part.OWNER, until=None
            )
            led |= Q(Exists(owners.filter(participant__in=Participant.objects.led_in_part_by(user))))
        return led

    def going_on(self):
        return self.filter(ended_on=None)

    def with_people(self):
        """With the cohort, and everybody who owns it or is its critical friend now."""
        involved = apps.get_model("projects", "Involvement").objects.filter(until=None)
        return self.select_related("cohort__programme").prefetch_related(
            Prefetch("involved", queryset=involved.select_related("participant__user"), to_attr="everybody")
        )

    def with_counts(self):
        """Each with its latest `score` and with how much there is of what its pages show."""

        def number(name, **only):
            rows = apps.get_model("projects", name).objects.filter(**{"project": OuterRef("pk"), **only})
            return Coalesce(Subquery(_counted(rows, "project")), 0)

        points = apps.get_model("projects", "Point").objects.filter(measure__project=OuterRef("pk"))
        scores = apps.get_model("projects", "Score").objects.filter(project=OuterRef("pk"))
        return self.annotate(
            score=Subquery(scores.values("value")[:1]),
            points=Coalesce(Subquery(_counted(points, "measure__project")), 0),
            measure_count=number("Measure"),
            driver_count=number("Driver"),
            cycle_count=number("Cycle"),
            review_count=number("Review"),
            request_count=number("SupportRequest"),
        )

    def at_a_glance(self):
        """Each with what a list says of it: whether it is tested and measured, and the next step that is open."""
        points = apps.get_model("projects", "Point").objects.filter(measure__project=OuterRef("pk"))
        cycles = apps.get_model("projects", "Cycle").objects.filter(project=OuterRef("pk"))
        steps = apps.get_model("projects", "Action").objects.filter(project=OuterRef("pk")).open().in_order()
        return self.annotate(
            points=Exists(points),
            cycle_count=Exists(cycles),
            next_words=Coalesce(Subquery(steps.values("words")[:1]), Value("")),
            next_due=Subquery(steps.values("due_on")[:1]),
        )

    def locked(self, project):
        """The row as it is now, held until the end of the transaction, with its people; None if it is gone."""
        return self.with_people().select_for_update(of=("self",)).filter(pk=project.pk).first()


class OfProjectQuerySet(WithProject):
    def visible_to(self, user):
        """What belongs to projects that this person owns or is critical friend of."""
        return self.filter(project__in=_own_projects(user))


class OfMeasureQuerySet(models.QuerySet):
    def with_measure(self):
        """Each with its measure, and its project as `with_people()` reads it."""
        measures = apps.get_model("projects", "Measure").objects.with_project()
        return self.prefetch_related(Prefetch("measure", queryset=measures))

    def visible_to(self, user):
        return self.filter(measure__project__in=_own_projects(user))


class ReviewQuerySet(WithProject):
    def visible_to(self, user):
        """Its friend's for good, and the owners'; another friend of the same project reads her own alone."""
        involved = apps.get_model("projects", "Involvement").objects.filter(
            project=OuterRef("project"), part=Part.OWNER, until=None, participant__user=user
        )
        return self.filter(Q(friend__user=user) | Exists(involved))


class ReviewRequestQuerySet(models.QuerySet):
    def days(self) -> dict:
        """On which day each was asked, by (milestone, involvement)."""
        rows = self.order_by().values_list("milestone", "friend", "asked_at")
        return {(milestone, friend): clock.local(asked).date() for milestone, friend, asked in rows}


class SupportQuerySet(WithProject):
    def visible_to(self, user):
        """Those of one's own projects, and for leads those of the projects that they read of."""
        projects = apps.get_model("projects", "Project").objects.visible_to(user).order_by().values("pk")
        return self.filter(project__in=projects)

    def led_by(self, user):
        """What is asked of this lead: nothing of projects that she owns or is critical friend of."""
        projects = apps.get_model("projects", "Project").objects.led_by(user).order_by().values("pk")
        return self.filter(project__in=projects)

    def waiting(self):
        return self.filter(state=SupportState.OPEN)

    def replied(self):
        """What a lead answered, also one who has been forgotten since; not what its owners settled without her."""
        closed = Q(state=SupportState.NOT_POSSIBLE) | ~Q(answer="") | Q(answered_at__lt=F("closed_at"))
        return self.filter(Q(answered_by__isnull=False) | Q(state=SupportState.ANSWERED) | closed)


class MethodLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cohorts that one may see."""
        return self.filter(cohort__in=Cohort.objects.visible_to(user).order_by().values("pk"))


def _counted(rows, column):
    """How many of these there are to one row of the outer query."""
    return rows.order_by().values(column).annotate(number=Count("pk")).values("number")


def _own_projects(user):
    return apps.get_model("projects", "Project").objects.own(user).order_by().values("pk")
