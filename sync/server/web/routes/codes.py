"""A supervisor asks for a code for the laptop beside hers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sync.server import auth, codes
from sync.server.web.routes.reply import PROBLEMS, message, node_of
from sync.wire import routes
from sync.wire.messages import CodeReply, CodeRequest

router = APIRouter()


@router.post(routes.CODES, response_model=CodeReply, responses=PROBLEMS)
def give(request: Request, asked: CodeRequest) -> Response:
    """Make a single-use enrolment code."""
    node = node_of(request)
    return message(codes.give(node, auth.caller(node, request.headers.get("Authorization")), asked))
