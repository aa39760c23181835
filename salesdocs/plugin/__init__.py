"""The MkDocs plugin: hands the playbook to MkDocs."""
