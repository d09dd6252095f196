"""Reading and verifying the chains."""
