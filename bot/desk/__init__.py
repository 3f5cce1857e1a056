"""The page in the browser: what the letters to staff say, to be looked at. Optional; the road by mail is whole without it."""
