"""One pass of sync: greet, compare heads, send, receive; resumable, and never surprised by the weather."""

from __future__ import annotations

from sync.client.acknowledging import hand_receipts, take_receipts
from sync.client.carrying import carry_all, reference_first
from sync.client.greeting import check_server
from sync.client.lessons import Lessons
from sync.client.line import Line
from sync.client.ports import Cancelled, OnProgress, Replica, Transport
from sync.client.receiving import receive_all, receive_bodies
from sync.client.report import Progress, SyncReport
from sync.client.sending import send_all
from sync.client.tally import Tally
from sync.client.trouble import SyncProblem, Trouble
from sync.wire.messages import Hello

__all__ = ["Progress", "SyncReport", "synchronise"]


def synchronise(
    replica: Replica,
    transport: Transport,
    *,
    lessons: Lessons | None = None,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> SyncReport:
    """Run one pass and report what it did.

    Whatever the network or the server does ends up in `SyncReport.problem`; what was done before it stands,
    and the next pass goes on from there. `on_progress` is called on this thread; `cancelled` is asked before
    each request. Give the same `lessons` to every pass with the same server.

    Raises:
        Exception: only what the replica raises of its own (a full disk, a fault): never the network's doing.
    """
    tally = Tally(lessons or Lessons(), on_progress, cancelled)
    hello: Hello | None = None
    stopped: SyncProblem | None = None
    try:
        hello = _greet(transport, tally)
        line = _compare(replica, transport, tally, hello)
        reference_first(line)
        send_all(line)
        carry_all(line)
        receive_all(line)
        take_receipts(line)
        receive_bodies(line)
        hand_receipts(line)
    except Trouble as trouble:
        stopped = trouble.told()
    return _report(replica, transport, tally, hello, stopped)


def _greet(transport: Transport, tally: Tally) -> Hello:
    """Greet the server, check that it is the enrolled one and speaks our version, and open a session."""
    tally.begin("greeting", 0)
    tally.breathe()
    hello = transport.hello()
    check_server(hello, transport.server_key)
    transport.open_session(hello)
    return hello


def _compare(replica: Replica, transport: Transport, tally: Tally, hello: Hello) -> Line:
    ours = replica.heads()
    tally.breathe()
    known = replica.acknowledgements()
    reply = transport.heads(ours, known)
    tally.mark = reply.mark
    return Line(replica, transport, tally, hello, ours, known, reply)


def _report(
    replica: Replica, transport: Transport, tally: Tally, hello: Hello | None, stopped: SyncProblem | None
) -> SyncReport:
    problems = (*([stopped] if stopped else []), *tally.problems)
    return SyncReport(
        sent=tally.sent,
        acknowledged=tally.acknowledged,
        received=tally.received,
        quarantined=tally.quarantined,
        given_again=tally.given_again,
        carried=tally.carried,
        mark=tally.mark,
        heads=replica.heads(),
        left=replica.left(),
        problem=problems[0] if problems else None,
        problems=problems,
        server=hello.name if hello else "",
        tier=hello.tier if hello else "",
        clock_offset_s=transport.clock_offset_s,
    )
