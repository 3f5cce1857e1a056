"""The parts of a mail as they lie in its bytes: headers, boundaries, transfer encodings, what is a file."""
