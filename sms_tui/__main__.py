"""`python -m sms_tui` is `sms-tui`."""

from sms_tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
