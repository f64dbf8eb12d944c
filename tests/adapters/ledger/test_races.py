"""Several threads and processes on one ledger: one wins, nothing is lost, nothing is half-done."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from copilot.adapters.ledger import SqlBrandLedger, SqlLedger
from copilot.errors import Conflict, CopilotError

from . import parts
from .parts import JO, NOW, SAM, Actor, approve_in, approved, at, leased, new, opened, reply, url, write_in


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run at the same moment, each in a thread; errors of ours are results."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except CopilotError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_managers_in_two_threads_one_wins_and_the_others_see_who(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    people = [f"p{n}" for n in range(6)]
    results = together(
        *(
            lambda p=p: bakery.commit_approval(reply(case, f"r-{p}", approver=Actor(person=p)), at(2), (), ())
            for p in people
        )
    )
    (winner,) = bakery.outbox()
    lost = [one for one in results if isinstance(one, Conflict)]
    assert len(lost) == 5
    assert all(f"{winner.reply.approver.person} approved a reply" in str(one) for one in lost)


def test_two_managers_in_two_processes_one_wins_and_the_others_see_who(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    case = opened(bakery)
    people = ["ann", "bob", "cleo"]
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as pool:
        results = list(pool.map(approve_in, [url(tmp_path)] * 3, people, [case] * 3))
    (winner,) = bakery.outbox()
    assert results.count(winner.id) == 1
    assert sum(f"conflict: {winner.reply.approver.person} approved a reply" in one for one in results) == 2
    assert [line.event for line in bakery.history(case.id)] == ["import", "approve"]


def test_a_double_click_ends_in_one_post(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    results = together(*(lambda: bakery.commit_approval(reply(case), at(2), (), ()) for _ in range(4)))
    assert sum(isinstance(one, Conflict) for one in results) == 3
    assert len(bakery.outbox()) == 1


def test_eight_processes_write_and_nothing_is_lost(bakery: SqlBrandLedger, tmp_path: Path) -> None:
    with ProcessPoolExecutor(8, mp_context=multiprocessing.get_context("spawn")) as pool:
        counts = list(pool.map(write_in, [url(tmp_path)] * 8, range(8), [20] * 8))
    assert sum(counts) == 8 * 20 + 20
    assert bakery.counts(NOW)["open"] == 180
    for id in ("w0-0", "w7-19", "shared-0"):
        assert bakery.mention(id).id == id
    # all of w*-n stand each in a thread of its own; the history of each case is whole
    assert all(len(bakery.history(item.case.id)) == item.case.version for item in bakery.queue(NOW, limit=500))


def test_messages_of_one_case_from_many_threads_each_raise_its_version(bakery: SqlBrandLedger) -> None:
    case = opened(bakery)
    together(*(lambda n=n: bakery.add_mentions([new(f"x{n}", thread="m1", minutes=n)], NOW, None) for n in range(8)))
    assert (bakery.case(case.id).version, bakery.case(case.id).mention_id) == (9, "x7")
    assert [line.version for line in bakery.history(case.id)] == list(range(1, 10))


def test_many_workers_one_row_one_claims_it(bakery: SqlBrandLedger) -> None:
    approved(bakery, opened(bakery))
    claims = together(*(lambda: bakery.lease_due(at(3), at(8)) for _ in range(6)))
    assert sum(claim is not None for claim in claims) == 1


def test_taking_back_against_sending_has_one_winner(ledger: SqlLedger) -> None:
    for n in range(12):
        brand = ledger.brand(f"brand-{n}")
        case = opened(brand)
        approved(brand, case)
        item = leased(brand)
        went, back = together(
            lambda b=brand, i=item: b.start_sending(i.id, i.lease_token, at(3)),
            lambda b=brand, i=item: b.take_back(i.id, JO, at(3)).state,
        )
        state = brand.outbox_item(item.id).state
        assert (went, state) in ((True, "sending"), (False, "taken_back"))
        assert isinstance(back, CopilotError) == (state == "sending")


def test_two_people_mark_it_sent_and_one_is_told(bakery: SqlBrandLedger) -> None:
    approved(bakery, opened(bakery))
    results = together(*(lambda p=p: bakery.mark_sent("r1", p, None, at(3)) for p in (JO, SAM)))
    (lost,) = [one for one in results if isinstance(one, Conflict)]
    assert f"{bakery.outbox_item('r1').sent_by} sent r1" in str(lost)


def test_killed_before_any_statement_of_an_approval_nothing_of_it_is_there(
    bakery: SqlBrandLedger, tmp_path: Path
) -> None:
    opened(bakery)
    found = os.pathsep.join(sys.path)
    run = subprocess.run(
        [sys.executable, parts.__file__, url(tmp_path)],
        env={**os.environ, "PYTHONPATH": found},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    lines = [line.split() for line in run.stdout.splitlines()]
    killed, (last,) = lines[:-1], lines[-1:]
    assert len(killed) > 8
    assert {tuple(line[1:]) for line in killed} == {("False", "0", "open", "0")}
    assert last[1:] == ["True", "1", "approved", "1"]
    assert bakery.outbox_item("r1").state == "queued", "committed: sent once after a restart"
    assert leased(bakery).id == "r1"
