"""A laptop becomes a station."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sync.server import enrolment
from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes
from sync.wire.messages import EnrolReply, EnrolRequest

router = APIRouter()


@router.post(routes.ENROL, response_model=EnrolReply, responses=PROBLEMS)
def enrol(request: Request, asked: EnrolRequest) -> Response:
    """Trade a one-time code for a station's identity."""
    return message(enrolment.enrol(node_of(request), asked))
