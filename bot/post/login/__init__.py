"""Login to mail servers by OAuth2."""
