"""What Bridgehead once shipped can be scored by for ever."""

import hashlib
import json
from dataclasses import asdict

from bot.content.reader import read_framework, shipped_framework, shipped_frameworks
from bot.readiness.framework import Framework
from bot.readiness.framework_versions import key_of
from tests.frameworks import documented

RELEASED = {"poc-to-production 1.0": "3b42cd2a152424d1"}
"""Version -> digest of what scoring reads of it. Add a line with every release; change none."""


def scored_by(framework: Framework) -> str:
    """A digest of all numbers and ids that decide a result; texts may still be corrected."""
    rules = {
        "method": framework.method,
        "caps": [
            framework.asserted_cap,
            framework.strict_asserted_cap,
            framework.strict_from,
            framework.linked_cap,
            framework.verified_cap,
            framework.index_full_level,
            framework.most_exclusions,
        ],
        "targets": sorted(framework.default_targets.items()),
        "gates": [sorted(stage.gate) for stage in framework.stages],
        "barriers": [barrier.id for barrier in framework.barriers],
        "dimensions": [
            [
                each.id,
                each.primary,
                each.secondary,
                each.role,
                each.strict_evidence,
                each.may_be_not_applicable,
                sorted(each.bars.items()),
            ]
            for each in framework.dimensions
        ],
    }
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()[:16]


def test_a_released_version_still_scores_as_it_did() -> None:
    shipped = {str(key): scored_by(framework) for key, framework in shipped_frameworks().items()}
    assert {key: shipped.get(key) for key in RELEASED} == RELEASED


def test_the_newest_is_among_those_that_were_ever_shipped() -> None:
    newest = shipped_framework()
    assert asdict(shipped_frameworks()[key_of(newest)]) == asdict(newest)


def test_the_example_of_the_documentation_can_be_imported() -> None:
    framework = read_framework(documented())
    assert (framework.id, framework.version) == ("claims-automation", "1.0")
    assert framework.dimensions[0].bar(3) == 2
