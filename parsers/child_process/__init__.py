"""The processes in which untrusted files are read: started bare, confined, ended."""
