"""What the office wrote: configuration, circulars, rosters; every mistake with its place."""
