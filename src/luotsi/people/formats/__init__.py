"""What people and organisations are described by, without a database."""
