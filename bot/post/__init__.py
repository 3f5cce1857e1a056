"""The post room: mailbox and outbox."""
