"""The cases of the corpus as drawings, one module per kind of trouble."""

TROUBLES = (
    "layout",
    "template",
    "marks",
    "names",
    "values",
    "dates",
    "remarks",
    "traps",
    "files",
    "mails",
    "unseen",
    "arranged",
)
