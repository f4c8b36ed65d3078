"""Whatever is done to a file, it is read or refused; nothing else happens."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.competence.formats.errors import FormatError
from luotsi.competence.formats.ledger import is_text
from luotsi.competence.formats.reading import read_eperusteet
from luotsi.competence.formats.source import walk
from tests.competence.formats.samples import as_file, sample

KEYS = st.sampled_from(
    [
        "id", "nimi", "fi", "sv", "koodi", "uri", "data", "arviointi", "tavoitteet", "osaAlueet", "tutkinnonOsat",
        "osaamistasonKriteerit", "_osaamistaso", "kriteerit", "ammattitaitovaatimukset", "vaatimukset", "laajuus",
        "ammattitaitovaatimukset2019", "kohdealueet", "valmaTelmaSisalto", "arviointikriteerit", "osaamistavoitteet",
        "arvioinninKohdealueet", "arvioinninKohteet", "otsikko", "_tunniste", "muokattu", "lisatiedot",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    ["", "-", " ", "\x00", "\ud800", "<ul><li>a<li>b</ul>", "<div>" * 120, "hyväksytty", "1", "5", "77"]
)
LEAVES = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | WORDS | st.text(max_size=4)
TREES = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=12,
)
SAMPLES = [
    "eperusteet/valid_arviointi.json",
    "eperusteet/2019-shape/ePerustePerusteenosat6778360.json",
    "reference/tutkinnonosa_400011_tyopaikkaohjaajaksi-valmentautuminen.json",
    "reference/geneerinen_arviointiasteikko_6783341.json",
    "eperusteet/rakenne-autoalan-tyonjohto.json",
    "eperusteet/rakenne-valma.json",
]
CALM = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read_or_refuse(content):
    """The reading, None when the file is refused. A reading's account is whole and its names are there."""
    try:
        reading = read_eperusteet(content)
    except FormatError:
        return None
    counts = reading.counts
    assert counts.texts == counts.placed + counts.left_out + counts.not_understood
    for area in reading.framework.areas:
        assert area.name
        assert len(area.origin_id) <= 100
        for competence in area.competences:
            assert competence.name
            assert len(competence.origin_id) <= 100
            assert all(criterion.text for criterion in competence.criteria)
    return reading


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    read_or_refuse(content)


@given(tree=TREES)
@CALM
def test_any_json_with_our_keys_is_read_or_refused(tree):
    read_or_refuse(json.dumps(tree).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", SAMPLES)
@given(drawn=st.data())
@CALM
def test_a_sample_changed_anywhere_is_read_or_refused(name, drawn):
    tree = json.loads(sample(name))
    for _ in range(drawn.draw(st.integers(1, 6))):
        nodes = [node for _, node, _ in walk(tree) if node]
        node = drawn.draw(st.sampled_from(nodes)) if nodes else None
        if isinstance(node, dict):
            node[drawn.draw(st.sampled_from(sorted(node)) | KEYS)] = drawn.draw(TREES)
        elif isinstance(node, list):
            node[drawn.draw(st.integers(0, len(node) - 1))] = drawn.draw(TREES)

    read_or_refuse(json.dumps(tree).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", SAMPLES)
@given(drawn=st.data())
@CALM
def test_a_sample_cut_or_with_wrong_bytes_is_read_or_refused(name, drawn):
    content = bytearray(sample(name))
    place = drawn.draw(st.integers(0, len(content) - 1))
    content[place : place + drawn.draw(st.integers(0, 3))] = drawn.draw(st.binary(max_size=3))

    read_or_refuse(
        bytes(content[: drawn.draw(st.integers(0, len(content)))]) if drawn.draw(st.booleans()) else bytes(content)
    )


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_sample_without_one_language_is_read_as_whole(name, language):
    whole = read_or_refuse(sample(name))
    tree = json.loads(sample(name))
    for _, node, _ in walk(tree):
        if is_text(node) and len({"fi", "sv", "en"} & node.keys()) > 1:
            node[language] = None

    reading = read_or_refuse(as_file(tree))

    assert reading is not None
    assert (reading.counts.areas, reading.counts.competences, reading.counts.criteria, reading.not_understood) == (
        whole.counts.areas,
        whole.counts.competences,
        whole.counts.criteria,
        (),
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_with_dates_as_text_is_read_the_same(name):
    tree = json.loads(sample(name))
    with_text = copy.deepcopy(tree)
    for _, node, _ in walk(with_text):
        if isinstance(node, dict):
            node.update(
                {
                    key: "2020-08-01T00:00:00.000+03:00"
                    for key in ("luotu", "muokattu", "voimassaoloAlkaa")
                    if key in node
                }
            )

    assert read_or_refuse(as_file(with_text)).framework.areas == read_or_refuse(as_file(tree)).framework.areas
