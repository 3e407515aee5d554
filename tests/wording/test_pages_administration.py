"""What the pages of administration say."""

import re
from pathlib import Path

import pytest

from bot.readiness.waivers import WaiverState
from bot.wording.engine import Words

USE_CASES = Path(__file__).parent.parent.parent / "bot" / "usecases"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_action_that_is_recorded_has_its_words(language: str) -> None:
    page = Words.of(language).page("administration")
    sources = [path.read_text(encoding="utf-8") for path in USE_CASES.glob("*.py")]
    actions = {name for source in sources for name in re.findall(r'"([a-z]+\.[a-z_]+)"', source)}
    assert "waiver.asked" in actions
    actions |= {f"waiver.{state.value}" for state in WaiverState}
    assert [name for name in sorted(actions) if not page.has(f"did_{name.replace('.', '_')}")] == []
