"""What the law on personal data asks: requests of the people it is about, erasure, legal holds, retention."""
