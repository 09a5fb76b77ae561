"""What a task may contain.

`models` declares the 14 kinds and 189 fields; `task.schema.json` is generated from them and `registry` reads it back,
so that everything but judging works without loading pydantic. `paths` says where a value stands, `problems` what is
wrong there, and `checks` finds it. Nothing is re-exported here: importing this package must stay cheap.
"""
