"""Coverage as pictures: what a region's figures say, in which colour, in which place. Pages: ``views/atlas.py``."""
