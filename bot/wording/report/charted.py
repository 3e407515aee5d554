"""What the pictures of a report show, as plain values in the reader's language; `bot.documents` has them drawn."""

from collections.abc import Sequence

from bot.chat.picture import Measure, Moment, Profile, Trend
from bot.readiness.framework import STAGES, in_language
from bot.readiness.milestone import Milestone
from bot.readiness.project_cards import ReceiptCard
from bot.wording.dates import full_date
from bot.wording.engine import Words


def trend_of(milestones: Sequence[Milestone], words: Words, zone: str) -> Trend:
    """The trend of milestones, oldest first."""
    page = words.page("report")
    first, last = milestones[0], milestones[-1]
    return Trend(
        moments=tuple(
            Moment(
                at=each.taken_at,
                date=full_date(each.taken_at, words.language, zone),
                stage=each.scorecard.stage,
                exposure=each.scorecard.exposure,
                index=each.scorecard.index,
            )
            for each in milestones
        ),
        stage=page.text("stage"),
        exposure=page.text("exposure"),
        index=page.text("index"),
        alternative=page.text(
            "trend_alternative",
            count=len(milestones),
            first=full_date(first.taken_at, words.language, zone),
            last=full_date(last.taken_at, words.language, zone),
            stages=", ".join(str(each.scorecard.stage) for each in milestones),
            exposures=", ".join(str(each.scorecard.exposure) for each in milestones),
            indexes=", ".join(str(each.scorecard.index) for each in milestones),
        ),
    )


def profile_of(proof: ReceiptCard, words: Words) -> Profile:
    """The levels against the bars of the stage that the receipt tests."""
    page = words.page("report")
    stage = aim(proof)
    measures = tuple(
        Measure(
            name=in_language(proof.framework.dimension(line.dimension_id).name, words.language),
            claimed=line.level,
            effective=line.effective,
            need=None if line.excluded else proof.framework.dimension(line.dimension_id).need(stage),
        )
        for line in proof.receipt.lines
    )
    short = [each.name for each in measures if each.need is not None and each.effective < each.need]
    return Profile(
        measures=measures,
        effective=page.text("counts_for"),
        claimed=page.text("said"),
        need=page.text("needed_for", stage=stage),
        level=page.text("level_axis"),
        unknown=page.text("not_known"),
        excluded=page.text("left_out"),
        alternative=page.text("profile_alternative", stage=stage, count=len(short), names=", ".join(short)),
    )


def aim(proof: ReceiptCard) -> int:
    """The stage that levels are held against: the first one missed, else the highest."""
    return proof.receipt.first_missed or STAGES[-1]
