"""Where replies are published."""
