"""What Convener remembers: tables, queries and migrations. Rows stay here; values go in and values come out."""
