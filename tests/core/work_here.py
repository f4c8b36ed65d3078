"""The real worker, with the tasks of tests: python -m tests.core.work_here"""

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    import tests.core.work_tasks  # noqa: F401 -- once the apps are ready

    call_command("work")
