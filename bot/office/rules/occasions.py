"""What the occasions of letters to staff hold that wait for one word: by it an answer is known for what it answers."""

HELD, DEPARTMENT_WORDS = "-held", "-department"  # ends of the occasions of letters to staff at once
STUCK = "stuck-"  # begins the occasions of notices of reports in doubt
DISPUTED = "-disputed-"  # within the occasion of the notice to staff, before the mail's number
