"""The department's papers to a proposal: what its letter says and what its blank form asks, each doubt as a value."""
