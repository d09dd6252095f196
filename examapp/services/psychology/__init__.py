"""The psychology battery, and the psychologist who reads and signs."""
