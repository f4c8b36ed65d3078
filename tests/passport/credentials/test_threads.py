"""Web servers answer from several threads at once; the library beneath keeps memories that do not bear it."""

from concurrent.futures import ThreadPoolExecutor

from tests.passport.credentials.samples import judged, signed


def test_many_threads_get_the_right_answer():
    good = signed()
    bad = {**good, "name": "changed"}

    with ThreadPoolExecutor(max_workers=8) as pool:
        outcomes = list(pool.map(lambda document: judged(document).outcome.value, [good, bad] * 100))

    assert outcomes == ["yes", "no"] * 100
