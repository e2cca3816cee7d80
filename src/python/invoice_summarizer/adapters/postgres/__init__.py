"""PostgreSQL 15 or newer as the only truth: SQLAlchemy 2 Core over psycopg 3, row-level security by tenant."""
