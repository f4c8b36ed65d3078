"""Tables in and out: CSV and XLSX from anybody's hand into checked values, and out as Finnish Excel likes them.

Pure: bytes in, values or stable codes out; the interface turns codes into sentences. `reading` reads, `csv_writing` and
`xlsx_writing` write, `columns` says what is expected, `faults` and `refusals` what can be wrong.
"""
