"""What the answers of SMTP servers mean: by enhanced code, and by the words of servers that give none."""

import pytest

from bot.post.smtp.refusals import OURS, STEPS, WAITS, About, meaning, together

# (code, words, verb), whose fault, whether waiting helps
TABLE = [
    (550, "5.4.5 Daily user sending quota exceeded", ".", About.QUOTA, True),
    (554, "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; failed", ".", About.QUOTA, True),
    (550, "5.1.90 Your message can't be sent because you've reached your daily limit", ".", About.QUOTA, True),
    (550, "5.7.1 You have used up your daily limit", "MAIL", About.QUOTA, True),
    (554, "5.7.1 Policy rejection; Message count quota exceeded", "RCPT", About.QUOTA, True),
    (550, "5.4.6 Unusual sending activity detected", ".", About.QUOTA, True),
    (550, "Domain x.example has exceeded the max emails per hour (100/100) allowed", ".", About.QUOTA, True),
    (550, "User ruam has exceeded its 24-hour sending limit", ".", About.QUOTA, True),
    (552, "5.2.2 You have exceeded your daily sending quota", ".", About.QUOTA, True),
    (550, "5.7.705 Access denied, tenant has exceeded threshold", ".", About.QUOTA, True),
    (450, "4.7.1 Rate limit exceeded for this sender", "MAIL", About.QUOTA, True),
    (454, "Throttling failure: Maximum sending rate exceeded", ".", About.QUOTA, True),
    (452, "4.5.3 Too many recipients", "RCPT", About.QUOTA, True),
    (530, "5.5.1 Authentication Required", "MAIL", About.SENDER, True),
    (530, "5.7.0 Must issue a STARTTLS command first", "MAIL", About.SENDER, True),
    (550, "5.7.60 Client does not have permissions to send as this sender", "MAIL", About.SENDER, True),
    (554, "5.2.252 SendAsDenied; office not allowed to send as desk", ".", About.SENDER, True),
    (550, "5.1.8 Access denied, bad outbound sender", ".", About.SENDER, True),
    (553, "5.7.1 <o@x.example>: Sender address rejected: not owned by user ruam", "RCPT", About.SENDER, True),
    (550, "5.1.0 <o@x.example>: Sender address rejected: User unknown", "RCPT", About.SENDER, True),
    (554, "5.7.1 <a@y.example>: Relay access denied", "RCPT", About.SENDER, True),
    (550, "relaying denied", "RCPT", About.SENDER, True),
    (553, "that domain isn't in my list of allowed rcpthosts (#5.7.1)", "RCPT", About.SENDER, True),
    (554, "Message rejected: Email address is not verified", ".", About.SENDER, True),
    (550, "5.7.26 This mail is unauthenticated", ".", About.SENDER, True),
    (554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a blocklist", "RCPT", About.SENDER, True),
    (554, "5.7.0 Your account has been suspended", "MAIL", About.SENDER, True),
    (550, "no thank you", "MAIL", About.SENDER, True),
    (550, "5.1.1 User unknown in relay recipient table", "RCPT", About.ADDRESS, False),
    (550, "5.4.1 Recipient address rejected: Access denied", "RCPT", About.ADDRESS, False),
    (550, "5.2.1 The account is disabled", "RCPT", About.ADDRESS, False),
    (550, "Account disabled", "RCPT", About.ADDRESS, False),
    (550, "No such user here", "RCPT", About.ADDRESS, False),
    (552, "5.2.2 Mailbox full", "RCPT", About.MAILBOX, False),
    (450, "4.2.1 The user is receiving mail at a rate that prevents more", "RCPT", About.MAILBOX, True),
    (552, "5.3.4 Message size exceeds fixed limit", "MAIL", About.SIZE, False),
    (552, "5.2.3 Your message exceeded the size limits", ".", About.SIZE, False),
    (552, "too big for us", ".", About.SIZE, False),
    (552, "no", ".", About.SIZE, False),
    (552, "no", "RCPT", About.MAILBOX, False),
    (550, "5.7.1 Message contains spam", ".", About.LETTER, False),
    (554, "5.6.0 Content not accepted", ".", About.LETTER, False),
    (554, "5.3.0 Internal trouble", ".", About.SERVER, True),
    (452, "4.3.1 Insufficient system storage", ".", About.SERVER, True),
    (421, "4.3.2 closing", "MAIL", About.SERVER, True),
    (450, "4.2.0 Greylisted", "RCPT", About.UNCLEAR, True),
    (550, "no", "RCPT", About.UNCLEAR, False),
    (500, "what?", "DATA", About.UNCLEAR, False),
]


@pytest.mark.parametrize(("code", "words", "verb", "about", "passing"), TABLE)
def test_an_answer_means_what_its_code_or_its_words_say(code, words, verb, about, passing):
    found = meaning(code, words, verb)
    assert (found.about, found.passing) == (about, passing)


@pytest.mark.parametrize("code", range(400, 600))
def test_every_four_hundred_passes_and_a_bare_five_hundred_only_where_it_is_ours(code):
    """Of 5xx without words only a refused login and a refused sender wait for somebody to mend them."""
    for verb in ("MAIL", "RCPT", "DATA", ".", ""):
        found = meaning(code, "", verb)
        assert found.passing == (code < 500 or found.about in OURS)


@pytest.mark.parametrize("about", About)
def test_tried_again_by_itself_is_said_where_and_only_where_it_is(about):
    """A final refusal is never called one that passes, and one that passes tells that nothing need be sent again."""
    assert ("by itself" in STEPS[about]) == (about in WAITS)
    assert ("ruam resend" in STEPS[about]) != (about in WAITS | {About.SIZE})


def test_long_and_hostile_answers_cost_no_more_than_their_beginning():
    assert meaning(550, "5." * 500_000, ".").about is About.UNCLEAR
    assert meaning(550, "x" * 5000 + "daily limit", ".").about is About.UNCLEAR


def test_what_all_refusals_have_in_common_is_the_letters_and_else_nothing():
    size, dead = meaning(552, "5.3.4", "RCPT"), meaning(550, "5.1.1", "RCPT")
    assert together([size, size]) is About.SIZE
    assert together([size, dead]) is About.UNCLEAR
