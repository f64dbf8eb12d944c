"""The loader's idea of how strict a check is must be the checks' own."""

import pytest

from copilot.brand.policy import CHECK_SEVERITIES, FIXED


def test_the_loader_knows_every_check_with_its_severity() -> None:
    checks = pytest.importorskip("copilot.checks", exc_type=ImportError).CHECKS
    assert {name: one.severity for name, one in checks.items() if name not in FIXED} == {
        name: severity for name, severity in CHECK_SEVERITIES.items() if name in checks
    }
    assert not set(FIXED) & set(CHECK_SEVERITIES)
