"""What all mailboxes have in common that are read and written by requests over HTTPS."""
