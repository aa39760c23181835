"""Word files as PDF: what Word shows, page by page; and forms that can be filled in.

A finished file is read by `salesdocs.word.shown`, written as HTML with print CSS, and set by
WeasyPrint, which only this room knows. Nothing is imported before it is asked for: WeasyPrint is
optional and slow to load.
"""
