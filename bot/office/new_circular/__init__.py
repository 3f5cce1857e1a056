"""A circular out of the department's papers: what they do not say is worked out, and what was worked out is said."""
