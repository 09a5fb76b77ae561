"""One operator at work: list, open, save. Async, without a screen; the headless commands and the editor share it."""
