"""The checks that legal and finance would do by hand: a module a group, a function a rule.

A rule looks at a `Deal` and yields a `Hit` for everything it objects to; its docstring is its page:
what it looks at, 为什么, 怎么改, 依据. `templates/rules.yaml` says how serious it is and from which
stage on it runs. `salesdocs.rules.run.judge` runs them all.
"""
