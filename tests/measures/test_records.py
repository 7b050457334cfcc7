"""The records that figures come from have one name each."""

import pytest

from analysis.data import vocabulary
from analysis.measures.records import Record, record_name


def test_the_records_are_those_of_the_tables():
    assert {record.value for record in Record} == set(vocabulary.RECORDS)


def test_every_record_has_a_name_of_its_own():
    assert len({record_name(record) for record in Record}) == len(Record)


def test_a_record_is_named_after_whose_it_is():
    assert record_name("own", country="Mongolia’s") == "Mongolia’s own records"
    assert record_name("own", country="its") == "its own records"
    assert record_name("partner") == "China’s and Russia’s records"
    assert record_name(Record.PARTNER, powers="the partners’") == "the partners’ records"


def test_a_record_has_the_name_that_sentences_call_it_by():
    assert {record.value: record_name(record) for record in Record} == {
        "own": "the country’s own records",
        "partner": "China’s and Russia’s records",
        "exports_first": "exporters’ records first",
        "reconciled": "a reconciled estimate",
        "article": "the article",
        "stated": "one source for both",
    }


def test_a_record_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="'owned' is not a valid Record"):
        record_name("owned")
