"""Contests the tests of firmness are about, and their first place told by the kernel alone."""

from dataclasses import replace

import numpy as np

from scoring.ranking import MISSING, points, rank, totals
from scoring.ranking.robustness import ContestScores, Decision

NO_RULES = np.empty((0, 3), dtype=np.int64)


def first_by_kernel(contest):
    """The set of those who stand first, by the kernel and not by the module under test."""
    weighed = contest.weights > 0
    total = totals(contest.scores[:, weighed], contest.scores[:, weighed] != MISSING, contest.weights[weighed]).total
    known = contest.scores != MISSING
    breakers = [points(contest.scores, known, rule) for rule in contest.rules]
    everybody = np.ones(len(total), dtype=bool)
    figures = np.array(breakers, dtype=np.int64).reshape(len(breakers), len(total)).T
    first = frozenset(np.flatnonzero(rank(total, total * 0, everybody, figures).place == 1).tolist())
    for decision in contest.decisions:
        if first == frozenset(np.flatnonzero(decision.order).tolist()) and total.max() == decision.total:
            return frozenset(np.flatnonzero(decision.order == 1).tolist())
    return first


def contest_of(rows, weights, rules=NO_RULES, decisions=()):
    rules = np.array(rules, dtype=np.int64).reshape(-1, len(weights))
    return ContestScores(np.array(rows), np.array(weights), rules, decisions)


def decided(contest, order):
    """The contest after the plenary gave these places to those who share the first; nothing where nobody does."""
    if contest.first.sum() < 2:
        return contest
    places = np.where(contest.first, order[: len(contest.scores)], 0)
    return replace(contest, decisions=(Decision(int(contest.totals.max()), places),))
