"""The grammar of what people type."""
