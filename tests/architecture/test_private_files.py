"""Views, forms, tasks, messages and api are a module's own affair."""

import grimp

PRIVATE = {"views", "forms", "tasks", "messages", "admin", "api"}
SHARED = {"luotsi.web.forms"}  # the base of all forms


def test_private_files_stay_private() -> None:
    graph = grimp.build_graph("luotsi", cache_dir=None)
    strangers = [
        f"{importer} -> {module}"
        for module in graph.modules
        if module not in SHARED and (parts := module.split("."))[2:3] and parts[2] in PRIVATE
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[1] != parts[1]
    ]

    assert strangers == []
