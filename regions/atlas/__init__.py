"""Coverage on maps and in charts: what a region's figures say, their colour and their place on the map."""
