"""What takes both co-chairs."""
