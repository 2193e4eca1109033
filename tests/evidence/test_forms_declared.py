"""The declarations themselves: no header means two things, every mark exists, every code list is unambiguous."""

from collections import defaultdict

import pytest

from dibao_lib.evidence.cell import squeezed
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.labels import label_of

EACH = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)


@EACH
def test_no_label_stands_for_two_fields_of_a_form(form):
    meant = defaultdict(set)
    for field in form.fields:
        for label in (field.header, *field.synonyms):
            meant[label_of(label)].add(field.name)
    assert {label: fields for label, fields in meant.items() if len(fields) > 1} == {}


@EACH
def test_marks_constants_and_carried_fields_exist(form):
    names = {field.name for field in form.fields} | set(form.constants)
    assert set(form.marks) <= names
    assert form.repeat is None or set(form.repeat.carry) <= names


@EACH
def test_no_word_of_a_code_list_means_two_things(form):
    for field in form.fields:
        meant = defaultdict(set)
        for canonical, others in field.choices.items():
            for word in (canonical, *others) if field.kind is Kind.CHOICE else others:
                meant[squeezed(word)].add(canonical)
        # a canonical word wins over a synonym of another
        double = {w: c for w, c in meant.items() if len(c) > 1 and w not in map(squeezed, field.choices)}
        assert double == {}, field.name


@EACH
def test_scales_belong_to_headers_of_the_field(form):
    for field in form.fields:
        assert set(field.scales) <= {field.header, *field.synonyms}


@EACH
def test_names_and_ids_of_persons_are_private(form):
    for field in form.fields:
        if field.kind in {Kind.NAME, Kind.PID}:
            assert field.private, field.name
