"""Speaks to the service: who may ask (`credentials`), where (`endpoints`), what went wrong (`errors`), the `client`.

Only `client`, `line`, `auth` and `connection` load httpx; they are imported where they are first needed.
"""
