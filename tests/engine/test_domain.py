"""The domain: what other sites and other documents can refer to, also after parallel reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree
from sphinx.util.inventory import InventoryFile
from sphinx_edition.data.records import Entry, Page
from sphinx_edition.domain import EditionDomain

from tests.conftest import MINI
from tests.ebook import NS, opened
from tests.programs import epubcheck

if TYPE_CHECKING:
    from tests.conftest import Small


def test_objects_are_in_the_inventory(small: Small) -> None:
    built = small.build()
    objects = InventoryFile.loads(
        (built.outdir / 'objects.inv').read_bytes(), uri='https://example.org/'
    )
    quill = objects['edition:person', 'tobias-quill']
    assert quill.uri == 'https://example.org/notes/people.html#tobias-quill'
    assert quill.display_name == 'Tobias Quill'
    names = {
        kind: set(items) for kind, items in objects.data.items() if kind.startswith('edition:')
    }
    assert names == {
        'edition:person': {'elspeth-marrow', 'tobias-quill', 'anna-lindqvist'},
        'edition:place': {'port-amity'},
        'edition:work': {'atlas-of-winds'},
        'edition:org': {'halcyon-company'},
        'edition:term': {'half-watch'},
        'edition:note': {'1', 'fever'},
        'edition:passage': {
            *('title-author', 'title-title', 'title-imprint', 'title-credit'),
            *('log-title', 'log-1', 'log-2', 'about-colophon'),
            *('letter-dateline', 'letter-salutation', 'letter-1', 'letter-2'),
            *('letter-valediction', 'letter-signature'),
        },
    }
    assert objects['edition:note', 'fever'].display_name == 'note a'
    for kind in names:
        for item in objects.data[kind].values():
            path, _, fragment = item.uri.removeprefix('https://example.org/').partition('#')
            assert f'id="{fragment}"' in (built.outdir / path).read_text(encoding='utf-8')


def test_a_label_before_a_passage_leaves_its_address(small: Small) -> None:
    small.replace('chapters/log.md', '{date}`*M', '(spot)=\n{date}`*M')
    small.write('notes/about.md', small.read('notes/about.md') + '\nSee [there](#spot).\n')
    page = (small.build().outdir / 'chapters' / 'log.html').read_text(encoding='utf-8')
    assert re.search(r'<p [^>]*id="log-1"', page)
    data = small.build('tei')
    assert data.status == 0, data.warnings
    text = next(data.outdir.glob('two*.xml')).read_text('utf-8')
    assert '<p xml:id="log-1" n="1"><anchor xml:id="spot" />' in text
    book = small.build('typst')
    assert book.status == 0, book.warnings


def test_pages_and_pictures_may_have_any_name(small: Small) -> None:
    """Their names become labels in print, beside those of the design, and files in an e-book."""
    names = ['places', 'unit', 'contents', 'notes/журнал', 'notes/1871', 'notes/a/b', 'notes/a-b']
    names += ['notes/le journal', 'notes/q&a', 'notes/50%', "notes/it's"]
    read = ['index.md', 'chapters/*', 'notes/**', *(f'{name}.md' for name in names)]
    small.write('conf.py', f'{small.read("conf.py")}include_patterns = {read}\n')
    for name in names:
        small.write(f'{name}.md', '# On names\n\nText.\n')
    small.write('notes/fog & rain 1.png', (MINI.parent / 'fog.png').read_bytes())
    small.replace('index.md', 'notes/about\n', '\n'.join(['notes/about', *names, '']))
    links = ' '.join(f'{{doc}}`/{name}`' for name in names)
    picture = '![Fog](<fog & rain 1.png>)'
    small.write('notes/about.md', f'{small.read("notes/about.md")}\nSee {links}.\n\n{picture}\n')
    for builder in ('html', 'typst', 'tei', 'epub'):
        built = small.build(builder)
        assert built.status == 0, built.warnings
    etree.parse(
        next((built.outdir.parent / 'tei').glob('two*.xml'))
    )  # its ids are names, and differ
    [book] = built.outdir.glob('*.epub')
    # older readers may stumble over spaces and letters that are not ASCII, which is all
    assert {name for name, _, _ in epubcheck(book)} == {'PKG-010', 'PKG-012'}
    listed = {item.get('href') for item in opened(book).package.iterfind('.//opf:item', NS)}
    assert {quote(f'{name}.xhtml') for name in names} <= listed


def test_any_finds_every_kind_of_object(small: Small) -> None:
    targets = ['tobias-quill', 'port-amity', 'atlas-of-winds', 'half-watch', 'fever', 'log-2']
    small.write('notes/about.md', '# About\n\n' + ' '.join(f'{{any}}`{t}`' for t in targets))
    small.write('notes/more.md', '---\norphan: true\n---\n# More\n\n```{bibliography}\n```\n')
    built = small.build()
    assert built.status == 0, built.warnings
    page = (built.outdir / 'notes' / 'about.html').read_text(encoding='utf-8')
    for target in targets:
        assert re.search(rf'href="[^"]*#(note-)?{target}"', page)


def test_another_project_can_link_to_an_entry(small: Small) -> None:
    built = small.build()
    other = small.source.parent / 'other'
    other.mkdir()
    inventory = (built.outdir / 'objects.inv').as_posix()
    (other / 'conf.py').write_text(
        "extensions, html_theme = ['sphinx.ext.intersphinx', 'sphinx_edition'], 'basic'\n"
        f"intersphinx_mapping = {{'halcyon': ('https://example.org/', '{inventory}')}}\n",
        encoding='utf-8',
    )
    (other / 'index.md').write_text(
        '# Other\n\n{external+halcyon:edition:person}`the mate <tobias-quill>`\n', encoding='utf-8'
    )
    again = type(small)(other).build(out=small.source.parent / 'out-other')
    assert again.status == 0, again.warnings
    assert 'href="https://example.org/notes/people.html#tobias-quill"' in (
        again.outdir / 'index.html'
    ).read_text(encoding='utf-8')


def test_a_key_defined_twice_is_reported_once_also_when_read_in_parallel(small: Small) -> None:
    twin = ':::{person} tobias-quill\n:name: Twin\n:certainty: low\n:sources: none\n\nTwin.\n:::\n'
    small.write('notes/people.md', small.read('notes/people.md') + '\n' + twin)
    for n in range(8):  # Sphinx reads in parallel from a few documents on
        small.write(f'notes/more-{n}.md', f'---\norphan: true\n---\n# More {n}\n')
    small.write('notes/more-7.md', f'---\norphan: true\n---\n# More\n\n{twin}')
    warnings = {}
    for jobs in ('1', '2'):
        built = small.build('html', '-j', jobs, out=small.source.parent / jobs)
        assert built.status == 1
        warnings[jobs] = sorted(built.warnings)
    assert warnings['1'] == warnings['2']
    assert len(warnings['1']) == 2
    assert all(
        'the entry “tobias-quill” is already defined at notes/people:' in line
        for line in warnings['1']
    )


def test_merging_takes_the_given_documents_only() -> None:
    class Environment:
        domaindata: dict = {}  # noqa: RUF012

    domain = EditionDomain(Environment())
    domain.note_entry(Entry('person', 'ann', 'Ann', 'Ann', 'mine', 1))
    theirs = {'pages': {'new': Page('new'), 'mine': Page('mine')}, 'shown': {}}
    domain.merge_domaindata({'new'}, theirs)
    assert list(domain.pages) == ['mine', 'new']
    assert domain.pages['mine'].entries
    domain.clear_doc('mine')
    assert list(domain.pages) == ['new']
