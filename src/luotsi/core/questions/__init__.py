"""Forms of questions: what they hold, how they are read and written, what is asked of whom, and whether answers fit.

Pure: plain objects in, values or stable codes out. `values` says what a form is, `reading` and `writing` turn its plain
description (JSON, YAML) into it and back, `tables` does so with the rows of a spreadsheet; `conditions` decides what is
asked, `answers` checks what was answered, `posting` reads what browsers send, `pages` leads through the sections.
"""
