"""Settings: what is read, and that every fault is named at once."""

from pathlib import Path

import pytest

from bot.settings import SettingsFault, read_settings


def test_nothing_needs_to_be_set_to_look_around() -> None:
    settings = read_settings({})
    assert settings.database_url == f"sqlite:///{Path('.bridgehead/bridgehead.sqlite')}"
    assert (settings.port, settings.timezone, settings.slack_api_url) == (3000, "UTC", "https://slack.com/api/")


def test_every_fault_is_named_at_once_and_no_secret_is_repeated() -> None:
    environment = {
        "DATABASE_URL": "mysql://root:secret@host/db",
        "PORT": "eighty",
        "BRIDGEHEAD_TIMEZONE": "Mars/Olympus",
        "SLACK_API_URL": "slack.com",
        "SLACK_APP_TOKEN": "xoxb-wrong-secret",
    }
    with pytest.raises(SettingsFault) as fault:
        read_settings(environment, chat=True)
    assert str(fault.value).splitlines() == [
        "Settings need attention:",
        "  DATABASE_URL: expected sqlite:///FILE or postgresql://USER@HOST/NAME.",
        "  PORT: expected a number from 1 to 65535, got 'eighty'.",
        "  BRIDGEHEAD_TIMEZONE: expected an IANA zone such as Europe/Berlin, got 'Mars/Olympus'.",
        "  SLACK_API_URL: expected an http or https address, got 'slack.com'.",
        "  SLACK_APP_TOKEN: expected a token that begins with xapp-.",
        "  SLACK_BOT_TOKEN is missing: the token that begins with xoxb-.",
    ]


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite://", "postgresql://", "postgres:///"])
def test_an_address_of_no_database_is_a_fault(url: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        read_settings({"DATABASE_URL": url})
    assert fault.value.faults == ("DATABASE_URL: expected sqlite:///FILE or postgresql://USER@HOST/NAME.",)


def test_slack_needs_a_token_and_one_of_two_ways() -> None:
    with pytest.raises(SettingsFault) as fault:
        read_settings({}, chat=True)
    assert len(fault.value.faults) == 2
    assert read_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, chat=True).socket_mode
    assert not read_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, chat=True).socket_mode


def test_admins_are_separated_by_commas_or_spaces() -> None:
    assert read_settings({"BRIDGEHEAD_ADMINS": "U1, U2 U3"}).admins == {"U1", "U2", "U3"}


def test_hosts_of_links_are_names_and_neither_numbers_nor_whole_top_levels() -> None:
    read = read_settings({"BRIDGEHEAD_LINK_HOSTS": "Wiki.Example.com, github.com github.com"})
    assert read.link_hosts == ("wiki.example.com", "github.com")
    assert read_settings({}).link_hosts == ()
    wrong = ["com", "localhost", "*.example.com", ".example.com", "10.0.0.1", "[::1]", "https://example.com", "a_b.com"]
    with pytest.raises(SettingsFault) as fault:
        read_settings({"BRIDGEHEAD_LINK_HOSTS": ",".join(wrong)})
    assert fault.value.faults == tuple(
        f"BRIDGEHEAD_LINK_HOSTS: expected names such as wiki.example.com, got {host!r}." for host in wrong
    )
