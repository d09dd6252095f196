"""Messages to telephones: their words, the outbox, the port."""
