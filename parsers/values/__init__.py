"""One cell to one value of the kind that a question asks for, or why not."""
