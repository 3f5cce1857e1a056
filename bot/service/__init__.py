"""The office at work: the steps of the road, and the loops that take them."""
