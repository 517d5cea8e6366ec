"""From the id in an address to a run, a proposal or a pair that this person may see; else the same 404."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cohorts.loaders import loader
from cohorts.models import Participant
from pairs.kept import left_by
from pairs.models import Agreement, BusyTime, Exclusion, Lock, Pair, PrivateWord, Pulse, Run


def _runs(user):
    return Run.objects.visible_to(user).without_workings().select_related("cohort__programme", "made_by")


load_run = loader("run", _runs)
load_pair = loader("pair", lambda user: Pair.objects.visible_to(user).with_members())


def load_pair_or_what_is_kept(view):
    """The pair; who belonged to it, and may see it no more, is led to what stays hers.

    Its address stands in every earlier mail. Whoever never was in it is answered as where there is nothing: the same
    two questions are asked.
    """

    @wraps(view)
    def loaded(request, *args, **kwargs):
        try:
            return load_pair(view)(request, *args, **kwargs)
        except Http404:
            if (left := left_by(request.user, kwargs["pair_id"])) is None:
                raise
            return redirect("kept_list", left.me.pk)

    return loaded


load_exclusion = loader("exclusion", lambda user: Exclusion.objects.visible_to(user).select_related("cohort", "one"))
load_private_word = loader(
    "word", lambda user: PrivateWord.objects.visible_to(user).select_related("participant__cohort")
)
load_busy_time = loader("busy", lambda user: BusyTime.objects.visible_to(user).select_related("participant__cohort"))
load_agreement = loader("agreement", lambda user: Agreement.objects.visible_to(user).prefetch_related("signatures"))
load_pulse = loader(
    "pulse",
    lambda user: (
        Pulse.objects.visible_to(user)
        .not_by(user)
        .select_related("participant__user", "pair", "cohort__programme", "heard_by")
    ),
)
load_lock = loader("lock", lambda user: Lock.objects.visible_to(user).select_related("cohort", "a", "b"))


def load_person_of_run(view):
    """The run and, with it, a participant of its cohort: a child must belong to its parent."""

    @wraps(view)
    def loaded(request, *args, **kwargs):
        run = get_object_or_404(_runs(request.user), pk=kwargs.pop("run_id"))
        people = Participant.objects.visible_to(request.user).with_people()
        kwargs["participant"] = get_object_or_404(people, pk=kwargs.pop("participant_id"), cohort=run.cohort)
        if str(kwargs["participant"].pk) not in run.notes.get("people", ()):
            raise Http404
        return view(request, *args, run=run, **kwargs)

    return loaded
