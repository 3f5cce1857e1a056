"""Values to bytes: forms, report workbooks and mails."""
