"""What a chart says, in one sentence for somebody who has never seen a control chart.

It is about the last phase, since what was recalculated is no longer how things are; other signals are counted, and a
second sentence says what the recalculation moved, which would be lost with the old limits. How a day is written is the
caller's: `say_day` turns a date into words.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import isclose

from projects.spc.phases import LEAST_POINTS, Phase
from projects.spc.runs import ENOUGH_USEFUL, RunChart
from projects.spc.signals import PRECEDENCE, Direction, Meaning, Rule, Signal
from projects.spc.xmr import XmR, XmRPhase

SayDay = Callable[[date], str]

EARLY = "It is too early to tell chance from change"
TIMES = ("once", "twice", "three times", "four times", "five times", "six times", "seven times")

MEANT = {
    Meaning.IMPROVEMENT: "a change for the better",
    Meaning.CONCERN: "a change for the worse",
    Meaning.NEITHER: "a change, where neither way counts as better",
}
RULES = {
    Rule.OUTSIDE: "outside the limits",
    Rule.TREND: "seven or more rising or falling in a row",
    Rule.TWO_OF_THREE: "two of three near a limit",
    Rule.ONE_SIDE: "seven or more on one side",
}


def xmr_in_words(chart: XmR, *, say_day: SayDay) -> str:
    """The latest signal since the last recalculation and what it means; or that there is none, or too few points."""
    if not chart.phases:
        return f"{EARLY}: there are no points yet, and limits need {LEAST_POINTS}."
    phase = chart.phases[-1]
    signals = [signal for signal in chart.signals if signal.first >= phase.first]
    others = _others(len(chart.signals) - bool(signals), "more" if signals else "earlier")
    whole = _points_of(chart, phase, say_day)
    if phase.limits is None:
        return f"{EARLY}: {whole} {_are(phase.length)} not enough for limits, which need {LEAST_POINTS}{others}."
    went = _went(chart, "average", [each.mean for each in chart.phases[-2:]], say_day)
    trial = f"; these are trial limits, from only {phase.baseline_length} points" if phase.is_trial else ""
    if not signals:
        lower, mean, upper = alike(phase.limits.lower, phase.mean, phase.limits.upper)
        return (
            f"No change is seen in the {whole}: they vary around the average of {mean} as by chance, between {lower} "
            f"and {upper} (none of the four rules is broken{trial}){others}.{went}"
        )
    signal = max(signals, key=lambda each: (each.last, -PRECEDENCE[each.rule]))
    clause = _broken(chart, phase, signal, say_day)
    return f"{clause}: {MEANT[signal.meaning]} ({RULES[signal.rule]}{trial}){others}.{went}"


def run_chart_in_words(chart: RunChart, *, say_day: SayDay) -> str:
    """The latest long run since the last recalculation, too few crossings, or neither; or that points are too few."""
    if not chart.phases:
        return f"{EARLY}: there are no points yet, and {ENOUGH_USEFUL} that are not on the median are needed."
    phase = chart.phases[-1]
    signals = [signal for signal in chart.signals if signal.first >= phase.first]
    runs = [signal for signal in signals if signal.rule is Rule.LONGEST_RUN]
    is_few = len(signals) > len(runs)
    others = _others(len(chart.signals) - bool(runs) - is_few, "more" if signals else "earlier")
    whole, median = _points_of(chart, phase, say_day), figures(phase.median)[0]
    if phase.longest_limit is None:
        if phase.length < ENOUGH_USEFUL:
            need = f"which needs {ENOUGH_USEFUL} that are not on the median"
            return f"{EARLY}: {whole} {_are(phase.length)} not enough for a run chart, {need}{others}."
        return (
            f"{EARLY}: of {whole}, {phase.useful} {_are(phase.useful)} not on the median of {median}, and "
            f"{ENOUGH_USEFUL} are needed{others}."
        )
    went = _went(chart, "median", [each.median for each in chart.phases[-2:]], say_day)
    crossed, few = _crossed(phase.crossings), f"fewer than {phase.least_crossings} crossings"
    if not signals:
        return (
            f"No change is seen in the {whole}: they lie around the median of {median} as by chance (the longest run "
            f"on one side is {phase.longest_run} and may be {phase.longest_limit}; the median is "
            f"{crossed}, and {phase.least_crossings} times are enough){others}.{went}"
        )
    if not runs:
        return (
            f"In the {whole} the median of {median} is {crossed}: a change, though this rule does not say "
            f"which way (chance seldom makes {few}){others}.{went}"
        )
    clause, seldom = _run(chart, runs[-1], median, say_day), f"a run longer than {phase.longest_limit}"
    if is_few:
        clause += f", and in all {phase.length} points it is {crossed}"
        seldom += f" or {few}"
    return f"{clause}: {MEANT[runs[-1].meaning]} (chance seldom makes {seldom}){others}.{went}"


def figures(*values: float) -> list[str]:
    """Values to three figures, or to as many as tell those apart that differ; whole thousands are not rounded."""
    for digits in range(3, 16):
        said = [_figure(value, digits) for value in values]
        if len(set(said)) == len(set(values)):
            break
    return said


def alike(*values: float) -> list[str]:
    """Values of one sentence, with as many decimals each: three figures of the largest, more where they look alike."""
    for digits in range(3, 16):
        places = max(0, digits - max(len(f"{abs(value):.0f}") for value in values))
        said = [f"{round(value, places) + 0.0:,.{places}f}" for value in values]
        if len(set(said)) == len(set(values)) and all(map(_is_something, values, said)):
            if all(float(each.replace(",", "")).is_integer() for each in said):
                return [each.partition(".")[0] for each in said]
            return [text if value else "0" for value, text in zip(values, said, strict=True)]
    return figures(*values)  # too small, or too far from each other


def _is_something(value: float, said: str) -> bool:
    """Whether a value that is not zero is not said to be."""
    return not value or float(said.replace(",", "")) != 0


def _went(chart: XmR | RunChart, centre: str, values: list[float], say_day: SayDay) -> str:
    """What the last recalculation moved, which no rule says of it: "The average went from 20.6 to 10.8 on …"."""
    if len(values) == 1 or isclose(values[0], values[1], rel_tol=1e-9):  # apart only in how a computer adds
        return ""
    before, after = alike(*values)
    return f" The {centre} went from {before} to {after} on {say_day(chart.days[chart.phases[-1].first])}."


def _figure(value: float, digits: int) -> str:
    whole = len(f"{abs(value):.0f}")
    rounded = Decimal(f"{value:.{max(digits, whole) - 1}e}") + 0  # no minus before nothing
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _broken(chart: XmR, phase: XmRPhase, signal: Signal, say_day: SayDay) -> str:
    """Which points broke a rule of an XmR chart, as a clause."""
    is_up, many = signal.direction is Direction.UP, len(signal.marked)
    if signal.rule is Rule.ONE_SIDE:
        where = f"{'above' if is_up else 'below'} the average of {figures(phase.mean)[0]}"
        return f"{_in_a_row(chart, signal, say_day)}, lie {where}"
    if signal.rule is Rule.TREND:
        return f"{_in_a_row(chart, signal, say_day)}, each lie {'above' if is_up else 'below'} the one before"
    limit = _limit(phase, is_up)
    side = f"the {'upper' if is_up else 'lower'} limit of"
    if signal.rule is Rule.OUTSIDE and many == 1:
        value, said = figures(chart.values[signal.first], limit)
        beyond = "above" if is_up else "below"
        return f"The value of {say_day(chart.days[signal.first])}, {value}, lies {beyond} {side} {said}"
    dates = f"from {say_day(chart.days[signal.first])} to {say_day(chart.days[signal.last])}"
    said = figures(limit)[0]
    if signal.rule is Rule.OUTSIDE:
        return f"{many} points in a row, {dates}, lie {'above' if is_up else 'below'} {side} {said}"
    if many == 2:
        dates = f"on {say_day(chart.days[signal.first])} and {say_day(chart.days[signal.last])}"
        return f"Two of three points in a row, {dates}, lie close to {side} {said} or beyond it"
    return f"{many} of the points {dates} lie close to {side} {said} or beyond it"


def _limit(phase: XmRPhase, is_up: bool) -> float:
    assert phase.limits is not None  # noqa: S101 - a signal has limits
    return phase.limits.upper if is_up else phase.limits.lower


def _in_a_row(chart: XmR | RunChart, signal: Signal, say_day: SayDay) -> str:
    """ "The last 13 points in a row, from … to …"."""
    many = f"{len(signal.marked)} points in a row"
    who = f"The last {many}" if signal.last == len(chart.days) - 1 else many
    return f"{who}, from {say_day(chart.days[signal.first])} to {say_day(chart.days[signal.last])}"


def _run(chart: RunChart, run: Signal, median: str, say_day: SayDay) -> str:
    """ "14 points in a row, from … to …, lie below the median of 10 (2 on it are left out)"."""
    side = "above" if run.direction is Direction.UP else "below"
    skipped = run.last - run.first + 1 - len(run.marked)
    left_out = f" ({skipped} on it {_are(skipped)} left out)" if skipped else ""
    return f"{_in_a_row(chart, run, say_day)}, lie {side} the median of {median}{left_out}"


def _points_of(chart: XmR | RunChart, phase: Phase, say_day: SayDay) -> str:
    """ "12 points from … to …", or "12 points since the recalculation (… to …)"."""
    first, last = say_day(chart.days[phase.first]), say_day(chart.days[phase.last])
    many = "1 point" if phase.length == 1 else f"{phase.length} points"
    if len(chart.phases) > 1:
        return f"{many} since the recalculation ({first if phase.length == 1 else f'{first} to {last}'})"
    return f"{many} of {first}" if phase.length == 1 else f"{many} from {first} to {last}"


def _crossed(number: int) -> str:
    """ "never crossed", "crossed once", "crossed three times", "crossed 14 times"."""
    if not number:
        return "never crossed"
    return f"crossed {TIMES[number - 1] if number <= len(TIMES) else f'{number} times'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _others(number: int, which: str) -> str:
    """A clause about the signals that the sentence does not describe."""
    if not number:
        return ""
    return f"; {number} {which} {'signal' if number == 1 else 'signals'} {_are(number)} marked on the chart"
