"""The collation: how differences are shown."""

from __future__ import annotations

from sphinx_edition.collation.__main__ import marked


def test_what_differs_is_marked() -> None:
    assert marked('Vol. No. 6', 'Vol. No.\u00a06') == ('Vol. No.⟦ ⟧6', 'Vol. No.⟦<U+00A0>⟧6')
    assert marked('x' * 90 + 'a', 'x' * 90) == (f' … {"x" * 30}⟦a⟧', f' … {"x" * 30}⟦⟧')
