"""Web API: users.*, team.*, bots.*, auth.*."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.call import Call
from bot.playground.tickets import SlackError

Json = dict[str, Any]


def email(call: Call, person: Json) -> str:
    """Return a person's address: the handle at the team's domain."""
    return str(person.get("email") or f"{person['handle']}@{call.space.team['domain']}.example")


def shape(call: Call, person: Json, *, locale: bool = False) -> Json:
    """Return a person in Slack's shape. `tz_offset` is the one of the workspace's day, summer time included."""
    moment = datetime.fromtimestamp(call.space.clock.now(), UTC).astimezone(ZoneInfo(person["tz"]))
    offset = moment.utcoffset()
    profile: Json = {"real_name": person["name"], "real_name_normalized": person["name"]}
    profile |= {"display_name": person["handle"], "display_name_normalized": person["handle"]}
    profile |= {"title": person.get("role", ""), "team": call.space.team["id"], "avatar_hash": "x"}
    first, _, last = person["name"].partition(" ")
    profile |= {"first_name": first, "last_name": last, "status_text": "", "status_emoji": ""}
    if not call.space.manifest.missing("users:read.email"):
        profile["email"] = email(call, person)
    admin = bool(person.get("is_admin"))
    out: Json = {"id": person["id"], "team_id": call.space.team["id"], "name": person["handle"]}
    out |= {"real_name": person["name"], "deleted": bool(person.get("deleted")), "profile": profile}
    out |= {
        "color": str(person.get("color", "")).removeprefix("#"),
        "tz": person["tz"],
        "tz_label": str(moment.tzname()),
    }
    out |= {"tz_offset": int(offset.total_seconds()) if offset else 0, "is_admin": admin, "is_owner": admin}
    out |= {"is_primary_owner": False, "is_restricted": False, "is_ultra_restricted": False, "is_bot": False}
    out |= {"is_app_user": False, "updated": 0}
    return out | ({"locale": person.get("locale", "en-US")} if locale else {})


def _bot(call: Call) -> Json:
    app, team = call.space.app, call.space.team
    profile = {"real_name": app["name"], "display_name": app["name"], "api_app_id": app["id"], "bot_id": app["bot_id"]}
    out: Json = {"id": app["bot_user"], "team_id": team["id"], "name": app["name"].lower(), "deleted": False}
    out |= {"real_name": app["name"], "profile": profile, "is_bot": True, "is_app_user": False, "is_admin": False}
    return out | {"tz": "America/Los_Angeles", "tz_label": "Pacific Standard Time", "tz_offset": -28800, "updated": 0}


def _find(call: Call) -> Json:
    user = call.text("user")
    if user == call.space.bot_user:
        return _bot(call)
    if user not in call.space.people:
        raise SlackError("user_not_found")
    return shape(call, call.space.people[user], locale=call.flag("include_locale"))


def user_info(call: Call) -> Json:
    """Describe one person."""
    return {"user": _find(call)}


def user_list(call: Call) -> Json:
    """List everyone, the bot included."""
    people = [shape(call, person, locale=call.flag("include_locale")) for person in call.space.people.values()]
    page, metadata = call.page([*people, _bot(call)])
    return {"members": page, "cache_ts": int(call.space.clock.now()), "response_metadata": metadata}


def by_email(call: Call) -> Json:
    """Find a person by address."""
    wanted = call.need("email").lower()
    for person in call.space.people.values():
        if email(call, person).lower() == wanted:
            return {"user": shape(call, person)}
    raise SlackError("users_not_found")


def profile(call: Call) -> Json:
    """Return a person's profile."""
    return {"profile": _find(call)["profile"]}


def team(call: Call) -> Json:
    """Describe the team."""
    known = call.space.team
    url = f"https://{known['domain']}.slack.com/"
    return {"team": {**known, "url": url, "email_domain": f"{known['domain']}.example", "icon": {}}}


def bot_info(call: Call) -> Json:
    """Describe the bot."""
    app = call.space.app
    if call.text("bot", app["bot_id"]) != app["bot_id"]:
        raise SlackError("bot_not_found")
    bot = {"id": app["bot_id"], "deleted": False, "name": app["name"], "app_id": app["id"], "icons": {}}
    return {"bot": {**bot, "user_id": app["bot_user"], "updated": 0}}


def auth_test(call: Call) -> Json:
    """Say whose token this is."""
    space = call.space
    out = {"url": f"https://{space.team['domain']}.slack.com/", "team": space.team["name"], "team_id": space.team["id"]}
    return {**out, "user": space.app["name"].lower(), "user_id": space.bot_user, "bot_id": space.app["bot_id"]} | {
        "is_enterprise_install": False
    }


def revoke(call: Call) -> Json:
    """Revoke the token, unless it is only a test."""
    if not call.flag("test"):
        call.space.revoked = True
    return {"revoked": not call.flag("test")}


METHODS = {
    "users.info": (user_info, "users:read"),
    "users.list": (user_list, "users:read"),
    "users.lookupByEmail": (by_email, "users:read.email"),
    "users.profile.get": (profile, "users.profile:read|users:read"),
    "team.info": (team, "team:read"),
    "bots.info": (bot_info, "users:read"),
    "auth.test": (auth_test, ""),
    "auth.revoke": (revoke, ""),
}
