"""What an uploaded sound or film is, by walking its container: no decoder, no trust in what its name or sender says."""
