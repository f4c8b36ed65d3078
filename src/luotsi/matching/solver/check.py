"""Whether a result is what it says: believes nothing in it, knows nothing of how it was found.

Every rule and every score is worked out again from the problem, pair by pair, in whole numbers of any size. The bound:
each seat has a price of at least 0, and nobody gains more than the best pair less its mentor's price; so all gains and
the prices of all seats together are at least what any answer is worth. An answer that reaches this bound is the best.
Pins are given, and stand outside of it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from luotsi.matching.solver.json_form import input_hash
from luotsi.matching.solver.values import FIT_OF_LEVEL, Criterion, Flaw, Proof, Rule, seat_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from luotsi.matching.solver.values import Mentee, Mentor, Problem, Result

    Points = dict[str, dict[str, dict[Criterion, int]]]

BROKEN: Final[dict[Rule, Callable[[Mentee, Mentor], bool]]] = {
    Rule.NOT_ONESELF: lambda a, b: a.key == b.key,
    Rule.MINOR_NEEDS_VETTED: lambda a, b: not b.vetted if a.is_minor else b.is_minor and not a.vetted,
    Rule.COMMON_LANGUAGE: lambda a, b: a.languages.isdisjoint(b.languages),
    Rule.NOT_SAME_ORGANISATION: lambda a, b: a.organisation == b.organisation != "",
    Rule.NOT_SAME_UNIT: lambda a, b: a.unit == b.unit != "",
    Rule.NOT_SAME_LINE_MANAGER: lambda a, b: (
        a.key == b.line_manager or a.line_manager in {b.key, b.line_manager} - {""}
    ),
    Rule.REGION_OR_REMOTE: lambda a, b: not (a.remote_ok and b.remote_ok) and not a.region == b.region != "",
    Rule.MANDATORY_SKILLS: lambda a, b: not a.mandatory <= b.offers.keys(),
}


def check(problem: Problem, result: Result) -> Proof:
    """The result must fit the (valid) problem without a flaw, and reach the bound that its prices set."""
    points = {a.key: {b.key: _points(problem, a, b) for b in problem.mentors} for a in problem.mentees}
    if flaws := tuple(_flaws(problem, result, points)):
        return Proof(primal=0, dual=0, flaws=flaws)
    price, value, mentor_of = result.prices, seat_value(len(points)), {p.mentee: p.mentor for p in result.pairs}
    dual, best = sum(b.capacity * price[b.key] for b in problem.mentors) - sum(price[b] for _, b in problem.pins), {}
    for a in points.keys() - dict(problem.pins).keys():
        scores = {b: sum(given.values()) for b, given in points[a].items() if given}
        gains = {b: value + score - price[b] for b, score in scores.items() if score >= problem.rules.floor}
        gain = max([0, *gains.values()])
        best[a], dual = {b for b in gains if gains[b] == gain}, dual + gain
    primal = sum(value + pair.score for pair in result.pairs if not pair.pinned)
    lowest = {"", *(b for b in price if price[b] == 0)}  # prices that somebody keeps up; "" is to have no mentor
    while new := {b for a in best if mentor_of.get(a, "") in lowest for b in best[a]} - lowest:
        lowest |= new
    return Proof(primal=primal, dual=dual, flaws=tuple(Flaw(code="price", keys=(b,)) for b in price.keys() - lowest))


def _flaws(problem: Problem, result: Result, points: Points) -> Iterator[Flaw]:
    capacity, seats = Counter({b.key: b.capacity for b in problem.mentors}), Counter(p.mentor for p in result.pairs)
    price, mentees = result.prices, [p.mentee for p in result.pairs] + [left.key for left in result.mentees_left_out]
    true = {
        "input_hash": result.input_hash == input_hash(problem),
        "prices": price.keys() == capacity.keys() and all(type(p) is int and p >= 0 for p in price.values()),
        "pins": problem.pins == {(pair.mentee, pair.mentor) for pair in result.pairs if pair.pinned},
        "mentees": sorted(mentees) == sorted(points),
        "mentors": seats <= capacity and {b.key for b in result.mentors_left_out} == capacity.keys() - seats.keys(),
    }
    yield from (Flaw(code=code) for code, well in true.items() if not well)
    for pair in result.pairs:
        given = points.get(pair.mentee, {}).get(pair.mentor, {})
        told = {reason.code: reason.points for reason in pair.reasons}
        well = sum(told.values()) == pair.score == sum(given.values()) and told.items() <= given.items()
        if not given or not well or (pair.score < problem.rules.floor and not pair.pinned):
            yield Flaw(code="score" if given else "not_allowed", keys=(pair.mentee, pair.mentor))


def _points(problem: Problem, a: Mentee, b: Mentor) -> dict[Criterion, int]:
    rules, weights = problem.rules.holding(), problem.weights
    if b.capacity < 1 or (a.key, b.key) in problem.forbidden or any(BROKEN[r](a, b) for r in BROKEN if r in rules):
        return {}  # the rules do not allow the pair
    filled = sum(weight * FIT_OF_LEVEL[b.offers[skill]] for skill, weight in a.needs.items() if skill in b.offers)
    years = None if a.experience is None or b.experience is None else max(b.experience - a.experience, 0)
    parts = (  # in the order of the criteria, what is reached out of what could be
        (filled, 100 * sum(a.needs.values())) if a.needs else (1, 2),
        (int(a.region == b.region), 1) if a.region and b.region else (1, 2),
        (len(a.languages & b.languages), len(a.languages) or 1),
        (1, 2) if years is None else (min(years, weights.experience_full), weights.experience_full),
        (min(a.waiting_days, weights.waiting_full), weights.waiting_full),
    )
    return {code: of * n // d for (code, of), (n, d) in zip(weights.shares().items(), parts, strict=True)}
