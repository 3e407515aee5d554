"""Starts the command line; what it can do stands in `bot.command_line`."""

import gc


def main() -> None:
    """The console script."""
    # What is imported stays. To look for garbage among it is a third of the start, and a pause in whatever comes later.
    gc.disable()
    from bot.command_line import cli  # noqa: PLC0415

    cli()


if __name__ == "__main__":
    main()
