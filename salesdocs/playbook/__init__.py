"""The playbook: what new staff read, made from the library that makes the documents.

It knows no site generator: pages are Markdown with directives (`::: form contract`), files are
bytes with a name. `salesdocs.plugin` hands them to MkDocs, `salesdocs site stage` writes them out.
"""
