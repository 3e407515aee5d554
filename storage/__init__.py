"""What is kept: rows, transactions, the outbox and migrations, on SQLite or PostgreSQL."""
