"""The size that an SVG drawing states, from which a page keeps its place free."""

import pytest

from dropcap.pictures.drawing import MAXIMUM_BYTES, drawing_size

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><rect width="3" height="4"/></svg>'


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="120" height="80"', (120, 80)),
        ('width="120px" height=" 80.4px "', (120, 80)),
        ('width="1in" height="72pt"', (96, 96)),
        ('width="2.54cm" height="25.4mm"', (96, 96)),
        ('viewBox="0 0 300 150"', (300, 150)),
        ('viewBox="-10,-10, 300.5 150"', (300, 150)),
        ('width="600" viewBox="0 0 300 150"', (600, 300)),
        ('height="50" viewBox="0 0 300 150"', (100, 50)),
        ('width="100%" height="100%" viewBox="0 0 300 150"', (300, 150)),
        ('width="100%"', (0, 0)),
        ('width="120"', (0, 0)),
        ('width="0" height="80"', (0, 0)),
        ('width="-5" height="80"', (0, 0)),
        ('viewBox="0 0 0 150"', (0, 0)),
        ('width="99999" height="80"', (0, 0)),
        (f'width="{"9" * 400}" height="80"', (0, 0)),
        (f'width="10" viewBox="0 0 .{"0" * 320}1 80"', (0, 0)),
        (f'viewBox="0 0 {"9" * 400} {"9" * 400}"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_drawing_states_its_size_by_attributes_or_by_its_view_box(attributes: str, expected: tuple[int, int]) -> None:
    """Absolute lengths count in CSS pixels; percentages and what is missing follow from the view box."""
    assert expected == drawing_size(SVG.format(attributes).encode())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn -->\n<svg width="5" height="6">', (5, 6)),
        (b'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="5" height="6"/>', (5, 6)),
        ('<svg width="5" height="6"/>'.encode("utf-16"), (5, 6)),
        (b'<svg width="5" height="6"><broken', (5, 6)),
        (b'<!DOCTYPE svg [<!ENTITY a "9"><!ENTITY b "&a;&a;">]><svg width="&b;" height="&b;"/>', (0, 0)),
        (b'<html width="5" height="6"/>', (0, 0)),
        (b'<?xml version="1.0" encoding="no-such"?><svg width="5" height="6"/>', (0, 0)),
        (b"bytes of c.svg", (0, 0)),
        (b"", (0, 0)),
        (b" " * MAXIMUM_BYTES + b'<svg width="5" height="6"/>', (0, 0)),
    ],
)
def test_what_is_no_drawing_or_declares_entities_states_nothing(source: bytes, expected: tuple[int, int]) -> None:
    """Only the root element is read, so that no later fault and no chain of entities matters."""
    assert expected == drawing_size(source)
