"""The Gmail API in the place of IMAP and SMTP."""
