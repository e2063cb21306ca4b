"""What leaves the house on paper, told in plain words for ``templates/typst/``, and how a stranger checks it.

Every figure comes from the sealed document (before the seal, marked as a draft, from the rows). What a seal does not
hold because it names no jurors - the panel, who keeps out of what - comes from rows that the seal closes.
"""
