"""``python -m bot`` is ``ruam``."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
