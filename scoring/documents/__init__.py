"""Printed documents: their data as plain values for ``templates/typst/``, and how anybody can check them.

Every figure comes from the sealed document (for a draft before the seal, from the rows). What the seal leaves out
because it names no jurors (the panel, conflicts of interest) comes from rows that the seal locks.
"""
