"""Letters to the bytes of mails: words, pictures, enclosures."""
