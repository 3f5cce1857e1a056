"""The books: schema, migrations and queries."""
