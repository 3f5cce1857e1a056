"""``ruam authorize``: a person lets the bot into the mailbox at Google or Microsoft, once."""

from bot.cli.common import DEFAULT_CONFIG, ConfigOption, told
from bot.cli.console import WRONG_USE, console, stop
from bot.config.load import load_config
from bot.post.login.oauth2 import authorize as sign_in


def authorize(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Sign in at Google or Microsoft 365, so that the bot can log in by OAuth2. Needed once, and when it was withdrawn.

    Example: ruam authorize
    """
    with told():
        settings = load_config(config)
        if settings.oauth2 is None:
            stop(
                WRONG_USE, "The configuration has no section [oauth2]; see config.example.toml for what to write there."
            )
        _say(f"Sign in as {settings.imap.user}.")
        sign_in(settings.oauth2, settings.imap.user, _say, _ask, settings.imap.audience or settings.smtp.audience)
        _say(
            f"Signed in; the tokens are in {settings.oauth2.token_file}. Look with `ruam doctor` whether they are taken."
        )


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _ask(page: str) -> str:
    """What the person pasted after having been to a page."""
    _say(f"Open this address in any browser and allow the access:\n\n{page}\n")
    _say("The browser then ends at a page that cannot be shown. Copy its whole address (http://127.0.0.1...) to here.")
    return console.input("Address: ")
