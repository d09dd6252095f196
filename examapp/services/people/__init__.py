"""Who people are: accounts, signing in, registration, staff, and the way to a person."""
