"""Web API: views.*."""

from typing import Any

from bot.playground.call import Call
from bot.playground.limits import refuse_view
from bot.playground.payloads import view_out
from bot.playground.tickets import SlackError
from bot.playground.workspace import Workspace

Json = dict[str, Any]
STACK_MOST = 3


def show(space: Workspace, user: str, view: Json, *, push: bool) -> Json:
    """Put a checked modal before a person: as the only one, or on top of the stack."""
    with space.lock:
        stack = space.stacks.get(user, []) if push else []
        if push and len(stack) >= STACK_MOST:
            raise SlackError("push_limit_reached")
        external = view.get("external_id")
        if external and any(v["external_id"] == external for s in space.stacks.values() for v in s):
            raise SlackError("duplicate_external_id")
        made = space.make_view(user, view, stack[-1] if stack else None)
        space.stacks[user] = [*stack, made]
    space.changed("view", user=user)
    return made


def replace(space: Workspace, user: str, old: Json, view: Json) -> Json:
    """Put a checked view in the place of another, keeping its id and a fresh hash."""
    with space.lock:
        made = space.make_view(user, view)
        made |= {key: old[key] for key in ("id", "previous_view_id", "root_view_id")}
        made["external_id"] = view.get("external_id") or old["external_id"]
        stack = space.stacks.get(user, [])
        if old in stack:
            stack[stack.index(old)] = made
        else:
            space.homes[user] = made
    space.changed("home" if made["type"] == "home" else "view", user=user)
    return made


def _trigger(call: Call) -> str:
    if not call.text("trigger_id"):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["missing required field: trigger_id"]})
    return call.space.tickets.use_trigger(call.text("trigger_id"))


def open_view(call: Call) -> Json:
    """Open a modal with a trigger id."""
    view = call.nested("view")
    refuse_view(view, "modal")
    return {"view": view_out(show(call.space, _trigger(call), view, push=False))}


def push(call: Call) -> Json:
    """Put a modal on top of the open one."""
    view = call.nested("view")
    refuse_view(view, "modal")
    user = _trigger(call)
    if not call.space.stacks.get(user):
        raise SlackError("not_found")
    return {"view": view_out(show(call.space, user, view, push=True))}


def update(call: Call) -> Json:
    """Replace an open view, found by `view_id` or `external_id`."""
    space, view = call.space, call.nested("view")
    found = space.view(call.text("view_id"))
    if found is None and (external := call.text("external_id")):
        open_views = [(user, v) for user, stack in space.stacks.items() for v in stack]
        found = next(((user, v) for user, v in open_views if v["external_id"] == external), None)
    if found is None:
        raise SlackError("not_found")
    user, old = found
    refuse_view(view, old["type"])
    if call.text("hash") not in ("", old["hash"]):
        raise SlackError("hash_conflict")
    return {"view": view_out(replace(space, user, old, view))}


def publish(call: Call) -> Json:
    """Publish a person's home."""
    space, view, user = call.space, call.nested("view"), call.need("user_id")
    refuse_view(view, "home")
    if user not in space.people:
        raise SlackError("user_not_found")
    old = space.homes.get(user)
    if call.text("hash") and (old is None or call.text("hash") != old["hash"]):
        raise SlackError("hash_conflict")
    if old is not None:
        return {"view": view_out(replace(space, user, old, view))}
    space.homes[user] = space.make_view(user, view)
    space.changed("home", user=user)
    return {"view": view_out(space.homes[user])}


METHODS = {
    "views.open": (open_view, ""),
    "views.push": (push, ""),
    "views.update": (update, ""),
    "views.publish": (publish, ""),
}
