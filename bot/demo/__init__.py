"""The whole life of two circulars played through on embedded servers with robot reporters."""
