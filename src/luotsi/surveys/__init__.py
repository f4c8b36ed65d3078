"""Questions asked of many: instruments, waves, answers."""
