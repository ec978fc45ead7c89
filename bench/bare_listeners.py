"""What Convener is measured beside: bare Bolt listeners, served as Convener is.

``python -m bench.bare_listeners {as-it-comes,early,writing} PORT``:

- ``as-it-comes``: a listener that does nothing, in an app with Bolt's defaults;
- ``early``: the same with ``process_before_response``, so that no answer waits for Bolt's next look;
- ``writing``: makes in one transaction the three writes that a lawful vote cannot do without: the vote under its
  unique key, its audit row, and the delivery. It reads nothing, checks nothing, and says nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from storage.columns import UtcDateTime
from storage.database import Database

metadata = MetaData()
votes = Table(
    "vote",
    metadata,
    Column("ballot_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("voter", String, primary_key=True),
    Column("choice", String, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("by", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("after", JSON, nullable=True),
)
deliveries = Table(
    "delivery",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", UtcDateTime(), nullable=False, index=True),
)


class Writing:
    """The listener that makes the three writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        inserting: Any = sqlite.insert if database.is_sqlite else postgresql.insert
        self._delivery = inserting(deliveries).on_conflict_do_nothing()
        vote = inserting(votes)
        new = {"choice": vote.excluded.choice, "at": vote.excluded.at}
        self._vote = vote.on_conflict_do_update(index_elements=["ballot_id", "number", "voter"], set_=new)
        self._audit = insert(audit).inline()

    async def handle_vote(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """Store ``vote S3 | support``."""
        now, voter = datetime.now(UTC), command["user_id"]
        ref, choice = command["text"].removeprefix("vote ").split(" | ")
        vote = {"ballot_id": 1, "number": int(ref[1:]), "voter": voter, "choice": choice, "at": now}
        noted = {"at": now, "by": voter, "action": "vote", "subject": ref, "after": {"choice": choice}}
        async with self._database.write() as session:
            connection = await session.connection()
            await connection.execute(self._delivery, {"key": command["trigger_id"], "at": now})
            await connection.execute(self._vote, vote)
            await connection.execute(self._audit, noted)
        await ack("Noted.")


async def handle_nothing(ack: AsyncAck) -> None:
    """Do nothing."""
    await ack("Noted.")


def bolt_app(*, early: bool) -> AsyncApp:
    """A Bolt app with the token and signing secret of the environment."""
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    secret = os.environ["SLACK_SIGNING_SECRET"]
    return AsyncApp(client=client, token=client.token, signing_secret=secret, process_before_response=early)


def web_app(kind: str) -> Starlette:
    """The HTTP application of one kind of listener."""
    database = Database(os.environ["DATABASE_URL"])
    app = bolt_app(early=kind != "as-it-comes")
    app.command("/invitees")(Writing(database).handle_vote if kind == "writing" else handle_nothing)
    slack = AsyncSlackRequestHandler(app)

    @asynccontextmanager
    async def lifespan(_web: Starlette) -> AsyncIterator[None]:
        async with database.writer.begin() as connection:
            await connection.run_sync(metadata.create_all)
        yield
        await database.close()

    async def events(request: Request) -> Response:
        return await slack.handle(request)

    async def readyz(_request: Request) -> Response:
        return JSONResponse({"status": "up"})

    routes = [Route("/slack/events", events, methods=["POST"]), Route("/readyz", readyz)]
    return Starlette(routes=routes, lifespan=lifespan)


def main() -> None:
    """Serve until stopped."""
    kind, port = sys.argv[1], int(sys.argv[2])
    uvicorn.run(web_app(kind), host="127.0.0.1", port=port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
