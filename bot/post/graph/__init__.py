"""Microsoft Graph: a mailbox of Exchange Online read and written from over HTTPS, where IMAP or SMTP is shut."""
