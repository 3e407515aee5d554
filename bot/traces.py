"""A fault for the log: where it happened and what it was, never its text, which may quote people."""

import traceback


def traced(error: BaseException) -> str:
    """The type of an error and the lines of code behind it, the innermost last; those of its group below."""
    lines = [f"{type(error).__module__}.{type(error).__qualname__}", *traceback.format_tb(error.__traceback__)]
    if isinstance(error, BaseExceptionGroup):
        lines += [traced(one) for one in error.exceptions]
    return "\n".join(line.rstrip() for line in (*lines, *getattr(error, "__notes__", ())))
