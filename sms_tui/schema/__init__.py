"""What a task may contain.

`models` declares the 14 kinds and 189 fields; `task.schema.json` is generated from them and `registry` reads it back,
so that the program runs without loading pydantic; `judge`, which holds values against the fields, loads its core.
`paths` says where a value stands, `problems` what is wrong there, and `checks` finds it.
"""
