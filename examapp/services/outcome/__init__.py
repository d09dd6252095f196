"""What a sitting amounts to: results, their explanation, and when one may try again."""
