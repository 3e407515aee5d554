"""Who we are in a workspace, asked once and in the background."""

import logging

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.faults import translated
from bot.usecases.sending import SendFault

_log = logging.getLogger(__name__)


class Identity(AsyncAuthorize):
    """The bot's ids from one auth.test; "" until it was answered, and everything works without them.

    It is also Bolt's `authorize`: an answer from memory, where Bolt's own would call auth.test for every request.
    """

    def __init__(self) -> None:
        self.bot_user_id = self.bot_id = self.team = ""
        self.scopes: frozenset[str] = frozenset()
        self._known = AuthorizeResult(enterprise_id=None, team_id=None)

    async def learn(self, client: AsyncWebClient) -> bool:
        """Ask auth.test once; False (and logged) if Slack did not answer."""
        try:
            with translated():
                answer = await client.auth_test()
        except SendFault as fault:
            _log.warning("slack_identity_unknown reason=%s", fault.reason)
            return False
        self.bot_user_id, self.bot_id = answer.get("user_id") or "", answer.get("bot_id") or ""
        self.team = answer.get("team_id") or ""
        granted = answer.headers.get("x-oauth-scopes") or ""
        self.scopes = frozenset(scope.strip() for scope in granted.split(",") if scope.strip())
        self._known = AuthorizeResult(
            enterprise_id=answer.get("enterprise_id"),
            team_id=self.team,
            bot_user_id=self.bot_user_id,
            bot_id=self.bot_id,
        )
        return True

    async def __call__(self, **_asked: AsyncBoltContext | str | None) -> AuthorizeResult:
        """What Bolt is told about any request; listeners take their client from the application, not from Bolt."""
        return self._known
