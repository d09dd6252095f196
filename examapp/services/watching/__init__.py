"""What cameras see of a sitting: frames, observations, episodes, evidence, the live wall."""
