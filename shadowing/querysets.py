"""Reads of visits and reflections."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from cohorts.choices import RoleKind
from cohorts.models import Role
from elements.clock import LONDON
from shadowing.choices import TOOK_PLACE


def belonged(user):
    """Whether somebody belongs to the pair of the visit, or did on its day (`own_day`). For a query of visits."""
    members = apps.get_model("pairs", "Membership").objects.filter(
        pair=OuterRef("pair"), told=True, participant__user=user
    )
    return Exists(members.filter(Q(until=None) | Q(until__gte=OuterRef("own_day"))))


class ReflectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; and what the partner has shared, as long as one belongs to the pair.

        A former partner keeps what was shared and last changed while she belonged to it; who joins a pair later does
        not read what was shared before. No role opens any.
        """
        day_shared, day_changed = OuterRef("day_shared"), OuterRef("day_changed")
        member = apps.get_model("pairs", "Membership").objects.filter(
            Q(until=None) | (Q(until__gt=day_shared) & Q(until__gt=day_changed)),
            pair=OuterRef("pair"),
            pair__shown_from__lte=timezone.now(),
            participant__user=user,
            since__lte=day_shared,
            told=True,
        )
        days = {name: TruncDate(f"{name[4:]}_at", tzinfo=LONDON) for name in ("day_shared", "day_changed")}
        return self.alias(**days).filter(
            Q(author__user=user) | (Q(shared_at__isnull=False, redacted_at=None) & Exists(member))
        )

    def offered_to(self, user):
        """What authors have offered to the evaluation of the cohorts in which this person evaluates.

        Not one's own, and nothing of a pair that one belongs or belonged to: partners read what is shared with them.
        """
        roles = [role for role in Role.objects.held_by(user) if role.kind == RoleKind.EVALUATOR]
        cohorts = [role.cohort_id for role in roles if role.cohort_id]
        programmes = [role.programme_id for role in roles if role.programme_id]
        place = Q(author__cohort__in=cohorts) | Q(author__cohort__programme__in=programmes)
        members = apps.get_model("pairs", "Membership").objects.filter(pair=OuterRef("pair"), participant__user=user)
        return self.filter(place).offered().exclude(author__user=user).exclude(Exists(members))

    def offered(self):
        return self.filter(offered_at__isnull=False, redacted_at=None)

    def of(self, author):
        return self.filter(author=author)

    def shared_with(self, participant):
        """Those of others in the cohort; of what is visible to this person."""
        return self.filter(author__cohort=participant.cohort_id).exclude(author=participant)

    def shared_lately_with(self, participants, *, since, now):
        """What others have shared since then with these people, each with its `reader`: one query.

        The same as `visible_to` lets a present partner read, for several readers at once.
        """
        as_partner = "pair__memberships__"
        found = self.alias(day_shared=TruncDate("shared_at", tzinfo=LONDON)).filter(
            shared_at__gte=since,
            redacted_at=None,
            pair__ended_on=None,
            pair__shown_from__lte=now,
            **{f"{as_partner}participant__in": participants, f"{as_partner}until": None, f"{as_partner}told": True},
            **{f"{as_partner}since__lte": F("day_shared")},
        )
        return found.annotate(reader=F(f"{as_partner}participant")).filter(~Q(reader=F("author")))

    def numbered(self):
        """Each with `place` and `namesakes` among those of one author that are called the same on one day.

        Only these rows are counted: whoever reads a list learns nothing of what is not in it. What narrows the list
        comes first, what cuts it into pages afterwards.
        """
        day = TruncDate("written_at", tzinfo=LONDON)
        same = [F("author"), day, F("visit__setting__label"), F("visit__setting_words")]
        return self.annotate(
            place=Window(RowNumber(), partition_by=same, order_by=["written_at", "pk"]),
            namesakes=Window(Count("pk"), partition_by=same),
        )

    def for_lines(self):
        """With what a list says of each: what it is about, its author's name and its own words."""
        rows = self.select_related("author", "visit__setting")
        about = ("visit__setting_words", "visit__setting__label", "author__cohort", "author__user", "author__name")
        return rows.only(*(field.name for field in self.model._meta.concrete_fields), *about)

    def for_record(self):
        """The same of one's own, whose author is known."""
        about = ("visit__setting_words", "visit__setting__label")
        return self.select_related("visit__setting").only(
            "author", "visit", "guide", "answers", "written_at", "redacted_at", *about
        )

    def with_what_it_is_about(self):
        return self.select_related("author__cohort__programme", "visit__setting", "pair")

    def locked(self, reflection):
        """The row as it is now, held until the end of the transaction."""
        return self.select_for_update(of=("self",)).select_related("author__cohort").get(pk=reflection.pk)


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those in which one is visitor or host; leads read counts and dates, and no visit.

        Who has left the pair keeps the visits until that day, and loses what is dated after it or has no date.
        """
        own = self.alias(own_day=TruncDate("starts_at", tzinfo=LONDON)).filter(
            Q(visitor__user=user) | Q(host__user=user)
        )
        return own.filter(belonged(user))

    def marked_open_to(self, user):
        """Each with `is_open`: whether this person belongs to its pair now, which goes on, and may change something."""
        members = (
            apps.get_model("pairs", "Membership")
            .objects.live()
            .filter(
                pair=OuterRef("pair"), pair__ended_on=None, pair__shown_from__lte=timezone.now(), participant__user=user
            )
        )
        return self.annotate(is_open=Exists(members))

    def with_people(self):
        return self.select_related(
            "pair", "cohort__programme", "visitor__user", "visitor__organisation", "host__user", "host__organisation"
        ).select_related("setting", "proposed_by")

    def for_lines(self):
        """With what a line of a list or a calendar says of each, and nothing else: without texts, without forms."""
        own = ("cohort", "pair", "sequence", "state", "setting_words", "starts_at", "ends_at", "is_day_only", "site")
        own += ("minutes", "agreed_at", "changed_at")
        people = [f"{part}__{column}" for part in ("visitor", "host") for column in ("cohort", "user", "name")]
        rows = self.select_related("cohort", "visitor", "host", "setting")
        return rows.only(*own, "cohort__elements_off", "setting__label", *people)

    def took_place(self):
        return self.filter(state__in=sorted(TOOK_PLACE))

    def between_partners(self):
        """Those whose two people belong to the pair now, which goes on."""
        members = apps.get_model("pairs", "Membership").objects.filter(pair=OuterRef("pair"), until=None)
        here = [Exists(members.filter(participant=OuterRef(part))) for part in ("visitor", "host")]
        return self.filter(*here, pair__ended_on=None)

    def locked(self, visit):
        """The row as it is now, held until the end of the transaction; None if it was removed meanwhile."""
        return self.with_people().select_for_update(of=("self",)).filter(pk=visit.pk).first()
