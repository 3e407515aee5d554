"""Files that people upload: into a form, beside a message, and who may fetch them."""

import httpx
import pytest

from bot.playground.person import NotThere
from bot.playground.server import LocalSlack


def test_a_persons_file_is_shared_with_the_words(slack: LocalSlack) -> None:
    mei = slack.as_("mei")
    mei.say("look at this", files=[("own.yaml", b"id: a\n")])
    message = mei.last()
    assert message.text == "look at this\n(file own.yaml)"
    (file,) = message.raw["files"]
    assert message.raw["subtype"] == "file_share"
    assert (file["name"], file["size"], file["filetype"], file["user"]) == ("own.yaml", 6, "yaml", "U0MEI")


def test_its_bytes_are_for_the_page_and_for_the_bot_with_its_token(slack: LocalSlack) -> None:
    file = slack.as_("mei").upload(("größe 1.yaml", "id: ä".encode()))
    address = file["url_private_download"]
    token = {"authorization": f"Bearer {slack.bot_token}"}
    assert httpx.get(address, headers=token).content == "id: ä".encode()
    assert httpx.get(address, headers={"sec-fetch-site": "same-origin"}).status_code == 200
    assert httpx.get(address).status_code == 302
    assert httpx.get(address, headers={"authorization": "Bearer xoxb-other"}).status_code == 302


def test_nobody_shares_the_file_of_another(slack: LocalSlack) -> None:
    file = slack.as_("mei").upload(("own.yaml", b"id: a"))
    dm = slack.workspace.dm("U0DAN")["id"]
    with pytest.raises(NotThere, match="not there any more"):
        slack.as_("dan")._do("say", channel=dm, text="mine", files=[file["id"]])
    with pytest.raises(NotThere, match="not there any more"):
        slack.as_("dan")._do("say", channel=dm, text="mine", files=["F0"])


def test_an_empty_file_is_refused(slack: LocalSlack) -> None:
    with pytest.raises(NotThere, match="empty file"):
        slack.as_("mei").upload(("own.yaml", b""))
