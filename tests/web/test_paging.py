"""Long lists, a page at a time."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from urllib.parse import parse_qs

import pytest
from allauth.account.models import EmailAddress
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from luotsi.people.models import Person
from luotsi.web.paging import Page, page_of
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def people(count: int, *, sort_key: str | None = None) -> list[Person]:
    return [PersonFactory.create(sort_key=sort_key or f"{number:04}") for number in range(count)]


def asked(query: str = "", *, by: tuple[str, ...] = ("sort_key",), size: int = 30) -> Page[Person]:
    return page_of(Person.objects.all(), QueryDict(query.removeprefix("?")), by=by, size=size)


def walk(*, by: tuple[str, ...], size: int) -> list[list[int]]:
    """The keys of all pages, from the first to the last."""
    pages = [asked(by=by, size=size)]
    while pages[-1].next_query:
        pages.append(asked(pages[-1].next_query, by=by, size=size))
    return [[row.pk for row in page.rows] for page in pages]


@pytest.mark.parametrize(
    ("count", "lengths"), [(0, [0]), (1, [1]), (3, [3]), (30, [30]), (31, [30, 1]), (61, [30, 30, 1])]
)
def test_every_row_is_on_one_page(count: int, lengths: list[int]) -> None:
    rows = people(count)

    pages = walk(by=("sort_key",), size=30)

    assert [len(page) for page in pages] == lengths
    assert list(chain.from_iterable(pages)) == [row.pk for row in rows]


@pytest.mark.parametrize(
    "by",
    [("sort_key",), ("-sort_key",), ("sort_key", "-pk"), ("-language", "sort_key", "pk"), ("created_at",), ("ref",)],
)
def test_rows_with_equal_keys_keep_their_order(by: tuple[str, ...]) -> None:
    people(7, sort_key="a")
    people(7, sort_key="b")
    order = by if by[-1] in {"pk", "-pk"} else (*by, "pk")

    pages = walk(by=by, size=3)

    assert list(chain.from_iterable(pages)) == list(Person.objects.order_by(*order).values_list("pk", flat=True))


def test_the_way_back_shows_the_same_pages() -> None:
    people(10, sort_key="a")

    pages = [asked(size=3)]
    while pages[-1].next_query:
        pages.append(asked(pages[-1].next_query, size=3))
    back = [pages[-1]]
    while back[-1].previous_query:
        back.append(asked(back[-1].previous_query, size=3))

    assert [page.rows for page in back[::-1]] == [page.rows for page in pages]
    assert (pages[0].previous_query, pages[-1].next_query) == ("", "")


def test_the_first_page_is_full_also_when_come_upon_from_behind() -> None:
    rows = people(5)
    second = asked(asked(size=2).next_query, size=2)
    PersonFactory.create(sort_key="0000a")

    first = asked(second.previous_query, size=3)

    assert [row.pk for row in first.rows] == [rows[0].pk, Person.objects.get(sort_key="0000a").pk, rows[1].pk]
    assert first.previous_query == ""


def test_nothing_is_shown_twice_or_left_out_when_rows_come_and_go() -> None:
    rows = people(6)
    first = asked(size=2)
    rows[1].delete()
    PersonFactory.create(sort_key="0000a")

    second = asked(first.next_query, size=2)

    assert [row.pk for row in second.rows] == [rows[2].pk, rows[3].pk]


def test_when_all_that_was_ahead_is_gone_the_list_begins_anew() -> None:
    rows = people(3)
    first = asked(size=2)
    rows[2].delete()

    again = asked(first.next_query, size=2)

    assert again.rows == first.rows
    assert (again.next_query, again.previous_query) == ("", "")


def test_a_page_is_one_query(django_assert_num_queries) -> None:
    people(7)
    first = asked(size=3)
    second = asked(first.next_query, size=3)

    with django_assert_num_queries(1):
        asked(size=3)
    with django_assert_num_queries(1):
        asked(first.next_query, size=3)
    with django_assert_num_queries(2):
        asked(second.previous_query, size=3)


@pytest.mark.parametrize("cursor", ["x", "", "\x00", "å\ud800", "%", "gAAAAA==", "1", "' OR 1=1"])
def test_a_broken_cursor_leads_to_the_first_page(cursor: str) -> None:
    people(3)
    parameters = QueryDict(mutable=True)
    parameters["after"] = parameters["before"] = cursor

    page = page_of(Person.objects.all(), parameters, by=("sort_key",), size=2)

    assert page.rows == asked(size=2).rows


def test_a_tampered_cursor_leads_to_the_first_page() -> None:
    people(5)
    first = asked(size=2)
    tampered = first.next_query[:40] + ("A" if first.next_query[40] != "A" else "B") + first.next_query[41:]

    assert asked(tampered, size=2).rows == first.rows


def test_a_cursor_of_another_order_leads_to_the_first_page() -> None:
    people(5)
    by_name = asked(size=2)

    assert asked(by_name.next_query, by=("-sort_key",), size=2).rows == asked(by=("-sort_key",), size=2).rows


def test_a_cursor_tells_nobody_whose_name_it_is() -> None:
    PersonFactory.create(sort_key="ranta elias")
    PersonFactory.create(sort_key="salmela noora")

    query = asked(size=1).next_query

    assert parse_qs(query[1:]).keys() == {"after"}
    assert "ranta" not in query


def test_other_parameters_stay_and_a_request_will_do() -> None:
    people(3)
    request = RequestFactory().get("/people/", {"q": "a b", "before": "old"})

    page = page_of(Person.objects.all(), request, by=("sort_key",), size=2)

    assert page.next_query.startswith("?q=a+b&after=")
    assert "before" not in page.next_query


def test_keys_may_be_times() -> None:
    now = timezone.now()
    rows = people(3)
    for number, row in enumerate(rows):
        Person.objects.filter(pk=row.pk).update(created_at=now - timedelta(microseconds=number))

    newest = asked(by=("-created_at",), size=2)
    oldest = asked(newest.next_query, by=("-created_at",), size=2)

    assert [row.pk for row in (*newest.rows, *oldest.rows)] == [row.pk for row in rows]


def test_keys_may_be_columns_of_another_table() -> None:
    rows = [PersonFactory.create(sort_key=key) for key in ("b", "a", "c")]
    addresses = EmailAddress.objects.all()

    first = page_of(addresses, QueryDict(), by=("user__sort_key",), size=2)
    second = page_of(addresses, QueryDict(first.next_query[1:]), by=("user__sort_key",), size=2)

    assert [row.user_id for row in (*first.rows, *second.rows)] == [rows[1].pk, rows[0].pk, rows[2].pk]
