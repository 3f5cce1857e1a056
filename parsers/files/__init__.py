"""Attachments to sheets: what is in containers, which reader opens a file, what is hidden before anything is read."""
