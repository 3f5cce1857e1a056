"""The zip of an office file and the XML parts in it, made tame before a library opens them."""
