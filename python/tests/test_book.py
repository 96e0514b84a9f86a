"""The reference in the book is what the docstrings say."""

from __future__ import annotations

import sys

import pytest
from conftest import ROOT


@pytest.mark.skipif(sys.version_info[:2] < (3, 11), reason="signatures are printed otherwise")
def test_the_reference_is_up_to_date():
    sys.path.insert(0, str(ROOT / "python" / "docs"))
    import reference

    assert reference.PAGE.read_text(encoding="utf-8") == reference.page()
