"""Pages of the regions and of their coverage."""
