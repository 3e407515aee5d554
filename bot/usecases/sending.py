"""What can go wrong when a platform is asked to take a message: four outcomes, because each needs another answer."""

from datetime import timedelta

KEY_DEAD = "dead:"
"""How the error of a waiting row begins when the platform no longer knows us; the platform's own word follows."""


class SendFault(Exception):
    """A message was not taken for sure; `reason` is the platform's own word, such as `not_in_channel`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RateLimited(SendFault):
    """Not taken; the platform names the wait."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class NotTaken(SendFault):
    """Not taken, and trying again later may help (no connection, a passing refusal)."""


class Unreachable(SendFault):
    """Not taken, and only a person can repair it (not in the channel, channel gone, message refused)."""


class TokenDead(SendFault):
    """Not taken: the platform no longer knows us. Everything waits until the token is renewed."""


class CannotLook(SendFault):
    """The conversation may not be read, so nobody can say whether a message arrived."""


class MaybeTaken(SendFault):
    """Nobody knows: the answer was lost, or the platform broke while working. Look before sending again."""


class FileRefused(Exception):
    """A shared file cannot be had, now or later. `reason` is one of REASONS."""

    REASONS = ("too_large", "not_there", "not_allowed", "elsewhere")

    def __init__(self, reason: str) -> None:
        assert reason in self.REASONS, reason
        super().__init__(reason)
        self.reason = reason
