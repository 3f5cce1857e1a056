"""The first day of a new office: asked, tried at once, written down."""
