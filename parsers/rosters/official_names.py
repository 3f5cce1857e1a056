"""Official names of organisations, from what people write: with the words of their type, its abbreviation, or neither."""

from parsers.form.naming import Naming
from parsers.organisations.type_words import OFFICIAL
from parsers.thai.text import comparison_key, normalise


class OfficialNames:
    """The types of a roster and the words with which official names begin."""

    def __init__(self, naming: Naming) -> None:
        """``naming`` without types is that of local administrative organisations."""
        self.words = {each.short: each.words for each in naming.types} or OFFICIAL
        spelt = {each.short: each.spellings for each in naming.types}
        ways = [
            (way, short)
            for short, words in self.words.items()
            for way in (words, short, short.rstrip("."), *spelt.get(short, ()))
            if way
        ]
        # "เมือง" also begins names such as เมืองปาน; it says a type only where the column says so.
        self._ways = sorted((way for way in ways if way[0] != "เมือง"), key=lambda way: -len(way[0]))

    @property
    def choices(self) -> str:
        """The types, for a sentence."""
        return " ".join(self.words)

    def type_in(self, name: str) -> str:
        """The type with whose words a name begins; empty where it has none."""
        said = normalise(name)
        return next((short for way, short in self._ways if _begins(said, way)), "")

    def without(self, name: str) -> str:
        """A name without the words of its type: แม่จริม."""
        said = normalise(name)
        way = next((way for way, _ in self._ways if _begins(said, way)), "")
        return said[len(way) :].lstrip(" .") if way else said

    def bare(self, official: str) -> str:
        """What two names of one place under different types have in common."""
        return comparison_key(self.without(official))

    def official(self, type_: str, name: str) -> str:
        """The official name of an organisation of this type: เทศบาลตำบลแม่จริม of แม่จริม or ทต.แม่จริม."""
        words = self.words[type_]
        bare = self.without(name)
        return bare if words and bare.startswith(words) and len(bare) > len(words) and type_ == "เมือง" else words + bare

    def short(self, type_: str, official: str) -> str:
        """The short name: ทต.แม่จริม; of declared types without words the name itself."""
        words = self.words[type_]
        return type_ + official.removeprefix(words) if words else official


def _begins(said: str, way: str) -> bool:
    return said.startswith(way) and len(said) > len(way)
