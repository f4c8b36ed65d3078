"""What must not stand in the repository."""

import subprocess

HOSTS = r"[p]ypi\.org|[p]ythonhosted|[r]egistry\.npmjs|[d]eb\.debian"


def test_no_file_names_a_host_of_packages() -> None:
    found = subprocess.run(["git", "grep", "-nIE", HOSTS], capture_output=True, text=True, check=False)

    assert found.stdout == ""
