"""What pages show of each other: mentions in reading order, notes beside their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html
from sphinx_edition.data.text import fold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Small


def page(folder: Path, name: str) -> lxml_html.HtmlElement:
    return lxml_html.parse(folder / name, lxml_html.HTMLParser(encoding='utf-8')).getroot()


def mentions(folder: Path, key: str, name: str = 'notes/people.html') -> list[tuple[str, str]]:
    """(address, words) of each line under an entry."""
    [entry] = page(folder, name).xpath(f'//dt[@id="{key}"]/following-sibling::dd[1]')
    return [
        (item.xpath('.//a/@href')[0], fold(item.text_content()).strip())
        for item in entry.xpath('.//ul[contains(@class, "mentions")]/li')
    ]


@pytest.fixture
def built(small: Small) -> Path:
    return small.build().outdir


def test_mentions_stand_in_reading_order_with_the_words_around_them(built: Path) -> None:
    assert mentions(built, 'tobias-quill') == [
        (
            '../chapters/log.html#log-1-tobias-quill',
            'log 1 … Fog again over Port Amity. Tobias has the fever; I gave …',
        ),
        ('../chapters/log.html#log-2-tobias-quill', 'log 2 T. paid $4 for No.\u00a07 lint …'),
        (
            '../chapters/log.html#log-2-tobias-quill-2',
            'log 2 … `tick`, \\, ~ and ^. The mate sleeps. I like god afften …',
        ),
        (
            '../chapters/letter.html#letter-salutation-tobias-quill',
            'letter, salutation … Dear Quill',
        ),
        (
            'translator.html#note-1-tobias-quill',
            'note 1 … The ship’s mate, author of Sogns. …',
        ),
    ]


def test_a_mention_in_an_editors_note_is_cited_by_its_letter(built: Path) -> None:
    assert mentions(built, 'halcyon-company', 'notes/others.html')[-1] == (
        'editor.html#note-fever-halcyon-company',
        'note a … Ship fever, as the Company’s logbook shows. He was well …',
    )


def test_reading_order_is_that_of_the_contents(small: Small) -> None:
    small.replace('index.md', 'chapters/log\nchapters/letter\n', 'chapters/letter\nchapters/log\n')
    loci = [words for _, words in mentions(small.build().outdir, 'tobias-quill')]
    assert [words.split(' …')[0][:8] for words in loci[:2]] == ['letter, ', 'log 1']


def test_forms_in_the_text_are_collected(built: Path) -> None:
    [forms] = page(built, 'notes/people.html').xpath(
        '//dt[@id="tobias-quill"]/following-sibling::dd[1]//p[contains(@class, "forms")]'
    )
    assert forms.text_content() == (
        'also Toby Quill; in the text Tobias; T.; The mate; Quill; ship’s mate'
    )


def test_a_note_follows_the_paragraph_that_cites_it(built: Path) -> None:
    tree = page(built, 'chapters/log.html')
    [side] = tree.xpath('//*[@id="note-fever"]')
    assert side.getprevious().get('id') == 'log-2'
    assert fold(side.text_content()).strip().startswith('a. Ship fever, as the Company’s logbook')
    assert fold(side.text_content()).strip().endswith('Probable. Source: Quill 1869.')


def test_slips_are_listed(built: Path) -> None:
    slips = page(built, 'notes/about.html').xpath('//*[contains(@class, "emendations")]//li')
    assert [fold(slip.text_content()).strip() for slip in slips] == [
        'log 2: afften, read afton',
        'note 1: Sogns, read Songs',
    ]


def test_the_registers_own_prose_is_no_mention(built: Path) -> None:
    [entry] = page(built, 'notes/people.html').xpath(
        '//dt[@id="elspeth-marrow"]/following-sibling::dd[1]'
    )
    assert entry.xpath('.//a[text()="Quill"]/@href') == ['#tobias-quill']
    assert not entry.xpath('.//a[text()="Quill"]/@id')
