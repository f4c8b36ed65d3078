"""Results of a survey of learning culture: on a phone from the menu, on paper, and in the files one takes along."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

LATEST = "Vuoden päästä"  # the demo's last closed survey of the hotel
DIMENSIONS = 7
UNITS = ("Vastaanotto", "Keittiö ja ravintola", "Kerroshoito")
ROWS = (*UNITS, "The whole")
CONCLUSION = re.compile(r"Strongest: “[^”]+” \(\d\.\d\)\. Weakest: “[^”]+” \(\d\.\d\)\. Rose: \S")
PAPER = {"width": 673, "height": 970}  # CSS px within the margins of an A4 page
CUT_OFF = """() => {
  const seen = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const main = document.querySelector("main");
  const texts = [...main.querySelectorAll("h1, h2, h3, p, li, figcaption, th, td, dt, dd, span, svg")];
  return {
    wide: texts.filter((one) => seen(one) && !one.closest(".vh") && one.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5).map((one) => `${one.tagName}: ${one.textContent.trim().slice(0, 40)}`),
    clipped: [...main.querySelectorAll("*")].filter((one) => seen(one) && !one.closest(".vh, svg")
        && getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1)
      .slice(0, 5).map((one) => `${one.tagName}.${one.className}`),
    folded: [...main.querySelectorAll("details")].filter((one) => !seen(one.lastElementChild)).length,
    buttons: [...main.querySelectorAll(".btn, form")].filter(seen).length,
    bars: [...main.querySelectorAll(".dots svg")].filter(seen).length,
    cells: [...main.querySelectorAll(".heat td")].filter(seen).length,
  };
}"""


def open_latest(visitor):
    """From the home page by the menu to the latest closed survey, and on to its results."""
    menu = visitor.page.locator("#menu").get_by_role("link", name="Surveys", exact=True)
    if not menu.is_visible():
        visitor.page.get_by_role("button", name="Menu").click()
    with visitor.page.expect_navigation():
        menu.click()
    closed = visitor.page.locator("main tbody tr", has_text="closed")
    assert LATEST in closed.first.inner_text()
    with visitor.page.expect_navigation():
        closed.first.get_by_role("link").click()
    visitor.press("See the results")
    assert visitor.text("h1") == LATEST


def saved(visitor, label, folder):
    """The file that a link of the page gives."""
    with visitor.page.expect_download() as waiting:
        visitor.page.locator("main").get_by_role("link", name=label).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_hr_reads_the_results_on_a_phone(sign_in_as):
    hr = sign_in_as("hr", width=360)

    open_latest(hr)

    main = hr.page.locator("main")
    assert CONCLUSION.match(hr.text(".page-head p:last-of-type"))
    assert [main.get_by_role("heading", name=name, exact=True).count() for name in ("Dimensions", "Units")] == [1, 1]
    bars = main.locator(".dots").first.locator("> div:not(.axis)")
    assert bars.count() == DIMENSIONS
    assert all(re.search(r"\d\.\d → \d\.\d", each) for each in bars.all_inner_texts())
    heat = main.locator(".heat").first
    assert sorted(heat.locator("tbody th").all_inner_texts()) == sorted(ROWS)
    assert heat.locator("tbody td").count() == DIMENSIONS * len(ROWS)
    assert heat.locator("tbody td.v0").count() == 0
    seen = hr.see()
    assert (seen["overflow"], seen["wide"], hr.faults(), hr.complaints) == (0, [], [], [])
    hr.page.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    opened = hr.see()
    assert (opened["overflow"], opened["wide"], hr.faults()) == (0, [], [])


def test_nothing_is_cut_off_on_paper_and_the_files_can_be_read(sign_in_as, tmp_path):
    hr = sign_in_as("hr")
    open_latest(hr)
    seen = hr.see()
    assert (seen["overflow"], seen["wide"], hr.faults()) == (0, [], [])
    on_screen = hr.page.evaluate(CUT_OFF)
    bars, cells = on_screen["bars"], on_screen["cells"]

    hr.page.emulate_media(media="print")
    wide = hr.page.evaluate(CUT_OFF)
    hr.page.set_viewport_size(PAPER)
    paper = hr.page.evaluate(CUT_OFF)
    hr.page.emulate_media(media="screen")

    whole = {"wide": [], "clipped": [], "folded": 0, "buttons": 0, "bars": bars, "cells": cells}
    assert (on_screen["folded"] > 0, on_screen["buttons"]) == (True, 2)
    assert bars >= DIMENSIONS
    assert cells >= DIMENSIONS * len(ROWS)
    assert [wide, paper] == [whole, whole]
    text = saved(hr, "The same as CSV", tmp_path)
    book = saved(hr, "Take the figures with you (Excel)", tmp_path)
    assert (text.suffix, book.suffix) == (".csv", ".xlsx")
    rows = list(csv.reader(io.StringIO(text.read_bytes().decode("utf-8-sig")), delimiter=";"))
    [sheet] = load_workbook(book).worksheets
    from_book = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == from_book[0]
    assert len(rows) == len(from_book) > DIMENSIONS * (1 + len(UNITS))
    assert {unit for unit in UNITS if any(unit in row for row in rows)} == set(UNITS)
    assert hr.complaints == []
