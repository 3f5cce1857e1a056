"""What was read of the department's papers as text, to keep it and have it back the same."""

from pydantic import TypeAdapter

from parsers.blank_form.proposal import Papers

PAPERS = TypeAdapter(Papers)


def as_record(papers: Papers) -> str:
    """The papers as JSON."""
    return PAPERS.dump_json(papers).decode()


def from_record(said: str) -> Papers:
    """The papers that ``as_record`` wrote. Raises ValueError."""
    return PAPERS.validate_json(said)
