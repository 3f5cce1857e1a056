"""The server takes no letter for a day, since our account has sent its number, or may not send: all go the next day."""

import pytest

from tests.field.desk import DAY, STAFF, desk

WORDS = [
    "550 5.4.5 Daily user sending limit exceeded.",
    "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message.",
    "550 5.7.1 Sender has reached the daily limit",
    "550 5.1.90 You have reached your daily limit for message recipients",
    "452 4.5.3 Daily quota reached",
    "550 5.7.60 This client does not have permission to send as the office",
    "530 5.7.0 Authentication required",
    "554 5.7.1 Relay access denied",
]


class Limit:
    """A limit that is on until somebody lifts it."""

    def __init__(self, words, well):
        self.words, self.well, self.on = words.encode(), well, True

    def __call__(self, *given):
        return self.words if self.on else self.well(*given)


def takes(_wire, letter, outgoing):
    outgoing.letters.append(letter)
    return b"250 taken"


@pytest.mark.parametrize("words", WORDS)
def test_all_requests_go_the_next_day_and_staff_are_told_once(tmp_path, words):
    limit = Limit(words, takes)
    with desk(tmp_path, DOT=limit) as play:
        play.opens()
        assert play.passes() == 0
        requests = play.states("request")
        assert len(requests) == 10
        assert set(requests) == {"deferred"}
        for _ in range(3):
            play.passes(DAY / 6)
        limit.on = False
        play.passes(DAY / 2)
        play.passes(DAY / 6)
        assert set(play.states("request")) == {"sent"}
        assert play.states("digest") == ["sent"]
        assert len(play.notices()) == 1
        assert len([raw for raw in play.outgoing.to(STAFF) if b"X-Ruam-Kind: notice" in raw]) == 1
        assert len([raw for _, raw in play.outgoing.letters if b"X-Ruam-Kind: request" in raw]) == 10


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_the_limit_may_be_said_at_any_step(tmp_path, verb):
    well = {"MAIL": b"250 sender", "RCPT": b"250 recipient", "DATA": b"354 go on"}[verb]
    limit = Limit("550 5.4.5 Daily sending quota exceeded", lambda *_: well)
    with desk(tmp_path, **{verb: limit}) as play:
        play.opens()
        assert play.passes() == 0
        assert set(play.states("request")) == {"deferred"}
        limit.on = False
        play.passes(DAY)
        assert set(play.states("request")) == {"sent"}
        assert len(play.notices()) == 1


def test_a_limit_that_lasts_ends_the_letters_after_five_working_days_and_they_can_be_sent_again(tmp_path):
    limit = Limit(WORDS[0], takes)
    with desk(tmp_path, DOT=limit) as play:
        play.opens()
        for _ in range(16):  # a weekend lies within
            play.passes(DAY / 2)
        assert set(play.states("request")) == {"failed"}
        [why] = {t.why for t in play.house.books.troubles(play.now - DAY) if t.kind == "failed" and t.who != STAFF}
        assert why.startswith("ส่งจดหมายครบจำนวนที่ผู้ให้บริการกำหนดจนหมดเวลารอ")
        assert "5.4.5" in why


def test_what_is_refused_for_good_still_is(tmp_path):
    """A letter's content, and an address that is dead, are not helped by waiting."""
    with desk(tmp_path, DOT=lambda *_: b"550 5.7.1 Message contains spam") as play:
        play.opens()
        play.passes()
        assert set(play.states("request")) == {"failed"}
        assert play.notices() == []
