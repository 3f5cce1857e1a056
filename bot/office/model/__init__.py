"""What the office knows: itself, its roster, its circulars, what was recorded and what that adds up to. Values only."""
