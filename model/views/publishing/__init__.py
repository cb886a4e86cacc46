"""Publishing: results as files that people open.

report   the sections, composed as a page; `page`, written out as one file
publish  the page of a batch, in each language, beside its results
export   CSV and spreadsheets; `iamc`, `pcaet`, `figures` for the other forms
"""
