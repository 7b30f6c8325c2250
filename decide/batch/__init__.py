"""Many questions at once: read from a file (`requests`), each answered or refused by itself (`run`)."""
