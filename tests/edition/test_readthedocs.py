"""Read the Docs, rehearsed: `.readthedocs.yaml` is executed as the service would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from lxml import html

from tests.conftest import ROOT
from tests.edition.conftest import CHAPTERS
from tests.programs import missing, needed

ADDRESS = 'https://edition.example.org/en/latest/'
KNOWN = {'version', 'formats', 'build', 'sphinx', 'python', 'search', 'submodules'}


@pytest.fixture(scope='module')
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone, and a fresh environment with what is asked for and nothing else."""
    folder = tmp_path_factory.mktemp('service')
    clone = folder / 'clone'
    subprocess.run(
        [needed('git'), 'clone', '--quiet', '--depth=1', ROOT.as_uri(), clone], check=True
    )
    subprocess.run([sys.executable, '-m', 'venv', folder / 'env'], check=True)
    [install] = settings()['python']['install']
    pip = [folder / 'env' / 'bin' / 'python', '-m', 'pip', 'install', '--quiet']
    done = subprocess.run(
        [*pip, '-r', install['requirements']],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        missing(f'the packages of the service: {done.stderr.strip().splitlines()[-1]}')
    return folder


def settings() -> dict:
    return yaml.safe_load((ROOT / '.readthedocs.yaml').read_text(encoding='utf-8'))


def build(service: Path, formats: list[str], version: str) -> Path:
    """What the service does once all is installed; returns $READTHEDOCS_OUTPUT."""
    clone = service / 'clone'
    subprocess.run(['git', 'clean', '-dfxq'], cwd=clone, check=True)
    output = clone / '_readthedocs'
    path = f'{service / "env" / "bin"}:{os.environ["PATH"]}'
    variables = {
        'PATH': path,
        'HOME': str(service),
        'LC_ALL': 'C.UTF-8',
        'READTHEDOCS': 'True',
        'READTHEDOCS_OUTPUT': str(output),
        'READTHEDOCS_CANONICAL_URL': ADDRESS,
        'READTHEDOCS_VERSION': version,
        'READTHEDOCS_VERSION_NAME': version,
        'READTHEDOCS_VERSION_TYPE': 'external' if version.isdecimal() else 'branch',
        'READTHEDOCS_PROJECT': 'edition',
        'READTHEDOCS_LANGUAGE': 'en',
        'READTHEDOCS_GIT_IDENTIFIER': version,
    }

    def run(line: str) -> None:
        """A line in a shell of its own, in the checkout."""
        done = subprocess.run(
            ['/bin/sh', '-e', '-c', line], cwd=clone, env=variables, capture_output=True, text=True
        )
        assert done.returncode == 0, f'{line}\n{done.stdout}\n{done.stderr}'

    config = settings()
    strict = '-W --keep-going' if config['sphinx']['fail_on_warning'] else ''
    folder = str(Path(config['sphinx']['configuration']).parent)
    jobs = config['build']['jobs']
    assert 'html' not in jobs['build'], 'the service makes the pages by its own command'
    run(
        f'python -m sphinx -T {strict} -b html -d _build/doctrees -D language=en '
        f'{folder} "$READTHEDOCS_OUTPUT/html"'
    )
    for name in formats:
        for line in jobs['build'][name]:
            run(line)
    for line in jobs.get('post_build', ()):
        run(line)
    return output


def test_the_settings_are_such_as_the_service_knows() -> None:
    config = settings()
    assert config.keys() <= KNOWN
    assert config['build'].keys() <= {'os', 'tools', 'jobs', 'apt_packages', 'commands'}
    assert {'os', 'tools'} <= config['build'].keys()
    assert config['build']['jobs']['build'].keys() <= set(config['formats'])


@pytest.mark.slow
def test_a_build(service: Path) -> None:
    output = build(service, settings()['formats'], 'latest')
    pages = output / 'html'
    assert (pages / 'index.html').is_file()
    for kind in ('pdf', 'epub'):
        [file] = (output / kind).iterdir()
        assert file.name.count('.') == 1
        assert file.suffix == f'.{kind}'
        assert (pages / file.name).read_bytes() == file.read_bytes()
    head = html.parse(pages / f'{CHAPTERS[0]}.html').getroot().head
    [canonical] = head.xpath('link[@rel="canonical"]/@href')
    assert canonical == f'{ADDRESS}{CHAPTERS[0]}.html'
    downloads = head.xpath('link[contains(@rel, "alternate")]/@href')
    assert downloads
    for address in downloads:
        name = urljoin(f'/{CHAPTERS[0]}.html', address.removeprefix(ADDRESS)).removeprefix('/')
        assert (pages / name).is_file() or name.endswith('.xml'), address


@pytest.mark.slow
def test_a_pull_request(service: Path) -> None:
    output = build(service, [], '12')
    assert (output / 'html' / 'index.html').is_file()
    assert [folder.name for folder in output.iterdir()] == ['html']
    shutil.rmtree(output)


def test_what_the_services_scripts_take_for_the_text(site: Path) -> None:
    """Its search reads `main`, its add-ons take the first `article`: there is one of each."""
    pages = [html.parse(str(file)) for file in site.rglob('*.html')]
    assert pages
    for page in pages:
        [main] = page.xpath('//main | //*[@role="main"]')
        assert page.xpath('//article') == main.xpath('.//article')
        assert len(main.xpath('.//article')) == 1
